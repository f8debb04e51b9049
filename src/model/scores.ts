import { type Batch, longestFirst, stepStarts } from '../encode/batch.js';
import type { FloatArray, Kernels } from '../kernels/kernels.js';
import type { Ensemble } from '../network/ensemble.js';
import { type Encodings, eachBatch } from './each_batch.js';
import { type Bounds, boundsOf, groupsOf } from './pieces.js';

/** The logits of sentences, one after the other: those of sentence s are the rows `starts[s]` to `starts[s+1]` of R. */
export interface Scores {
  /** Shape [S+1]. */
  readonly starts: Int32Array;
  /** o, shape [R,K]. */
  readonly logits: FloatArray;
}

/** Where the tokens of every sentence begin among those of all; shape [S+1]. */
export function tokenStarts(sentences: readonly { readonly length: number }[]): Int32Array {
  const starts = new Int32Array(sentences.length + 1);
  for (let s = 0; s < sentences.length; s++) starts[s + 1] = starts[s] + sentences[s].length;
  return starts;
}

/** What the networks say of sentences, K tags a token. */
export function scoresOf(ensemble: Ensemble, kernels: Kernels, K: number, encodings: Encodings): Scores {
  const starts = tokenStarts(encodings[0]);
  const logits = kernels.floatBytes === 8 ? Float64Array : Float32Array;
  const scores = { starts, logits: new logits(starts[starts.length - 1] * K) };
  eachBatch(ensemble, encodings, ([batch], pieces) => {
    unpack(batch, pieces, K, kernels.view(ensemble.logits), starts, scores.logits);
  });
  return scores;
}

/** What an ensemble holds of a batch, K numbers a row, to the rows of the batch's pieces among those of all sentences. */
export function unpack(
  { lengths, starts: steps }: Pick<Batch, 'lengths' | 'starts'>,
  pieces: readonly Bounds[],
  K: number,
  packed: ArrayLike<number>,
  starts: Int32Array,
  out: FloatArray | Int32Array,
): void {
  pieces.forEach(({ sentence, offset }, i) => {
    const first = starts[sentence] + offset;
    for (let t = 0; t < lengths[i]; t++) {
      const from = (steps[t] + i) * K;
      const to = (first + t) * K;
      for (let y = 0; y < K; y++) out[to + y] = packed[from + y];
    }
  });
}

/** Sentences whose scores an ensemble holds: what it says of the i-th longest is said of the i-th piece. */
export interface Loaded {
  readonly batch: Batch;
  readonly pieces: readonly Bounds[];
}

/** Sentences of about one length, and how their logits are laid out by the rows of a batch. */
export interface Group extends Loaded {
  readonly logits: () => FloatArray;
}

/** All sentences, equally long ones together. */
export function scoreGroups(K: number, scores: Scores): Group[] {
  const { starts } = scores;
  const all = boundsOf(Array.from({ length: starts.length - 1 }, (_, s) => starts[s + 1] - starts[s]));
  return Array.from(groupsOf(all), (group) => {
    const loaded = batchOf(Array.from(group, (place) => all[place]));
    return { ...loaded, logits: () => packed(loaded, K, scores) };
  });
}

/** Loads the scores of one group after the other; while `visit` runs, it is its sentences that are loaded. */
export function eachLoaded<G extends Group>(
  ensemble: Ensemble,
  groups: readonly G[],
  visit: (loaded: G) => void,
): void {
  ensemble.reserveScores(groups.map(({ batch }) => batch));
  for (const group of groups) {
    ensemble.loadScores(group.batch, group.logits());
    visit(group);
  }
}

function packed({ batch, pieces }: Loaded, K: number, { starts, logits }: Scores): FloatArray {
  const out = logits.slice(0, batch.rows * K);
  for (let i = 0; i < pieces.length; i++) {
    const { sentence, offset, length } = pieces[i];
    const first = starts[sentence] + offset;
    for (let t = 0; t < length; t++) {
      const [to, from] = [(batch.starts[t] + i) * K, (first + t) * K];
      for (let y = 0; y < K; y++) out[to + y] = logits[from + y];
    }
  }
  return out;
}

/** The scores of some sentences alone, in the order given. */
export function scoresFor(chosen: readonly number[], K: number, { starts, logits }: Scores): Scores {
  const parts = tokenStarts(chosen.map((s) => ({ length: starts[s + 1] - starts[s] })));
  const out = logits.slice(0, parts[chosen.length] * K);
  chosen.forEach((s, i) => {
    out.set(logits.subarray(starts[s] * K, starts[s + 1] * K), parts[i] * K);
  });
  return { starts: parts, logits: out };
}

/** A batch of pieces without their one-hots. */
function batchOf(bounds: readonly Bounds[]): Loaded {
  const { order, lengths } = longestFirst(bounds);
  const starts = stepStarts(lengths);
  const rows = starts[starts.length - 1];
  const noOneHots = { oneHotStarts: new Int32Array(rows + 1), ids: new Int32Array(0) };
  const batch = { rows, steps: starts.length - 1, starts, order, lengths, ...noOneHots };
  return { batch, pieces: Array.from(order, (place) => bounds[place]) };
}
