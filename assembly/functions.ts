/**
 * Elementary functions on four lanes. They are sums, products and quotients of float32 alone, so that every machine gives
 * the same bytes, and what is not a number stays none: pmin(x, limit) and pmax(x, limit) give x where x is NaN.
 *
 * Their constants lie in memory, since engines build a vector constant from several instructions and load one with a
 * single instruction (measured in V8: 1.6 times as fast).
 */

import { load4, store4, store16 } from './lanes';

/** The constants of exp4: limits, log2 e, 1.5 · 2^23, ln 2 in two parts, the polynomial from the highest power, 1. */
const EXP: usize = memory.data<f32>([
  88.37, -88.0, 1.44269504, 12582912.0, 0.693359375, -2.1219444e-4, 1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3,
  4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1.0,
]);

/**
 * e^x (Cephes' expf): x = n ln 2 + r with |r| ≤ ½ ln 2, and e^r by a polynomial. Relative error about 1.2e-7.
 * Below −87.7 it is 0, above 88.37 it stays at e^88.37.
 */
export function exp4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, constant(EXP, 0)), constant(EXP, 1));
  // Floats from 2^23 to 2^24 are the integers: the sum rounds to one, and has n in its last bits.
  const sum = f32x4.add(f32x4.mul(x, constant(EXP, 2)), constant(EXP, 3));
  const n = f32x4.sub(sum, constant(EXP, 3));
  // The first part of ln 2 has so few bits that n times it is exact.
  let r = f32x4.sub(x, f32x4.mul(n, constant(EXP, 4)));
  r = f32x4.sub(r, f32x4.mul(n, constant(EXP, 5)));
  let y = constant(EXP, 6);
  y = f32x4.add(f32x4.mul(y, r), constant(EXP, 7));
  y = f32x4.add(f32x4.mul(y, r), constant(EXP, 8));
  y = f32x4.add(f32x4.mul(y, r), constant(EXP, 9));
  y = f32x4.add(f32x4.mul(y, r), constant(EXP, 10));
  y = f32x4.add(f32x4.mul(y, r), constant(EXP, 11));
  const one = constant(EXP, 12);
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(r, r)), r), one);
  // 2^n has the exponent bits of 1 plus n; n = −127 gives 0.
  const power = i32x4.add(i32x4.shl(sum, 23), one);
  return f32x4.mul(y, power);
}

/**
 * ½, the limits, and the coefficients of tanh: of the odd polynomial from x^9 down to x, of the even one from x^8 down to 1.
 * They minimise the relative error up to 8.
 */
const TANH: usize = memory.data<f32>([
  0.5, 7.89992618560791, -7.89992618560791, 1.12287341e-8, 1.92362496e-5, 3.41777074e-3, 1.33171005e-1, 9.99999958e-1,
  6.95707872e-7, 3.15463928e-4, 2.55860033e-2, 4.66504308e-1, 1.0,
]);

/**
 * tanh x as the quotient of an odd polynomial of degree 9 and an even one of degree 8. Error at most 3.7e-7, also
 * relative to it; from ±7.8999 on, where it first rounds to that, it is ±1.
 */
export function tanh4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, constant(TANH, 1)), constant(TANH, 2));
  const y = f32x4.mul(x, x);
  const p = quartic(y, constant(TANH, 3), constant(TANH, 4), constant(TANH, 5), constant(TANH, 6), constant(TANH, 7));
  const q = quartic(
    y,
    constant(TANH, 8),
    constant(TANH, 9),
    constant(TANH, 10),
    constant(TANH, 11),
    constant(TANH, 12),
  );
  return f32x4.div(f32x4.mul(x, p), q);
}

/** a y⁴ + b y³ + c y² + d y + e */
function quartic(y: v128, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
  let p = f32x4.add(f32x4.mul(a, y), b);
  p = f32x4.add(f32x4.mul(p, y), c);
  p = f32x4.add(f32x4.mul(p, y), d);
  return f32x4.add(f32x4.mul(p, y), e);
}

/** σ(x) = 1 / (1 + e^−x) = ½ + ½ tanh ½x, with half the error of tanh. */
export function sigmoid4(x: v128): v128 {
  return halfUp(tanh4(f32x4.mul(constant(TANH, 0), x)));
}

/** The constants of log4: √½, the polynomial from the highest power, ln 2 in two parts, ½, 1. */
const LOG: usize = memory.data<f32>([
  0.707106781, 7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1, -2.1219444e-4, 0.693359375, 0.5, 1.0,
]);

/**
 * ln x of positive normal numbers (Cephes' logf): x = 2^n m with m from √½ to √2, and ln m by a polynomial in m − 1. Error about
 * 1e-7, relative to the result or to 1.
 */
