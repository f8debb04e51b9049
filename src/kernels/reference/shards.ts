import type { FloatArray } from '../kernels.js';

/** The places of the rows that both lists have, which are struck from the second; returns how many there are. */
export function matchColumns(touched: Int32Array, other: Int32Array, pairs: Int32Array): number {
  let count = 0;
  touched.forEach((id, i) => {
    const j = id < 0 ? -1 : other.indexOf(id);
    if (j < 0) return;
    pairs.set([i, j], 2 * count++);
    other[j] = ~id;
  });
  return count;
}

/** d[i,:] += e[j,:] for the pairs (i, j) */
export function addRows(pairs: Int32Array, count: number, d: FloatArray, e: FloatArray, width: number): void {
  for (let p = 0; p < count; p++) {
    const [i, j] = [pairs[2 * p], pairs[2 * p + 1]];
    for (let c = 0; c < width; c++) d[i * width + c] += e[j * width + c];
  }
}
