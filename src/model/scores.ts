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
      const [from, to] = [(steps[t] + i) * K, (first + t) * K];
      for (let y = 0; y < K; y++) out[to + y] = packed[from + y];
    }
  });
}

/** Sentences whose scores an ensemble holds: what it says of the i-th longest is said of the i-th piece. */
export interface Loaded {
  readonly batch: Batch;
  readonly pieces: readonly Bounds[];
}

/** Loads the scores of all sentences, equally long ones together; while `visit` runs, it is its sentences that are loaded. */
export function eachLoaded(ensemble: Ensemble, K: number, scores: Scores, visit: (loaded: Loaded) => void): void {
  const { starts, logits } = scores;
  const all = boundsOf(Array.from({ length: starts.length - 1 }, (_, s) => starts[s + 1] - starts[s]));
  const groups = [...groupsOf(all)].map((group) => loadedOf(Array.from(group, (place) => all[place])));
  ensemble.reserveScores(groups.map(({ batch }) => batch));
  for (const loaded of groups) {
    const { batch, pieces } = loaded;
    const packed = logits.slice(0, batch.rows * K);
    pieces.forEach(({ sentence, offset, length }, i) => {
      const first = starts[sentence] + offset;
      for (let t = 0; t < length; t++) {
        const [to, from] = [(batch.starts[t] + i) * K, (first + t) * K];
        for (let y = 0; y < K; y++) packed[to + y] = logits[from + y];
      }
    });
    ensemble.loadScores(batch, packed);
    visit(loaded);
  }
}

/** A batch of pieces without their one-hots. */
function loadedOf(bounds: readonly Bounds[]): Loaded {
  const { order, lengths } = longestFirst(bounds);
  const starts = stepStarts(lengths);
  const rows = starts[starts.length - 1];
  const noOneHots = { oneHotStarts: new Int32Array(rows + 1), ids: new Int32Array(0) };
  const batch = { rows, steps: starts.length - 1, starts, order, lengths, ...noOneHots };
  return { batch, pieces: Array.from(order, (place) => bounds[place]) };
}
