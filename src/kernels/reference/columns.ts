import type { FloatArray } from '../kernels.js';

/** out[r,:] += Σ weight · table[id,:] over the one-hots of row r; all weights are 1 where there are none. */
export function addColumns(
  rows: number,
  starts: Int32Array,
  ids: Int32Array,
  weights: FloatArray | undefined,
  table: FloatArray,
  width: number,
  out: FloatArray,
): void {
  for (let r = 0; r < rows; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const column = ids[i] * width;
      const weight = weights?.[i] ?? 1;
      for (let j = 0; j < width; j++) out[r * width + j] += weight * table[column + j];
    }
  }
}

/** dTouched[slot,:] = Σ weight · dOut[r,:] over the one-hots of all rows that have this slot. */
export function scatterColumns(
  rows: number,
  starts: Int32Array,
  slots: Int32Array,
  weights: FloatArray | undefined,
  dOut: FloatArray,
  width: number,
  dTouched: FloatArray,
): void {
  dTouched.fill(0);
  for (let r = 0; r < rows; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const slot = slots[i] * width;
      const weight = weights?.[i] ?? 1;
      for (let j = 0; j < width; j++) dTouched[slot + j] += weight * dOut[r * width + j];
    }
  }
}
