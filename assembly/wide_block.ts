import { add16 } from './lanes';

/**
 * out[4,16] += left[k,4]ᵀ · right[k,16]: the block of an engine that computes two neighbouring vectors as one of eight floats. Sixteen sums
 * then fit in its registers, and fewer would wait for themselves. The left side comes as two lists of pairs, `apart` bytes from one to
 * the other. Every element is the same sum over k in order as in `blockAdd`.
 *
 * V8 joins vectors where it finds two stores side by side, and goes back from them: all that leads to one of two stores must lead to the other in
 * the same way, with loads side by side.
 */
export function wideBlockAdd(out: usize, stride: usize, left: usize, apart: usize, right: usize, k: i32): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s13 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s22 = f32x4.splat(0);
  let s23 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  let s32 = f32x4.splat(0);
  let s33 = f32x4.splat(0);
  const next = left + apart;
  const end: usize = (<usize>k) << 3;
  for (let at: usize = 0; at < end; at += 8) {
    const row = right + (at << 3);
    const low = left + at;
    const high = next + at;
    const b0 = v128.load(row);
    const b1 = v128.load(row, 16);
    const b2 = v128.load(row, 32);
    const b3 = v128.load(row, 48);
    const a0 = v128.load32_splat(low);
    s00 = f32x4.add(s00, f32x4.mul(a0, b0));
    s01 = f32x4.add(s01, f32x4.mul(a0, b1));
    s02 = f32x4.add(s02, f32x4.mul(a0, b2));
    s03 = f32x4.add(s03, f32x4.mul(a0, b3));
    const a1 = v128.load32_splat(low, 4);
    s10 = f32x4.add(s10, f32x4.mul(a1, b0));
    s11 = f32x4.add(s11, f32x4.mul(a1, b1));
    s12 = f32x4.add(s12, f32x4.mul(a1, b2));
    s13 = f32x4.add(s13, f32x4.mul(a1, b3));
    const a2 = v128.load32_splat(high);
    s20 = f32x4.add(s20, f32x4.mul(a2, b0));
    s21 = f32x4.add(s21, f32x4.mul(a2, b1));
    s22 = f32x4.add(s22, f32x4.mul(a2, b2));
    s23 = f32x4.add(s23, f32x4.mul(a2, b3));
    const a3 = v128.load32_splat(high, 4);
    s30 = f32x4.add(s30, f32x4.mul(a3, b0));
    s31 = f32x4.add(s31, f32x4.mul(a3, b1));
    s32 = f32x4.add(s32, f32x4.mul(a3, b2));
    s33 = f32x4.add(s33, f32x4.mul(a3, b3));
  }
  add16(out, s00, s01, s02, s03);
  add16(out + stride, s10, s11, s12, s13);
  add16(out + 2 * stride, s20, s21, s22, s23);
  add16(out + 3 * stride, s30, s31, s32, s33);
}
