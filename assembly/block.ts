import { add4 } from './lanes';

/**
 * out[rows,width] += left[k,2]ᵀ · right[k,16] for rows ≤ 2 and width ≤ 16; `stride` is the bytes between two rows of out.
 *
 * Both sides are packed, so that a step reads 8 and 64 bytes that follow the last ones. The eight sums are as many as
 * 16 registers leave room for; without fused multiply-add two units of each kind must always find an independent sum. The
 * processor's decoder is the limit, so every instruction that is not of the sums counts: one index for both sides is measured in V8
 * to be a tenth faster than two pointers, and two steps to an address a sixth faster than one. The test between the two never makes a
 * block of both: V8 would load for the second before the first is done, and run out of registers.
 * Every element is one sum over k in order, wherever it stands in a block.
 */
export function blockAdd(out: usize, stride: usize, left: usize, right: usize, k: i32, rows: i32, width: i32): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s13 = f32x4.splat(0);
  const end: usize = (<usize>k) << 3;
  const last = end - 8;
  for (let at: usize = 0; at < end; at += 16) {
    const row = right + (at << 3);
    const pair = left + at;
    {
      const b0 = v128.load(row);
      const b1 = v128.load(row, 16);
      const b2 = v128.load(row, 32);
      const b3 = v128.load(row, 48);
      const a0 = v128.load32_splat(pair);
      s00 = f32x4.add(s00, f32x4.mul(a0, b0));
      s01 = f32x4.add(s01, f32x4.mul(a0, b1));
      s02 = f32x4.add(s02, f32x4.mul(a0, b2));
      s03 = f32x4.add(s03, f32x4.mul(a0, b3));
      const a1 = v128.load32_splat(pair, 4);
      s10 = f32x4.add(s10, f32x4.mul(a1, b0));
      s11 = f32x4.add(s11, f32x4.mul(a1, b1));
      s12 = f32x4.add(s12, f32x4.mul(a1, b2));
      s13 = f32x4.add(s13, f32x4.mul(a1, b3));
    }
    if (at === last) break;
    {
      const b0 = v128.load(row, 64);
      const b1 = v128.load(row, 80);
      const b2 = v128.load(row, 96);
      const b3 = v128.load(row, 112);
      const a0 = v128.load32_splat(pair, 8);
      s00 = f32x4.add(s00, f32x4.mul(a0, b0));
      s01 = f32x4.add(s01, f32x4.mul(a0, b1));
      s02 = f32x4.add(s02, f32x4.mul(a0, b2));
      s03 = f32x4.add(s03, f32x4.mul(a0, b3));
      const a1 = v128.load32_splat(pair, 12);
      s10 = f32x4.add(s10, f32x4.mul(a1, b0));
      s11 = f32x4.add(s11, f32x4.mul(a1, b1));
      s12 = f32x4.add(s12, f32x4.mul(a1, b2));
      s13 = f32x4.add(s13, f32x4.mul(a1, b3));
    }
  }
  add16(out, s00, s01, s02, s03, width);
  if (rows > 1) add16(out + stride, s10, s11, s12, s13, width);
}

/** out[1,32] += left[1,k] · right[2,k,16]: a row on its own, which would leave half a block idle; two steps to an address, as there. */
export function rowAdd(out: usize, left: usize, right: usize, k: i32): void {
  const next = right + ((<usize>k) << 6);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  const end: usize = (<usize>k) << 2;
  const last = end - 4;
  for (let at: usize = 0; at < end; at += 8) {
    const low = right + (at << 4);
    const high = next + (at << 4);
    {
      const a = v128.load32_splat(left + at);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 16)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 32)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 48)));
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 16)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 32)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 48)));
    }
    if (at === last) break;
    {
      const a = v128.load32_splat(left + at, 4);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 64)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 80)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 96)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 112)));
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 64)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 80)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 96)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 112)));
    }
  }
  add16(out, s0, s1, s2, s3, 16);
  add16(out + 64, s4, s5, s6, s7, 16);
}

function add16(out: usize, x0: v128, x1: v128, x2: v128, x3: v128, width: i32): void {
  add4(out, x0, width);
  add4(out + 16, x1, width - 4);
  add4(out + 32, x2, width - 8);
  add4(out + 48, x3, width - 12);
}
