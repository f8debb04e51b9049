/** Products with few columns (tags, say), which would leave most of a block of 16 idle: each element is an inner product. */

import { load4 } from './lanes';
import { laneSum } from './padded';

/** out[m,r] += a[m,k] · columns[r,k]ᵀ; `stride` is the bytes between two rows of out. */
export function multiplyNarrowAdd(out: usize, stride: usize, a: usize, columns: usize, m: i32, k: i32, r: i32): void {
  const row: usize = (<usize>k) << 2;
  for (let i = 0; i < m; i += 2) {
    for (let j = 0; j < r; j += 3) {
      dotsAdd(out + ((<usize>j) << 2), stride, a, columns + <usize>j * row, k, m - i, r - j);
    }
    a += 2 * row;
    out += 2 * stride;
  }
}

/**
 * out[2,3] += a[2,k] · b[3,k]ᵀ, of which `rows` and `width` count if they are fewer. Four sums over every fourth term are added
 * at the end, two steps to an address, see `blockAdd`. What is missing repeats what is there, so that nothing else is read.
 */
function dotsAdd(out: usize, stride: usize, a0: usize, b0: usize, k: i32, rows: i32, width: i32): void {
  const row: usize = (<usize>k) << 2;
  const a1 = rows > 1 ? a0 + row : a0;
  const b1 = width > 1 ? b0 + row : b0;
  const b2 = width > 2 ? b1 + row : b0;
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  const whole = row & ~15;
  const last = whole - 16;
  for (let at: usize = 0; at < whole; at += 32) {
    const p0 = a0 + at;
    const p1 = a1 + at;
    const q0 = b0 + at;
    const q1 = b1 + at;
    const q2 = b2 + at;
    {
      const x0 = v128.load(p0);
      const x1 = v128.load(p1);
      const y0 = v128.load(q0);
      s00 = f32x4.add(s00, f32x4.mul(x0, y0));
      s10 = f32x4.add(s10, f32x4.mul(x1, y0));
      const y1 = v128.load(q1);
      s01 = f32x4.add(s01, f32x4.mul(x0, y1));
      s11 = f32x4.add(s11, f32x4.mul(x1, y1));
      const y2 = v128.load(q2);
      s02 = f32x4.add(s02, f32x4.mul(x0, y2));
      s12 = f32x4.add(s12, f32x4.mul(x1, y2));
    }
    if (at === last) break;
    {
      const x0 = v128.load(p0, 16);
      const x1 = v128.load(p1, 16);
      const y0 = v128.load(q0, 16);
      s00 = f32x4.add(s00, f32x4.mul(x0, y0));
      s10 = f32x4.add(s10, f32x4.mul(x1, y0));
      const y1 = v128.load(q1, 16);
      s01 = f32x4.add(s01, f32x4.mul(x0, y1));
      s11 = f32x4.add(s11, f32x4.mul(x1, y1));
      const y2 = v128.load(q2, 16);
      s02 = f32x4.add(s02, f32x4.mul(x0, y2));
      s12 = f32x4.add(s12, f32x4.mul(x1, y2));
    }
  }
  if (whole < row) {
    const x0 = load4(a0 + whole, k & 3);
    const x1 = load4(a1 + whole, k & 3);
    const y0 = load4(b0 + whole, k & 3);
    s00 = f32x4.add(s00, f32x4.mul(x0, y0));
    s10 = f32x4.add(s10, f32x4.mul(x1, y0));
    const y1 = load4(b1 + whole, k & 3);
    s01 = f32x4.add(s01, f32x4.mul(x0, y1));
    s11 = f32x4.add(s11, f32x4.mul(x1, y1));
    const y2 = load4(b2 + whole, k & 3);
    s02 = f32x4.add(s02, f32x4.mul(x0, y2));
    s12 = f32x4.add(s12, f32x4.mul(x1, y2));
  }
  add3(out, s00, s01, s02, width);
  if (rows > 1) add3(out + stride, s10, s11, s12, width);
}

function add3(out: usize, s0: v128, s1: v128, s2: v128, width: i32): void {
  store<f32>(out, load<f32>(out) + laneSum(s0));
  if (width > 1) store<f32>(out, load<f32>(out, 4) + laneSum(s1), 4);
  if (width > 2) store<f32>(out, load<f32>(out, 8) + laneSum(s2), 8);
}
