/**
 * Elementary functions on four lanes. They are sums, products and quotients of float32 alone, so that every machine gives
 * the same bytes, and what is not a number stays none: pmin(x, limit) and pmax(x, limit) give x where x is NaN.
 *
 * Their constants lie in memory, since engines build a vector constant from several instructions and load one with a
 * single instruction (measured in V8: 1.6 times as fast).
 */

import { load4, store4 } from './lanes';

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
  x = clamp4(x);
  const y = f32x4.mul(x, x);
  return f32x4.div(f32x4.mul(x, odd4(y)), even4(y));
}

function clamp4(x: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, constant(TANH, 1)), constant(TANH, 2));
}

/** The odd polynomial, divided by x, from y = x². */
function odd4(y: v128): v128 {
  let p = f32x4.add(f32x4.mul(constant(TANH, 3), y), constant(TANH, 4));
  p = f32x4.add(f32x4.mul(p, y), constant(TANH, 5));
  p = f32x4.add(f32x4.mul(p, y), constant(TANH, 6));
  return f32x4.add(f32x4.mul(p, y), constant(TANH, 7));
}

function even4(y: v128): v128 {
  let q = f32x4.add(f32x4.mul(constant(TANH, 8), y), constant(TANH, 9));
  q = f32x4.add(f32x4.mul(q, y), constant(TANH, 10));
  q = f32x4.add(f32x4.mul(q, y), constant(TANH, 11));
  return f32x4.add(f32x4.mul(q, y), constant(TANH, 12));
}

/** σ(x) = 1 / (1 + e^−x) = ½ + ½ tanh ½x, with half the error of tanh. */
export function sigmoid4(x: v128): v128 {
  const half = constant(TANH, 0);
  return f32x4.add(half, f32x4.mul(half, tanh4(f32x4.mul(half, x))));
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

/** One loop for both, so that there is one place that compilers inline what follows into. */
function squash(to: usize, from: usize, n: i32, isSigmoid: bool): void {
  let i = 0;
  for (; i + 8 <= n; i += 8, from += 32, to += 32) {
    let x0 = v128.load(from);
    let x1 = v128.load(from, 16);
    if (isSigmoid) {
      x0 = f32x4.mul(constant(TANH, 0), x0);
      x1 = f32x4.mul(constant(TANH, 0), x1);
    }
    tanhPair(to, x0, x1);
    if (isSigmoid) {
      const half = constant(TANH, 0);
      v128.store(to, f32x4.add(half, f32x4.mul(half, v128.load(to))));
      v128.store(to, f32x4.add(half, f32x4.mul(half, v128.load(to, 16))), 16);
    }
  }
  for (; i < n; i += 4, from += 16, to += 16) {
    const x = load4(from, n - i);
    store4(to, isSigmoid ? sigmoid4(x) : tanh4(x), n - i);
  }
}

/**
 * to[0 … 7] = tanh of the lanes of two vectors: one division waits while the other's sums are formed. There is no register left for x,
 * which waits in `to`. On the stack, where an engine would put it, it may lie across two pages, which made all of this 3.3 times
 * as slow in one call of 250, and in some threads in every call (measured).
 */
function tanhPair(to: usize, x0: v128, x1: v128): void {
  x0 = clamp4(x0);
  x1 = clamp4(x1);
  v128.store(to, x0);
  v128.store(to, x1, 16);
  const y0 = f32x4.mul(x0, x0);
  const y1 = f32x4.mul(x1, x1);
  const p0 = odd4(y0);
  const q0 = even4(y0);
  const p1 = odd4(y1);
  const q1 = even4(y1);
  v128.store(to, f32x4.div(f32x4.mul(v128.load(to), p0), q0));
  v128.store(to, f32x4.div(f32x4.mul(v128.load(to, 16), p1), q1), 16);
}

/** Constant i of a table in all lanes. */
function constant(table: usize, i: i32): v128 {
  return v128.load32_splat(table + (i << 2));
}
