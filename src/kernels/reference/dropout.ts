import { dropThreshold, type FloatArray } from '../kernels.js';

/** out[r,j] = 0 where the hash of (rowKeys[r], salt + j) is below rate · 2^32, else x[r,j] / (1 − rate) */
export function dropout(
  out: FloatArray,
  x: FloatArray,
  rowKeys: Int32Array,
  rows: number,
  width: number,
  salt: number,
  rate: number,
): void {
  const threshold = dropThreshold(rate);
  const scale = 1 / (1 - rate);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < width; j++) {
      const dropped = hash(rowKeys[r] + Math.imul(salt + j, GOLDEN)) < threshold;
      out[r * width + j] = dropped ? 0 : scale * x[r * width + j];
    }
  }
}

/** 2^32 / golden ratio, odd. */
const GOLDEN = 0x9e3779b9;

/** A hash of 32 bits in which every bit of the input reaches every bit of the output (C. Wellons' lowbias32). */
function hash(key: number): number {
  let x = key | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
