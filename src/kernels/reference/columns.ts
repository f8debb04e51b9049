import type { FloatArray } from '../kernels.js';

/** out[r,:] = bias + Σ table[id,:] over the one-hots of row r; the width is bias.length. */
export function gatherColumns(
  rows: number,
  starts: Int32Array,
  ids: Int32Array,
  table: FloatArray,
  bias: FloatArray,
  out: FloatArray,
): void {
  const width = bias.length;
  for (let r = 0; r < rows; r++) {
    out.set(bias, r * width);
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const column = ids[i] * width;
      for (let j = 0; j < width; j++) out[r * width + j] += table[column + j];
    }
  }
}

/** dTouched[slot,:] += dOut[r,:] for every one-hot of row r. */
export function scatterColumns(
  rows: number,
  starts: Int32Array,
  slots: Int32Array,
  dOut: FloatArray,
  width: number,
  dTouched: FloatArray,
): void {
  for (let r = 0; r < rows; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const slot = slots[i] * width;
      for (let j = 0; j < width; j++) dTouched[slot + j] += dOut[r * width + j];
    }
  }
}
