import type { EncodedSentence } from './encoder.js';

/**
 * B sentences packed time-major, longest first: the row of token t of the i-th longest sentence is `starts[t] + i`.
 * R rows (tokens), T steps (tokens of the longest sentence), O one-hots in all, M of them distinct.
 */
export interface Batch {
  readonly rows: number;
  readonly steps: number;
  /** Shape [T+1]: the first row of every step. */
  readonly starts: Int32Array;
  /** Shape [B]: where the i-th longest sentence stood in the list it came from. */
  readonly order: Int32Array;
  /** Shape [B]: the lengths, falling. */
  readonly lengths: Int32Array;
  /** Shape [R+1]: the first one-hot of every row. */
  readonly oneHotStarts: Int32Array;
  /** Shape [O]: rows of the column table. */
  readonly ids: Int32Array;
  /** Shape [O]: the place of every id in `touched`. */
  readonly slots: Int32Array;
  /** Shape [M]: the distinct ids, ascending. */
  readonly touched: Int32Array;
}

/** Packs sentences, none of them empty; equally long ones keep their order. */
export function packBatch(sentences: readonly EncodedSentence[]): Batch {
  const order = Int32Array.from(sentences.keys());
  order.sort((a, b) => sentences[b].length - sentences[a].length || a - b);
  const lengths = order.map((index) => sentences[index].length);
  const starts = stepStarts(lengths);
  const rows = starts[starts.length - 1];
  const { oneHotStarts, ids } = packOneHots(sentences, order, starts, rows);
  const touched = Int32Array.from(new Set(ids)).sort();
  const slotOf = new Map<number, number>();
  touched.forEach((id, slot) => {
    slotOf.set(id, slot);
  });
  const slots = ids.map((id) => slotOf.get(id) ?? 0);
  return { rows, steps: starts.length - 1, starts, order, lengths, oneHotStarts, ids, slots, touched };
}

function stepStarts(lengths: Int32Array): Int32Array {
  const starts = new Int32Array((lengths[0] ?? 0) + 1);
  let live = lengths.length;
  for (let t = 0; t < starts.length - 1; t++) {
    while (lengths[live - 1] <= t) live--;
    starts[t + 1] = starts[t] + live;
  }
  return starts;
}

function packOneHots(
  sentences: readonly EncodedSentence[],
  order: Int32Array,
  starts: Int32Array,
  rows: number,
): { oneHotStarts: Int32Array; ids: Int32Array } {
  const oneHotStarts = new Int32Array(rows + 1);
  const ids = new Int32Array(sentences.reduce((sum, sentence) => sum + sentence.ids.length, 0));
  for (let t = 0; t < starts.length - 1; t++) {
    for (let row = starts[t]; row < starts[t + 1]; row++) {
      const sentence = sentences[order[row - starts[t]]];
      const active = sentence.ids.subarray(sentence.starts[t], sentence.starts[t + 1]);
      ids.set(active, oneHotStarts[row]);
      oneHotStarts[row + 1] = oneHotStarts[row] + active.length;
    }
  }
  return { oneHotStarts, ids };
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
