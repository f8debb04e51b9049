import type { FloatArray } from '../kernels.js';

/** A matrix inside an array: element (i,j) is `data[start + i · row + j · column]`. */
interface Strided {
  readonly data: FloatArray;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/** out[m,n] += a[m,k] · b[k,n], row-major; `out` and `a` start at the given offsets. */
export function multiplyAdd(
  out: FloatArray,
  outStart: number,
  a: FloatArray,
  aStart: number,
  b: FloatArray,
  m: number,
  k: number,
  n: number,
): void {
  const left = { data: a, start: aStart, row: k, column: 1 };
  productAdd(out, outStart, left, { data: b, start: 0, row: n, column: 1 }, m, k, n);
}

/** out[m,k] += a[m,n] · b[k,n]ᵀ */
export function multiplyTransposedAdd(
  out: FloatArray,
  outStart: number,
  a: FloatArray,
  aStart: number,
  b: FloatArray,
  m: number,
  n: number,
  k: number,
): void {
  const left = { data: a, start: aStart, row: n, column: 1 };
  productAdd(out, outStart, left, { data: b, start: 0, row: 1, column: n }, m, n, k);
}

/** out[k,n] += a[m,k]ᵀ · b[m,n] */
export function outerAdd(
  out: FloatArray,
  a: FloatArray,
  aStart: number,
  b: FloatArray,
  bStart: number,
  m: number,
  k: number,
  n: number,
): void {
  const left = { data: a, start: aStart, row: 1, column: k };
  productAdd(out, 0, left, { data: b, start: bStart, row: n, column: 1 }, k, m, n);
}

/** out[n] += Σ_m a[m,n] */
export function columnSumsAdd(out: FloatArray, a: FloatArray, m: number, n: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) out[j] += a[i * n + j];
  }
}

/**
 * out[m,n] += a[m,k] · b[k,n]. Every element is one sum over k in order, whatever block it falls in. Blocks of 4 × 2
 * sums stay in registers (measured: 2.5 times as fast in V8 as adding rows of b to rows of out).
 */
function productAdd(out: FloatArray, outStart: number, a: Strided, b: Strided, m: number, k: number, n: number): void {
  const wholeRows = m - (m % 4);
  const wholeColumns = n - (n % 2);
  for (let i = 0; i < wholeRows; i += 4) {
    for (let j = 0; j < wholeColumns; j += 2) blockAdd(out, outStart + i * n + j, n, a, i, b, j, k);
  }
  for (let i = 0; i < m; i++) {
    let j = i < wholeRows ? wholeColumns : 0;
    for (; j + 4 <= n; j += 4) rowAdd(out, outStart + i * n + j, a, i, b, j, k);
    for (; j < n; j++) out[outStart + i * n + j] += dot(a, i, b, j, k);
  }
}

/** Row i of a times four columns of b, from j. */
function rowAdd(out: FloatArray, at: number, a: Strided, i: number, b: Strided, j: number, k: number): void {
  const x = a.data;
  const y = b.data;
  const x0 = a.start + i * a.row;
  const y0 = b.start + j * b.column;
  const y1 = y0 + b.column;
  const y2 = y1 + b.column;
  const y3 = y2 + b.column;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let p = 0, ap = x0, bp = 0; p < k; p++, ap += a.column, bp += b.row) {
    const left = x[ap];
    s0 += left * y[y0 + bp];
    s1 += left * y[y1 + bp];
    s2 += left * y[y2 + bp];
    s3 += left * y[y3 + bp];
  }
  out[at] += s0;
  out[at + 1] += s1;
  out[at + 2] += s2;
  out[at + 3] += s3;
}

/** Rows i to i+3 of a times columns j and j+1 of b. */
function blockAdd(
  out: FloatArray,
  at: number,
  n: number,
  a: Strided,
  i: number,
  b: Strided,
  j: number,
  k: number,
): void {
  const x = a.data;
  const y = b.data;
  const x0 = a.start + i * a.row;
  const x1 = x0 + a.row;
  const x2 = x1 + a.row;
  const x3 = x2 + a.row;
  const y0 = b.start + j * b.column;
  const y1 = y0 + b.column;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let p = 0, ap = 0, bp = 0; p < k; p++, ap += a.column, bp += b.row) {
    const left = y[y0 + bp];
    const right = y[y1 + bp];
    s00 += x[x0 + ap] * left;
    s01 += x[x0 + ap] * right;
    s10 += x[x1 + ap] * left;
    s11 += x[x1 + ap] * right;
    s20 += x[x2 + ap] * left;
    s21 += x[x2 + ap] * right;
    s30 += x[x3 + ap] * left;
    s31 += x[x3 + ap] * right;
  }
  out[at] += s00;
  out[at + 1] += s01;
  out[at + n] += s10;
  out[at + n + 1] += s11;
  out[at + 2 * n] += s20;
  out[at + 2 * n + 1] += s21;
  out[at + 3 * n] += s30;
  out[at + 3 * n + 1] += s31;
}

/** Row i of a times column j of b. */
function dot(a: Strided, i: number, b: Strided, j: number, k: number): number {
  let sum = 0;
  for (let p = 0; p < k; p++) {
    sum += a.data[a.start + i * a.row + p * a.column] * b.data[b.start + p * b.row + j * b.column];
  }
  return sum;
}
