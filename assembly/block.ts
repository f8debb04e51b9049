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
  for (let at: usize = 0; at < end; at += 32) {
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
    if (at + 8 === last) break;
    {
      const b0 = v128.load(row, 128);
      const b1 = v128.load(row, 144);
      const b2 = v128.load(row, 160);
      const b3 = v128.load(row, 176);
      const a0 = v128.load32_splat(pair, 16);
      s00 = f32x4.add(s00, f32x4.mul(a0, b0));
      s01 = f32x4.add(s01, f32x4.mul(a0, b1));
      s02 = f32x4.add(s02, f32x4.mul(a0, b2));
      s03 = f32x4.add(s03, f32x4.mul(a0, b3));
      const a1 = v128.load32_splat(pair, 20);
      s10 = f32x4.add(s10, f32x4.mul(a1, b0));
      s11 = f32x4.add(s11, f32x4.mul(a1, b1));
      s12 = f32x4.add(s12, f32x4.mul(a1, b2));
      s13 = f32x4.add(s13, f32x4.mul(a1, b3));
    }
    if (at + 16 === last) break;
    {
      const b0 = v128.load(row, 192);
      const b1 = v128.load(row, 208);
      const b2 = v128.load(row, 224);
      const b3 = v128.load(row, 240);
      const a0 = v128.load32_splat(pair, 24);
      s00 = f32x4.add(s00, f32x4.mul(a0, b0));
      s01 = f32x4.add(s01, f32x4.mul(a0, b1));
      s02 = f32x4.add(s02, f32x4.mul(a0, b2));
      s03 = f32x4.add(s03, f32x4.mul(a0, b3));
      const a1 = v128.load32_splat(pair, 28);
      s10 = f32x4.add(s10, f32x4.mul(a1, b0));
      s11 = f32x4.add(s11, f32x4.mul(a1, b1));
      s12 = f32x4.add(s12, f32x4.mul(a1, b2));
      s13 = f32x4.add(s13, f32x4.mul(a1, b3));
    }
  }
  if (rows > 1 && width >= 16) {
    add16(out, s00, s01, s02, s03);
    add16(out + stride, s10, s11, s12, s13);
    return;
  }
  addFew(out, s00, s01, s02, s03, width);
  if (rows > 1) addFew(out + stride, s10, s11, s12, s13, width);
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
  const never = end + 1;
  for (let at: usize = 0; at < end; at += 16) {
    const low = right + (at << 4);
    const high = next + (at << 4);
    const value = left + at;
    {
      const a = v128.load32_splat(value);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 16)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 32)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 48)));
      if (at === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 16)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 32)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 48)));
    }
    if (at === last) break;
    {
      const a = v128.load32_splat(value, 4);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 64)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 80)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 96)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 112)));
      if (at + 4 === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 64)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 80)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 96)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 112)));
    }
    if (at + 4 === last) break;
    {
      const a = v128.load32_splat(value, 8);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 128)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 144)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 160)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 176)));
      if (at + 8 === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 128)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 144)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 160)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 176)));
    }
    if (at + 8 === last) break;
    {
      const a = v128.load32_splat(value, 12);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 192)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 208)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 224)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 240)));
      if (at + 12 === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 192)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 208)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 224)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 240)));
    }
  }
  add16(out, s0, s1, s2, s3);
  add16(out + 64, s4, s5, s6, s7);
}

/** out[16] += the lanes of four vectors */
function add16(out: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  v128.store(out, f32x4.add(v128.load(out), x0));
  v128.store(out, f32x4.add(v128.load(out, 16), x1), 16);
  v128.store(out, f32x4.add(v128.load(out, 32), x2), 32);
  v128.store(out, f32x4.add(v128.load(out, 48), x3), 48);
}

/** The same for the first `width` < 16 of them. */
function addFew(out: usize, x0: v128, x1: v128, x2: v128, x3: v128, width: i32): void {
  add4(out, x0, width);
  add4(out + 16, x1, width - 4);
  add4(out + 32, x2, width - 8);
  add4(out + 48, x3, width - 12);
}
