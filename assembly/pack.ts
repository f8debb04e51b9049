/**
 * Copies of matrices in the order in which the products read them: `lefts` of 4 and `panels` of 8 elements side by side
 * for each step of the inner sum. What a matrix lacks to a multiple of 4 or 8 is filled up and never read out.
 */

import { load4 } from './lanes';

export function roundUp(n: i32, multiple: i32): i32 {
  return ((n + multiple - 1) / multiple) * multiple;
}

/** to[⌈n/8⌉,k,8] from b[k,n] */
export function packPanels(to: usize, b: usize, k: i32, n: i32): void {
  for (let j = 0; j < n; j += 8) {
    copyColumns8(to, b + ((<usize>j) << 2), k, n, n - j);
    to += (<usize>k) << 5;
  }
}

/** to[⌈k/8⌉,n,8] from b[k,n]: the panels of bᵀ */
export function packTransposedPanels(to: usize, b: usize, k: i32, n: i32): void {
  for (let i = 0; i < k; i += 8) {
    const row = b + ((<usize>i * n) << 2);
    interleave4(to, 32, row, k - i, n);
    interleave4(to + 16, 32, row + ((<usize>n * 4) << 2), k - i - 4, n);
    to += (<usize>n) << 5;
  }
}

/** to[⌈m/4⌉,k,4] from a[m,k] */
export function packLefts(to: usize, a: usize, m: i32, k: i32): void {
  for (let i = 0; i < m; i += 4) {
    interleave4(to, 16, a + ((<usize>i * k) << 2), m - i, k);
    to += (<usize>k) << 4;
  }
}

/** to[rows,4] from the first `width` ≤ 4 columns of a matrix with rows of n */
export function copyColumns4(to: usize, from: usize, rows: i32, n: i32, width: i32): void {
  for (let r = 0; r < rows; r++) {
    v128.store(to, load4(from, width));
    to += 16;
    from += (<usize>n) << 2;
  }
}

/** to[rows,8] from the first `width` ≤ 8 columns of a matrix with rows of n */
export function copyColumns8(to: usize, from: usize, rows: i32, n: i32, width: i32): void {
  for (let r = 0; r < rows; r++) {
    v128.store(to, load4(from, width));
    v128.store(to, load4(from + 16, width - 4), 16);
    to += 32;
    from += (<usize>n) << 2;
  }
}

/** Element p of each of four rows of length k side by side, at to + p · step; the last of fewer rows is repeated. */
function interleave4(to: usize, step: usize, a: usize, rows: i32, k: i32): void {
  if (rows <= 0) {
    for (let p = 0; p < k; p++) v128.store(to + <usize>p * step, f32x4.splat(0));
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
    if (n > 1) v128.store(to + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    if (n > 2) v128.store(to + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    if (n > 3) v128.store(to + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    to += 4 * step;
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
  }
}
