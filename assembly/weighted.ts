/** Column tables that add to what is there, of one-hots that may carry weights. `weights` is 0 where all of them are 1. */

import { add4, load4, store4 } from './lanes';

/** out[r,:] += Σ weight · table[id,:] over the one-hots of row r, which are ids[starts[r]] to ids[starts[r+1]]. */
export function addColumns(
  rows: i32,
  starts: usize,
  ids: usize,
  weights: usize,
  table: usize,
  width: i32,
  out: usize,
): void {
  const bytes: usize = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const first = at(starts, r);
    const end = at(starts, r + 1);
    let j: i32 = 0;
    for (; j + 32 <= width; j += 32)
      addBlock(out + ((<usize>j) << 2), ids, weights, first, end, table + ((<usize>j) << 2), bytes);
    for (; j < width; j += 4) addFew(out, ids, weights, first, end, table, width, j);
    out += bytes;
  }
}

/** Thirty-two columns of the table: their sums stay in eight registers. */
function addBlock(out: usize, ids: usize, weights: usize, first: i32, end: i32, table: usize, bytes: usize): void {
  let s0 = v128.load(out);
  let s1 = v128.load(out, 16);
  let s2 = v128.load(out, 32);
  let s3 = v128.load(out, 48);
  let s4 = v128.load(out, 64);
  let s5 = v128.load(out, 80);
  let s6 = v128.load(out, 96);
  let s7 = v128.load(out, 112);
  for (let i = first; i < end; i++) {
    const row = table + <usize>at(ids, i) * bytes;
    const weight = weightAt(weights, i);
    s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(row, 48)));
    s4 = f32x4.add(s4, f32x4.mul(weight, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(weight, v128.load(row, 80)));
    s6 = f32x4.add(s6, f32x4.mul(weight, v128.load(row, 96)));
    s7 = f32x4.add(s7, f32x4.mul(weight, v128.load(row, 112)));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
  v128.store(out, s7, 112);
}

/** Columns j to j + 3 of the table, as far as there are so many. */
function addFew(out: usize, ids: usize, weights: usize, first: i32, end: i32, table: usize, width: i32, j: i32): void {
  const place: usize = (<usize>j) << 2;
  const left = width - j;
  let sum = load4(out + place, left);
  for (let i = first; i < end; i++) {
    const row = table + ((<usize>at(ids, i) * width) << 2) + place;
    sum = f32x4.add(sum, f32x4.mul(weightAt(weights, i), load4(row, left)));
  }
  store4(out + place, sum, left);
}

/** dTouched[slot,:] += weight · dOut[r,:] for every one-hot of row r. */
export function scatterWeighted(
  rows: i32,
  starts: usize,
  slots: usize,
  weights: usize,
  dOut: usize,
  width: i32,
  dTouched: usize,
): void {
  const bytes: usize = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const end = at(starts, r + 1);
    for (let i = at(starts, r); i < end; i++) {
      const to = dTouched + <usize>at(slots, i) * bytes;
      const weight = weightAt(weights, i);
      for (let j = 0; j < width; j += 4) {
        const place: usize = (<usize>j) << 2;
        add4(to + place, f32x4.mul(weight, load4(dOut + place, width - j)), width - j);
      }
    }
    dOut += bytes;
  }
}

function weightAt(weights: usize, i: i32): v128 {
  return weights === 0 ? f32x4.splat(1) : v128.load32_splat(weights + ((<usize>i) << 2));
}

function at(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}
