import { mix } from '../hash.js';
import type { FloatArray } from '../kernels.js';

/** One-hots as lists, and their weights if any. */
export interface Lists {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly weights?: FloatArray;
}

/** Lays the one-hots of sentences that begin at these tokens out by the rows of a batch; returns how many there are. */
export function packOneHots(starts: Int32Array, firsts: Int32Array, from: Lists, to: Lists): number {
  let count = 0;
  to.starts[0] = 0;
  eachRow(starts, (row, i, t) => {
    const token = firsts[i] + t;
    for (let o = from.starts[token]; o < from.starts[token + 1]; o++, count++) {
      to.ids[count] = from.ids[o];
      if (from.weights && to.weights) to.weights[count] = from.weights[o];
    }
    to.starts[row + 1] = count;
  });
  return count;
}

export function packTokens(starts: Int32Array, firsts: Int32Array, values: Int32Array, out: Int32Array): void {
  eachRow(starts, (row, i, t) => {
    out[row] = values[firsts[i] + t];
  });
}

export function packKeys(starts: Int32Array, sentences: Int32Array, key: number, out: Int32Array): void {
  eachRow(starts, (row, i, t) => {
    out[row] = mix(mix(key, sentences[i]), t);
  });
}

/** Every row in turn, with its sentence and its token. */
function eachRow(starts: Int32Array, visit: (row: number, i: number, t: number) => void): void {
  for (let t = 0; t + 1 < starts.length; t++) {
    for (let row = starts[t]; row < starts[t + 1]; row++) visit(row, row - starts[t], t);
  }
}

/** The distinct ids, ascending, and each one's place among them; returns how many there are. */
export function touchedColumns(ids: Int32Array, slots: Int32Array, touched: Int32Array): number {
  const distinct = [...new Set(ids)].sort((a, b) => a - b);
  touched.set(distinct);
  const slotOf = new Map(distinct.map((id, slot) => [id, slot]));
  ids.forEach((id, o) => {
    slots[o] = slotOf.get(id) as number;
  });
  return distinct.length;
}
