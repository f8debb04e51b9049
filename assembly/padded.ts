/** Rows whose length is a multiple of 4, so that loops over them know no remainders. P is that length, in floats. */

import { load4, store4 } from './lanes';

/** Bytes of a row that holds n floats. */
export function paddedBytes(n: i32): usize {
  return (<usize>((n + 3) & ~3)) << 2;
}

/** to[rows,P] from from[rows,n], what the rows lack filled with `pad`. */
export function padRows(to: usize, from: usize, rows: i32, n: i32, pad: f32): void {
  const last = (n - 1) & ~3;
  const bytes = paddedBytes(n);
  for (let r = 0; r < rows; r++) {
    v128.store(to + ((<usize>last) << 2), f32x4.splat(pad));
    for (let j = 0; j < n; j += 4) {
      const at = (<usize>j) << 2;
      if (j < last) v128.store(to + at, v128.load(from + at));
      else store4(to + at, load4(from + at, n - j), n - j);
    }
    to += bytes;
    from += (<usize>n) << 2;
  }
}

/** to[n,P] from the transpose of from[n,n]. */
export function padTransposed(to: usize, from: usize, n: i32, pad: f32): void {
  const bytes = paddedBytes(n);
  for (let r = 0; r < n; r++) {
    v128.store(to + bytes - 16, f32x4.splat(pad));
    for (let c = 0; c < n; c++) store<f32>(to + ((<usize>c) << 2), load<f32>(from + ((<usize>c * n + r) << 2)));
    to += bytes;
  }
}

/** out[P] = x[n] · M[n,P] */
export function multiplyRow(out: usize, x: usize, M: usize, n: i32): void {
  const bytes = paddedBytes(n);
  let j: usize = 0;
  for (; j + 64 <= bytes; j += 64) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let row = M + j;
    for (let k = 0; k < n; k++) {
      const a = v128.load32_splat(x + ((<usize>k) << 2));
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(row)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(row, 16)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(row, 32)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(row, 48)));
      row += bytes;
    }
    v128.store(out + j, s0);
    v128.store(out + j, s1, 16);
    v128.store(out + j, s2, 32);
    v128.store(out + j, s3, 48);
  }
  for (; j < bytes; j += 16) {
    let s = f32x4.splat(0);
    let row = M + j;
    for (let k = 0; k < n; k++) {
      s = f32x4.add(s, f32x4.mul(v128.load32_splat(x + ((<usize>k) << 2)), v128.load(row)));
      row += bytes;
    }
    v128.store(out + j, s);
  }
}

/** The largest of four lanes. */
export function largestLane(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** The sum of four lanes: even and odd ones apart, then together. */
export function laneSum(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}