export function log4(x: v128): v128 {
  const half = constant(LOG, 12);
  const one = constant(LOG, 13);
  // m from ½ to 1: the exponent bits of ½ in place of those of x.
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), half);
  let n = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  const small = f32x4.lt(m, constant(LOG, 0));
  n = f32x4.sub(n, v128.and(small, one));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), one);
  let y = constant(LOG, 1);
  for (let i = 2; i < 10; i++) y = f32x4.add(f32x4.mul(y, m), constant(LOG, i));
  const square = f32x4.mul(m, m);
  y = f32x4.mul(y, f32x4.mul(m, square));
  y = f32x4.add(y, f32x4.mul(n, constant(LOG, 10)));
  y = f32x4.sub(y, f32x4.mul(square, half));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(n, constant(LOG, 11)));
}

/** max(0, x) */
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0));
}

/** to[i] = tanh from[i] */
export function tanhs(to: usize, from: usize, n: i32): void {
  squash(to, from, n, false);
}

/** to[i] = σ(from[i]) */
export function sigmoids(to: usize, from: usize, n: i32): void {
  squash(to, from, n, true);
}

/** to[i] = tanh from[i], or σ(from[i]) */
function squash(to: usize, from: usize, n: i32, isSigmoid: bool): void {
  let i = n & ~15;
  squash16s(to, from, i, isSigmoid);
  for (; i < n; i += 4) {
    const at = (<usize>i) << 2;
    const x = load4(from + at, n - i);
    store4(to + at, isSigmoid ? sigmoid4(x) : tanh4(x), n - i);
  }
}

/**
 * The same as tanh4 and sigmoid4, n a multiple of 16: four vectors share the loads of the constants, since the decoder is the limit, and a
 * division waits while the sums of others are formed. The odd polynomials wait in `to`, as there are no registers for all. On the stack, where
 * an engine would put what is too much, a vector may lie across two pages, which made all of this 3.3 times as slow in one call of
 * 250, and in some threads in every call (measured).
 */
function squash16s(to: usize, from: usize, n: i32, isSigmoid: bool): void {
  for (; n > 0; n -= 16, from += 64, to += 64) {
    let x0 = v128.load(from);
    let x1 = v128.load(from, 16);
    let x2 = v128.load(from, 32);
    let x3 = v128.load(from, 48);
    if (isSigmoid) {
      const half = constant(TANH, 0);
      x0 = f32x4.mul(half, x0);
      x1 = f32x4.mul(half, x1);
      x2 = f32x4.mul(half, x2);
      x3 = f32x4.mul(half, x3);
    }
    const most = constant(TANH, 1);
    const least = constant(TANH, 2);
    x0 = f32x4.pmax(f32x4.pmin(x0, most), least);
    x1 = f32x4.pmax(f32x4.pmin(x1, most), least);
    x2 = f32x4.pmax(f32x4.pmin(x2, most), least);
    x3 = f32x4.pmax(f32x4.pmin(x3, most), least);
    const y0 = f32x4.mul(x0, x0);
    const y1 = f32x4.mul(x1, x1);
    const y2 = f32x4.mul(x2, x2);
    const y3 = f32x4.mul(x3, x3);
    let a = constant(TANH, 3);
    let b = constant(TANH, 4);
    let c = constant(TANH, 5);
    let d = constant(TANH, 6);
    let e = constant(TANH, 7);
    v128.store(to, f32x4.mul(x0, quartic(y0, a, b, c, d, e)));
    v128.store(to, f32x4.mul(x1, quartic(y1, a, b, c, d, e)), 16);
    v128.store(to, f32x4.mul(x2, quartic(y2, a, b, c, d, e)), 32);
    v128.store(to, f32x4.mul(x3, quartic(y3, a, b, c, d, e)), 48);
    a = constant(TANH, 8);
    b = constant(TANH, 9);
    c = constant(TANH, 10);
    d = constant(TANH, 11);
    e = constant(TANH, 12);
    const q0 = quartic(y0, a, b, c, d, e);
    const q1 = quartic(y1, a, b, c, d, e);
    const q2 = quartic(y2, a, b, c, d, e);
    const q3 = quartic(y3, a, b, c, d, e);
    let r0 = f32x4.div(v128.load(to), q0);
    let r1 = f32x4.div(v128.load(to, 16), q1);
    let r2 = f32x4.div(v128.load(to, 32), q2);
    let r3 = f32x4.div(v128.load(to, 48), q3);
    if (isSigmoid) {
      r0 = halfUp(r0);
      r1 = halfUp(r1);
      r2 = halfUp(r2);
      r3 = halfUp(r3);
    }
    store16(to, r0, r1, r2, r3);
  }
}

/** ½ + ½ x */
function halfUp(x: v128): v128 {
  const half = constant(TANH, 0);
  return f32x4.add(half, f32x4.mul(half, x));
}

/** Constant i of a table in all lanes. */
function constant(table: usize, i: i32): v128 {
  return v128.load32_splat(table + (i << 2));
}
