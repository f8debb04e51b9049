import { add4 } from './lanes';

/**
 * out[rows,width] += left[k,4]ᵀ · right[k,8] for rows ≤ 4 and width ≤ 8; `stride` is the bytes between two rows of out.
 *
 * Both sides are packed, so that a step reads 16 and 32 bytes that follow the last ones. The eight sums are as many as
 * 16 registers leave room for; without fused multiply-add two units of each kind must always find an independent sum.
 * Every element is one sum over k in order, wherever it stands in a block.
 */
export function blockAdd(out: usize, stride: usize, left: usize, right: usize, k: i32, rows: i32, width: i32): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(right);
    const b1 = v128.load(right, 16);
    const a0 = v128.load32_splat(left);
    s00 = f32x4.add(s00, f32x4.mul(a0, b0));
    s01 = f32x4.add(s01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(left, 4);
    s10 = f32x4.add(s10, f32x4.mul(a1, b0));
    s11 = f32x4.add(s11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(left, 8);
    s20 = f32x4.add(s20, f32x4.mul(a2, b0));
    s21 = f32x4.add(s21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(left, 12);
    s30 = f32x4.add(s30, f32x4.mul(a3, b0));
    s31 = f32x4.add(s31, f32x4.mul(a3, b1));
    left += 16;
    right += 32;
  }
  add8(out, s00, s01, width);
  if (rows > 1) add8(out + stride, s10, s11, width);
  if (rows > 2) add8(out + 2 * stride, s20, s21, width);
  if (rows > 3) add8(out + 3 * stride, s30, s31, width);
}

/** out[1,32] += left[1,k] · right[4,k,8]: a row on its own, which would leave three quarters of a block idle. */
export function rowAdd(out: usize, left: usize, right: usize, k: i32): void {
  const panel: usize = (<usize>k) << 5;
  let p0 = right;
  let p1 = right + panel;
  let p2 = right + 2 * panel;
  let p3 = right + 3 * panel;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (let p = 0; p < k; p++) {
    const a = v128.load32_splat(left);
    s0 = f32x4.add(s0, f32x4.mul(a, v128.load(p0)));
    s1 = f32x4.add(s1, f32x4.mul(a, v128.load(p0, 16)));
    s2 = f32x4.add(s2, f32x4.mul(a, v128.load(p1)));
    s3 = f32x4.add(s3, f32x4.mul(a, v128.load(p1, 16)));
    s4 = f32x4.add(s4, f32x4.mul(a, v128.load(p2)));
    s5 = f32x4.add(s5, f32x4.mul(a, v128.load(p2, 16)));
    s6 = f32x4.add(s6, f32x4.mul(a, v128.load(p3)));
    s7 = f32x4.add(s7, f32x4.mul(a, v128.load(p3, 16)));
    left += 4;
    p0 += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
  }
  add8(out, s0, s1, 8);
  add8(out + 32, s2, s3, 8);
  add8(out + 64, s4, s5, 8);
  add8(out + 96, s6, s7, 8);
}

function add8(out: usize, low: v128, high: v128, width: i32): void {
  add4(out, low, width);
  add4(out + 16, high, width - 4);
}
