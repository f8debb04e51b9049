/**
 * Products with one-hot vectors: U x picks a column of U, stored as a row of the table, and dU touches only that. One-hots may
 * carry weights; `weights` is 0 where all of them are 1.
 */

import { addRow, load4, store4 } from './lanes';
import { at, put } from './lists';
import { prefetchRow } from './prefetch';

/**
 * Bytes of rows that are summed side by side, block by block: the columns of U lie anywhere in a table larger than any cache,
 * and so the waits for several of them overlap.
 */
const GROUP: usize = 8192;

/** out[r,:] = bias + Σ weight · table[id,:] over the one-hots of row r, which are ids[starts[r]] to ids[starts[r+1]]: U x + b. */
export function gatherColumns(
  rows: i32,
  starts: usize,
  ids: usize,
  weights: usize,
  table: usize,
  bias: usize,
  width: i32,
  out: usize,
): void {
  sumColumns(rows, starts, ids, weights, table, bias, 0, width, out);
}

/** out[r,:] += Σ weight · table[id,:] over the one-hots of row r */
export function addColumns(
  rows: i32,
  starts: usize,
  ids: usize,
  weights: usize,
  table: usize,
  width: i32,
  out: usize,
): void {
  sumColumns(rows, starts, ids, weights, table, out, (<usize>width) << 2, width, out);
}

/** Sums that begin with rows of `from`, `stride` bytes apart. */
function sumColumns(
  rows: i32,
  starts: usize,
  ids: usize,
  weights: usize,
  table: usize,
  from: usize,
  stride: usize,
  width: i32,
  out: usize,
): void {
  const bytes: usize = (<usize>width) << 2;
  const group = max(1, <i32>(GROUP / max(bytes, 1)));
  for (let first = 0; first < rows; first += group) {
    const end = min(first + group, rows);
    prefetchRows(ids, at(starts, first), at(starts, end), table, bytes);
    if (weights === 0 && hasOneEach(starts, first, end)) {
      for (let r = first; r < end; r++) {
        const row = table + <usize>at(ids, at(starts, r)) * bytes;
        addRow(out + <usize>r * bytes, from + <usize>r * stride, row, width);
      }
      continue;
    }
    let j = 0;
    for (; j + 32 <= width; j += 32) {
      const place: usize = (<usize>j) << 2;
      for (let r = first; r < end; r++) {
        const to = out + <usize>r * bytes + place;
        const begin = from + <usize>r * stride + place;
        sum32(to, begin, ids, weights, at(starts, r), at(starts, r + 1), table + place, bytes);
      }
    }
    for (; j < width; j += 16) {
      const place: usize = (<usize>j) << 2;
      for (let r = first; r < end; r++) {
        const to = out + <usize>r * bytes + place;
        const begin = from + <usize>r * stride + place;
        if (j + 4 <= width)
          sum16(to, begin, ids, weights, at(starts, r), at(starts, r + 1), table + place, bytes, width - j);
        else sumFew(to, begin, ids, weights, at(starts, r), at(starts, r + 1), table + place, bytes, width - j);
      }
    }
  }
}

/** Whether every row has a single one-hot, as words alone give it. */
function hasOneEach(starts: usize, first: i32, end: i32): bool {
  for (let r = first; r < end; r++) if (at(starts, r + 1) - at(starts, r) !== 1) return false;
  return true;
}

/** Asks for rows of the table, unless they are too many. */
function prefetchRows(ids: usize, first: i32, end: i32, table: usize, bytes: usize): void {
  if (<usize>(end - first) * bytes > GROUP) return;
  for (let i = first; i < end; i++) prefetchRow(table + <usize>at(ids, i) * bytes, bytes);
}

/**
 * Thirty-two columns of the table: their sums stay in eight registers. The test that is never true keeps the loads of the second half
 * behind the sums of the first, as in `rowAdd`.
 */
