import type { EncodedSentence } from './encoder.js';
import type { OneHots } from './one_hots.js';

/**
 * B sentences packed time-major, longest first: the row of token t of the i-th longest sentence is `starts[t] + i`.
 * R rows (tokens), T steps (tokens of the longest sentence), O one-hots in all.
 */
export interface Batch extends PackedOneHots {
  readonly rows: number;
  readonly steps: number;
  /** Shape [T+1]: the first row of every step. */
  readonly starts: Int32Array;
  /** Shape [B]: where the i-th longest sentence stood in the list it came from. */
  readonly order: Int32Array;
  /** Shape [B]: the lengths, falling. */
  readonly lengths: Int32Array;
  /** One-hots of the table that is added to the emissions; undefined where there is none. */
  readonly wide?: PackedOneHots;
}

/** One-hots of one column table by the rows of a batch. */
export interface PackedOneHots {
  /** Shape [R+1]: the first one-hot of every row. */
  readonly oneHotStarts: Int32Array;
  /** Shape [O]: rows of the column table. */
  readonly ids: Int32Array;
  /** Shape [O]; undefined where all are 1. */
  readonly weights?: Float32Array;
}

/** A batch that gradients can be computed of, M the number of distinct one-hots. */
export interface TrainingBatch extends Batch, TouchedColumns {
  readonly wide?: PackedOneHots & TouchedColumns;
}

/** Which rows of the column table a batch touches. */
export interface TouchedColumns {
  /** Shape [O]: the place of every id in `touched`. */
  readonly slots: Int32Array;
  /** Shape [M]: the distinct ids, ascending. */
  readonly touched: Int32Array;
}

/** Packs sentences, none of them empty, to predict their tags; equally long ones keep their order. */
export function packForPrediction(sentences: readonly EncodedSentence[]): Batch {
  const { order, lengths } = longestFirst(sentences);
  const starts = stepStarts(lengths);
  const rows = starts[starts.length - 1];
  const batch = { rows, steps: starts.length - 1, starts, order, lengths };
  const packed = { ...batch, ...packOneHots(sentences, batch) };
  if (sentences[0]?.wide === undefined) return packed;
  const wide = sentences.flatMap((sentence) => sentence.wide ?? []);
  return { ...packed, wide: packOneHots(wide, batch) };
}

/** Packs sentences, none of them empty, to learn from them; equally long ones keep their order. */
export function packBatch(sentences: readonly EncodedSentence[]): TrainingBatch {
  const { wide, ...batch } = packForPrediction(sentences);
  const packed = { ...batch, ...touchedBy(batch.ids) };
  return wide === undefined ? packed : { ...packed, wide: { ...wide, ...touchedBy(wide.ids) } };
}

function touchedBy(ids: Int32Array): TouchedColumns {
  const touched = Int32Array.from(new Set(ids)).sort();
  const slotOf = new Map(Array.from(touched, (id, slot) => [id, slot]));
  return { slots: ids.map((id) => slotOf.get(id) ?? -1), touched };
}

/**
 * The places of sentences by falling length, equally long ones in their order, and those lengths; both of shape [B]. A
 * counting sort: sentences have few lengths, and a comparison for each pair costs more than all else here.
 */
export function longestFirst(sentences: readonly { readonly length: number }[]): {
  order: Int32Array;
  lengths: Int32Array;
} {
  let longest = 0;
  for (const { length } of sentences) if (length > longest) longest = length;
  // how many sentences are longer than each length; then, where the next one of that length goes
  const places = new Int32Array(longest + 1);
  for (const { length } of sentences) if (length > 0) places[length - 1]++;
  for (let length = longest - 1; length >= 0; length--) places[length] += places[length + 1];
  const order = new Int32Array(sentences.length);
  const lengths = new Int32Array(sentences.length);
  for (let index = 0; index < sentences.length; index++) {
    const { length } = sentences[index];
    const place = places[length]++;
    order[place] = index;
    lengths[place] = length;
  }
  return { order, lengths };
}

/** The first row of every step of sentences of falling lengths, in a new array or in the given one of shape [T+1]. */
export function stepStarts(
  lengths: Int32Array,
  starts: Int32Array = new Int32Array((lengths[0] ?? 0) + 1),
): Int32Array {
  starts[0] = 0;
  let live = lengths.length;
  for (let t = 0; t < starts.length - 1; t++) {
    while (lengths[live - 1] <= t) live--;
    starts[t + 1] = starts[t] + live;
  }
  return starts;
}

/** Sentence by sentence, since each lies together in memory while its rows are scattered over the batch. */
function packOneHots(
  sentences: readonly OneHots[],
  { rows, order, starts, lengths }: Pick<Batch, 'rows' | 'order' | 'starts' | 'lengths'>,
): PackedOneHots {
  const oneHotStarts = new Int32Array(rows + 1);
  for (let i = 0; i < order.length; i++) {
    countOneHots(sentences[order[i]].starts, lengths[i], i, starts, oneHotStarts);
  }
  for (let row = 0; row < rows; row++) oneHotStarts[row + 1] += oneHotStarts[row];
  const ids = new Int32Array(oneHotStarts[rows]);
  const weights = sentences[0]?.weights === undefined ? undefined : new Float32Array(ids.length);
  for (let i = 0; i < order.length; i++) {
    const sentence = sentences[order[i]];
    const from = sentence.starts[0];
    scatter(sentence.ids, from, lengths[i], i, starts, oneHotStarts, ids);
    if (weights !== undefined && sentence.weights !== undefined) {
      scatter(sentence.weights, from, lengths[i], i, starts, oneHotStarts, weights);
    }
  }
  return weights === undefined ? { oneHotStarts, ids } : { oneHotStarts, ids, weights };
}

/** Writes how many one-hots the i-th longest sentence has in each row of a batch. */
function countOneHots(from: Int32Array, length: number, i: number, starts: Int32Array, oneHotStarts: Int32Array): void {
  for (let t = 0; t < length; t++) oneHotStarts[starts[t] + i + 1] = from[t + 1] - from[t];
}

/** Lays the numbers of the i-th longest sentence, one for each of its one-hots, out by the rows of a batch. */
function scatter(
  numbers: Int32Array | Float32Array,
  from: number,
  length: number,
  i: number,
  starts: Int32Array,
  oneHotStarts: Int32Array,
  out: Int32Array | Float32Array,
): void {
  let o = from;
  for (let t = 0; t < length; t++) {
    const row = starts[t] + i;
    const end = oneHotStarts[row + 1];
    for (let at = oneHotStarts[row]; at < end; at++) out[at] = numbers[o++];
  }
}

/** Lays one number a token (a tag id, say) of every sentence out by the rows of a batch; shape [R]. */
export function packTokens(batch: Batch, values: readonly Int32Array[]): Int32Array {
  const packed = new Int32Array(batch.rows);
  for (let i = 0; i < batch.order.length; i++) {
    const sentence = values[batch.order[i]];
    for (let t = 0; t < batch.lengths[i]; t++) packed[batch.starts[t] + i] = sentence[t];
  }
  return packed;
}
