/**
 * Copies of matrices in the order in which the products read them: `pairs` of 2 rows and `panels` of 16 columns side by
 * side for each step of the inner sum. What a matrix lacks to a multiple of 2 or 16 is filled up and never read out.
 */

import { load4, store16 } from './lanes';

export function roundUp(n: i32, multiple: i32): i32 {
  return ((n + multiple - 1) / multiple) * multiple;
}

/** Of n columns those that are put into panels: the last few are left out where a panel of them would be mostly empty. */
export function panelColumns(n: i32): i32 {
  return (n & 15) > 12 ? n : n & ~15;
}

/** to[⌈m/16⌉,k,16] from the first m = panelColumns(n) columns of b[k,n], and to[n−m,k] from the others */
export function packPanels(to: usize, b: usize, k: i32, n: i32): void {
  const m = panelColumns(n);
  for (let j = 0; j < m; j += 16) {
    copyColumns16(to, b + ((<usize>j) << 2), k, n, n - j);
    to += (<usize>k) << 6;
  }
  for (let j = m; j < n; j++) {
    let from = b + ((<usize>j) << 2);
    for (let p = 0; p < k; p++, to += 4, from += (<usize>n) << 2) store<f32>(to, load<f32>(from));
  }
}

/** The same from bᵀ, where b has shape [k,n]: to[⌈m/16⌉,n,16] with m = panelColumns(k), and to[k−m,n] */
export function packTransposedPanels(to: usize, b: usize, k: i32, n: i32): void {
  const m = panelColumns(k);
  memory.copy(to + ((<usize>m * n) << 2), b + ((<usize>m * n) << 2), (<usize>(k - m) * n) << 2);
  for (let i = 0; i < m; i += 16) {
    for (let j = 0; j < 16; j += 4) {
      interleave4(to + ((<usize>j) << 2), b + ((<usize>(i + j) * n) << 2), k - i - j, n);
    }
    to += (<usize>n) << 6;
  }
}

/** to[⌈m/2⌉,k,2] from a[m,k] */
export function packPairs(to: usize, a: usize, m: i32, k: i32): void {
  const row: usize = (<usize>k) << 2;
  for (let i = 0; i < m; i += 2) {
    interleave2(to, a, i + 1 < m ? a + row : a, k);
    to += 2 * row;
    a += 2 * row;
  }
}

/** to[rows,16] from the first `width` ≤ 16 columns of a matrix with rows of n */
export function copyColumns16(to: usize, from: usize, rows: i32, n: i32, width: i32): void {
  const end = to + ((<usize>rows) << 6);
  const row: usize = (<usize>n) << 2;
  if (width >= 16) {
    for (; to < end; to += 64, from += row) {
      store16(to, v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48));
    }
    return;
  }
  for (; to < end; to += 64, from += row) {
    v128.store(to, load4(from, width));
    v128.store(to, load4(from + 16, width - 4), 16);
    v128.store(to, load4(from + 32, width - 8), 32);
    v128.store(to, load4(from + 48, width - 12), 48);
  }
}

/**
 * The first `width` ≤ 4 columns of a matrix with rows of n as two lists of pairs, `apart` bytes from one to the other:
 * to[rows,2] twice.
 */
export function copyPairs(to: usize, apart: usize, from: usize, rows: i32, n: i32, width: i32): void {
  for (let r = 0; r < rows; r++) {
    const x = load4(from, width);
    v128.store64_lane(to, x, 0);
    v128.store64_lane(to + apart, x, 1);
    to += 8;
    from += (<usize>n) << 2;
  }
}

/** Element p of two rows of length k side by side, at to + 8 p. */
function interleave2(to: usize, a0: usize, a1: usize, k: i32): void {
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    const x0 = v128.load(a0);
    const x1 = v128.load(a1);
    v128.store(to, v128.shuffle<f32>(x0, x1, 0, 4, 1, 5));
    v128.store(to, v128.shuffle<f32>(x0, x1, 2, 6, 3, 7), 16);
    to += 32;
    a0 += 16;
    a1 += 16;
  }
  for (; p < k; p++) {
    store<f32>(to, load<f32>(a0));
    store<f32>(to, load<f32>(a1), 4);
    to += 8;
    a0 += 4;
    a1 += 4;
  }
}

/** Element p of each of four rows of length k side by side, at to + 64 p; rows that are missing count as 0. */
function interleave4(to: usize, a: usize, rows: i32, k: i32): void {
  if (rows <= 0) {
    for (let p = 0; p < k; p++, to += 64) v128.store(to, f32x4.splat(0));
    return;
  }
  const row: usize = (<usize>k) << 2;
  let a0 = a;
  let a1 = rows > 1 ? a0 + row : a0;
  let a2 = rows > 2 ? a1 + row : a1;
  let a3 = rows > 3 ? a2 + row : a2;
  for (let p = 0; p < k; p += 4) {
    const n = k - p;
    const x0 = load4(a0, n);
    const x1 = load4(a1, n);
    const x2 = load4(a2, n);
    const x3 = load4(a3, n);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    if (n > 1) v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 64);
    if (n > 2) v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 128);
    if (n > 3) v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 192);
    to += 256;
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
  }
}
