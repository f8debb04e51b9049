import type { FloatArray } from '../kernels.js';

// Four terms of the inner sum at a time: each pass over a row of `out` then carries four multiply-adds (measured: about
// twice as fast in V8 as one).

/** out[m,n] += a[m,k] · b[k,n], row-major; `a` and `out` start at the given offsets. */
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
  const whole = k - (k % 4);
  for (let i = 0; i < m; i++) {
    const row = outStart + i * n;
    const aRow = aStart + i * k;
    let p = 0;
    for (; p < whole; p += 4) {
      const a0 = a[aRow + p];
      const a1 = a[aRow + p + 1];
      const a2 = a[aRow + p + 2];
      const a3 = a[aRow + p + 3];
      const b0 = p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
    }
    for (; p < k; p++) {
      const value = a[aRow + p];
      for (let j = 0; j < n; j++) out[row + j] += value * b[p * n + j];
    }
  }
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
  const whole = n - (n % 4);
  for (let i = 0; i < m; i++) {
    const aRow = aStart + i * n;
    for (let p = 0; p < k; p++) {
      const bRow = p * n;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let j = 0;
      for (; j < whole; j += 4) {
        s0 += a[aRow + j] * b[bRow + j];
        s1 += a[aRow + j + 1] * b[bRow + j + 1];
        s2 += a[aRow + j + 2] * b[bRow + j + 2];
        s3 += a[aRow + j + 3] * b[bRow + j + 3];
      }
      for (; j < n; j++) s0 += a[aRow + j] * b[bRow + j];
      out[outStart + i * k + p] += s0 + s1 + (s2 + s3);
    }
  }
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
  const whole = m - (m % 4);
  for (let p = 0; p < k; p++) {
    const row = p * n;
    let i = 0;
    for (; i < whole; i += 4) {
      const a0 = a[aStart + i * k + p];
      const a1 = a[aStart + (i + 1) * k + p];
      const a2 = a[aStart + (i + 2) * k + p];
      const a3 = a[aStart + (i + 3) * k + p];
      const b0 = bStart + i * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
    }
    for (; i < m; i++) {
      const value = a[aStart + i * k + p];
      for (let j = 0; j < n; j++) out[row + j] += value * b[bStart + i * n + j];
    }
  }
}

/** out[n] += Σ_m a[m,n] */
export function columnSumsAdd(out: FloatArray, a: FloatArray, m: number, n: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) out[j] += a[i * n + j];
  }
}
