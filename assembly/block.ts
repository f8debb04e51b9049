import { add4, add16, store16 } from './lanes';

/** Bytes of a block of 2 × 16 floats. */
export const TILE: usize = 128;

/**
 * out[2,16] += left[k,2]ᵀ · right[k,16], of which `rows` and `width` ≤ 16 count if they are fewer; `stride` is the bytes between two
 * rows of out, `tile` memory of a block.
 *
 * Both sides are packed, so that a step reads 8 and 64 bytes that follow the last ones. The eight sums are as many as
 * 16 registers leave room for; without fused multiply-add two units of each kind must always find an independent sum. The
 * processor's decoder is the limit, so every instruction that is not of the sums counts: one index for both sides is measured in V8
 * to be a tenth faster than two pointers, and four steps to an address a fifth faster than one, as also the end of a shorter loop is
 * foreseen. The tests between the steps keep them apart: V8 loads all that stands between two branches before it computes with any of
 * it, and would run out of registers.
 * Every element is one sum over k in order, wherever it stands in a block. What counts is asked at the end of it all: V8 deals the registers
 * worse without (6 % slower on Node 20), and sums that some path reads by fours are not joined to vectors of eight (`wideBlockAdd`).
 */
export function blockAdd(
  out: usize,
  stride: usize,
  left: usize,
  right: usize,
  k: i32,
  rows: i32,
  width: i32,
  tile: usize,
): void {
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
  store16(tile, s00, s01, s02, s03);
  store16(tile + 64, s10, s11, s12, s13);
  addTile(out, stride, tile, rows, width);
}

/** out[2,16] += tile[2,16], of which `rows` and `width` count if they are fewer */
function addTile(out: usize, stride: usize, tile: usize, rows: i32, width: i32): void {
  for (let j = 0; j < width; j += 4, out += 16, tile += 16) {
    add4(out, v128.load(tile), width - j);
    if (rows > 1) add4(out + stride, v128.load(tile, 64), width - j);
  }
}
