import type { Chain, FloatBuffer, Kernels, Packing } from '../../src/kernels/kernels.js';
import { floatsOf, numbers, packingOf, rowsOf } from './kernels.js';

/** A linear chain over a batch, as plain numbers. */
export interface ChainCase {
  readonly K: number;
  /** Falling. */
  readonly lengths: readonly number[];
  /** A [K,K], start [K], end [K]. */
  readonly transitions: number[];
  readonly start: number[];
  readonly end: number[];
  /** [R,K] */
  readonly scores: number[];
  /** [R] */
  readonly gold: number[];
}

/** Scores within ±scale and any gold tags. */
export function chainCase(K: number, lengths: readonly number[], seed: number, scale = 2): ChainCase {
  const R = lengths.reduce((sum, length) => sum + length, 0);
  const draw = (count: number, i: number): number[] => numbers(count, seed + i).map((x) => scale * x);
  return {
    K,
    lengths,
    transitions: draw(K * K, 1),
    start: draw(K, 2),
    end: draw(K, 3),
    scores: draw(R * K, 4),
    gold: numbers(R, seed + 5).map((x) => Math.floor(((x + 1) / 2) * K)),
  };
}

/** A chain in the kernels' memory, with zeros for its gradients. */
export interface LoadedChain {
  readonly packing: Packing;
  readonly chain: Chain;
  readonly dChain: Chain;
  readonly scores: FloatBuffer;
}

export function loadChain(kernels: Kernels, { K, lengths, transitions, start, end, scores }: ChainCase): LoadedChain {
  const chain = (a: number[], b: number[], c: number[]): Chain => ({
    tags: K,
    transitions: floatsOf(kernels, a),
    start: floatsOf(kernels, b),
    end: floatsOf(kernels, c),
  });
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);
  return {
    packing: packingOf(kernels, lengths),
    chain: chain(transitions, start, end),
    dChain: chain(zeros(K * K), zeros(K), zeros(K)),
    scores: floatsOf(kernels, scores),
  };
}

/** A sequence of tags of one sentence, and the sum of its scores. */
export interface Path {
  readonly tags: readonly number[];
  readonly score: number;
}

/** Every path of the sentence with the given rows. */
export function allPaths({ K, transitions, start, end, scores }: ChainCase, rows: readonly number[]): Path[] {
  let paths: Path[] = [{ tags: [], score: 0 }];
  rows.forEach((row, t) => {
    paths = paths.flatMap(({ tags, score }) =>
      Array.from({ length: K }, (_, y) => {
        const way = t === 0 ? start[y] : transitions[tags[t - 1] * K + y];
        const stop = t === rows.length - 1 ? end[y] : 0;
        return { tags: [...tags, y], score: score + way + scores[row * K + y] + stop };
      }),
    );
  });
  return paths;
}

/** The rows of each sentence of a packing. */
export function sentencesOf(kernels: Kernels, packing: Packing, lengths: readonly number[]): number[][] {
  return lengths.map((_, i) => rowsOf(kernels, packing, lengths, i));
}

export function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, x) => sum + Math.exp(x - largest), 0));
}
