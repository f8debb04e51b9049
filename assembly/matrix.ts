/** Matrix products and sums by row and column; every matrix is row-major. */

import { load4, store4 } from './lanes';
import { OuterSum, outerBytes } from './outer';
import { packPanels, packTransposedPanels, roundUp } from './pack';
import { multiplyPanelsAdd, pairBytes } from './product';

/** Bytes of scratch that multiplyAdd needs for an inner sum of k and n columns. */
export function multiplyScratch(k: i32, n: i32): usize {
  return <usize>(4 * k) * roundUp(n, 16) + pairBytes(k);
}

/** out[m,n] += a[m,k] · b[k,n] */
export function multiplyAdd(out: usize, a: usize, b: usize, m: i32, k: i32, n: i32, scratch: usize): void {
  packPanels(scratch, b, k, n);
  multiplyPanelsAdd(out, a, scratch, scratch + <usize>(4 * k) * roundUp(n, 16), m, k, n);
}

/** out[m,k] += a[m,n] · b[k,n]ᵀ; needs multiplyScratch(n, k) */
export function multiplyTransposedAdd(out: usize, a: usize, b: usize, m: i32, n: i32, k: i32, scratch: usize): void {
  packTransposedPanels(scratch, b, k, n);
  multiplyPanelsAdd(out, a, scratch, scratch + <usize>(4 * n) * roundUp(k, 16), m, n, k);
}

/** Bytes of scratch that outerAdd needs. */
export function outerScratch(k: i32, n: i32): usize {
  return outerBytes(k, n);
}

/** out[k,n] += a[m,k]ᵀ · b[m,n] */
export function outerAdd(out: usize, a: usize, b: usize, m: i32, k: i32, n: i32, scratch: usize): void {
  const sum = changetype<OuterSum>(scratch);
  sum.begin(out, k, n);
  sum.add(a, b, m);
  sum.end();
}

/** out[n] += Σ_m a[m,n] */
export function columnSumsAdd(out: usize, a: usize, m: i32, n: i32): void {
  const row: usize = (<usize>n) << 2;
  let j = 0;
  for (; j + 16 <= n; j += 16) sum16Add(out + ((<usize>j) << 2), a + ((<usize>j) << 2), m, row);
  for (; j < n; j += 4) {
    const place: usize = (<usize>j) << 2;
    let sum = load4(out + place, n - j);
    for (let i = 0; i < m; i++) sum = f32x4.add(sum, load4(a + <usize>i * row + place, n - j));
    store4(out + place, sum, n - j);
  }
}

/** Sixteen columns of rows that are `row` bytes long: a line of the cache. */
function sum16Add(out: usize, a: usize, m: i32, row: usize): void {
  let s0 = v128.load(out);
  let s1 = v128.load(out, 16);
  let s2 = v128.load(out, 32);
  let s3 = v128.load(out, 48);
  for (let i = 0; i < m; i++) {
    s0 = f32x4.add(s0, v128.load(a));
    s1 = f32x4.add(s1, v128.load(a, 16));
    s2 = f32x4.add(s2, v128.load(a, 32));
    s3 = f32x4.add(s3, v128.load(a, 48));
    a += row;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** out[r,:] = row for m rows */
export function broadcast(out: usize, row: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) {
    memory.copy(out, row, (<usize>n) << 2);
    out += (<usize>n) << 2;
  }
}

/** out[i] = value */
export function fill(out: usize, n: i32, value: f32): void {
  if (value === 0) {
    memory.fill(out, 0, (<usize>n) << 2);
    return;
  }
  for (let i = 0; i < n; i += 4) store4(out + ((<usize>i) << 2), f32x4.splat(value), n - i);
}
