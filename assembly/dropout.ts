/** Dropout by a hash of where a unit stands, so that no mask is kept and none depends on how a batch is cut. */

import { load4, store4 } from './lanes';

/**
 * out[r,j] = in[r,j] / (1 − rate), or 0 where the hash of (rowKeys[r], salt + j) falls below `threshold` = rate · 2^32; `scale` is
 * 1 / (1 − rate). `out` may be `x`.
 */
export function dropout(
  out: usize,
  x: usize,
  rowKeys: usize,
  rows: i32,
  width: i32,
  salt: i32,
  threshold: u32,
  scale: f32,
): void {
  const least = i32x4.splat(threshold);
  const factor = f32x4.splat(scale);
  const four = i32x4.splat(4 * GOLDEN);
  const first = i32x4.add(i32x4.splat(salt * GOLDEN), i32x4(0, GOLDEN, 2 * GOLDEN, 3 * GOLDEN));
  for (let r = 0; r < rows; r++) {
    let place = i32x4.add(first, v128.load32_splat(rowKeys));
    for (let j = 0; j < width; j += 4) {
      const kept = u32x4_ge(hash4(place), least);
      store4(out, v128.and(kept, f32x4.mul(factor, load4(x, width - j))), width - j);
      place = i32x4.add(place, four);
      const step = min(width - j, 4) << 2;
      out += step;
      x += step;
    }
    rowKeys += 4;
  }
}

/** 2^32 / golden ratio, odd. */
const GOLDEN: i32 = 0x9e3779b9;

/** A hash of 32 bits in which every bit of the input reaches every bit of the output (C. Wellons' lowbias32). */
function hash4(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

function u32x4_ge(a: v128, b: v128): v128 {
  return v128.ge<u32>(a, b);
}