function sum32(
  out: usize,
  from: usize,
  ids: usize,
  weights: usize,
  first: i32,
  end: i32,
  table: usize,
  bytes: usize,
): void {
  let s0 = v128.load(from);
  let s1 = v128.load(from, 16);
  let s2 = v128.load(from, 32);
  let s3 = v128.load(from, 48);
  let s4 = v128.load(from, 64);
  let s5 = v128.load(from, 80);
  let s6 = v128.load(from, 96);
  let s7 = v128.load(from, 112);
  for (let i = first; i < end; i++) {
    const row = table + <usize>at(ids, i) * bytes;
    const weight = weightAt(weights, i);
    s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(row, 48)));
    if (i === end) break;
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

/** Sixteen columns of the table, or as few as four: then some are summed twice, to the same. */
function sum16(
  out: usize,
  from: usize,
  ids: usize,
  weights: usize,
  first: i32,
  end: i32,
  table: usize,
  bytes: usize,
  width: i32,
): void {
  const last: usize = (<usize>(min(width, 16) - 4)) << 2;
  const b: usize = min<usize>(16, last);
  const c: usize = min<usize>(32, last);
  let s0 = v128.load(from);
  let s1 = v128.load(from + b);
  let s2 = v128.load(from + c);
  let s3 = v128.load(from + last);
  for (let i = first; i < end; i++) {
    const row = table + <usize>at(ids, i) * bytes;
    const weight = weightAt(weights, i);
    s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(row + b)));
    s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(row + c)));
    s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(row + last)));
  }
  v128.store(out, s0);
  v128.store(out + b, s1);
  v128.store(out + c, s2);
  v128.store(out + last, s3);
}

/** Fewer than four columns. */
function sumFew(
  out: usize,
  from: usize,
  ids: usize,
  weights: usize,
  first: i32,
  end: i32,
  table: usize,
  bytes: usize,
  width: i32,
): void {
  let sum = load4(from, width);
  for (let i = first; i < end; i++) {
    const row = table + <usize>at(ids, i) * bytes;
    sum = f32x4.add(sum, f32x4.mul(weightAt(weights, i), load4(row, width)));
  }
  store4(out, sum, width);
}

/**
 * dTouched[slot,:] = Σ weight · dOut[r,:] over the one-hots of all rows r that have this of M slots. They are sorted by slot first, so that every
 * row of dTouched, of which there may be more than a cache holds, is written once and never read.
 */
export function scatterColumns(
  rows: i32,
  starts: usize,
  slots: usize,
  weights: usize,
  dOut: usize,
  width: i32,
  M: i32,
  dTouched: usize,
  scratch: usize,
): void {
  if (width === 0) return;
  const O = at(starts, rows);
  const zeros = scratch;
  const slotStarts = zeros + ((<usize>width) << 2);
  const rowsOfSlots = slotStarts + ((<usize>(M + 2)) << 2);
  const weightsOfSlots: usize = weights === 0 ? 0 : rowsOfSlots + ((<usize>O) << 2);
  memory.fill(scratch, 0, (<usize>(width + M + 2)) << 2);
  // how many there are of each slot, two places on; sums make of it the first of each, one place on; placing them moves that to the next
  for (let i = 0; i < O; i++) put(slotStarts, at(slots, i) + 2, at(slotStarts, at(slots, i) + 2) + 1);
  for (let slot = 1; slot <= M; slot++) put(slotStarts, slot + 1, at(slotStarts, slot + 1) + at(slotStarts, slot));
  for (let r = 0; r < rows; r++) {
    const end = at(starts, r + 1);
    for (let i = at(starts, r); i < end; i++) {
      const place = at(slotStarts, at(slots, i) + 1);
      put(slotStarts, at(slots, i) + 1, place + 1);
      put(rowsOfSlots, place, r);
      if (weights !== 0) put(weightsOfSlots, place, at(weights, i));
    }
  }
  sumColumns(M, slotStarts, rowsOfSlots, weightsOfSlots, dOut, zeros, 0, width, dTouched);
}

/** Bytes of scratch for so many one-hots of M slots. */
export function scatterScratch(oneHots: i32, M: i32, width: i32): usize {
  return (<usize>(width + M + 2 + 2 * oneHots)) << 2;
}

function weightAt(weights: usize, i: i32): v128 {
  return weights === 0 ? f32x4.splat(1) : v128.load32_splat(weights + ((<usize>i) << 2));
}
