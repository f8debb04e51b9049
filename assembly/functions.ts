/**
 * Elementary functions on four lanes. They are sums, products and quotients of float32 alone, so that every machine gives
 * the same bytes, and what is not a number stays none: pmin(x, limit) and pmax(x, limit) give x where x is NaN.
 *
 * Their constants lie in memory, since engines build a vector constant from several instructions and load one with a
 * single instruction (measured in V8: 1.6 times as fast).
 */

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

/** σ(x) = 1 / (1 + e^−x) */
export function sigmoid4(x: v128): v128 {
  const one = constant(EXP, 12);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** The constants of tanh4: limits, the odd polynomial from x^13, the even one from x^6. */
const TANH: usize = memory.data<f32>([
  7.905311107635498, -7.905311107635498, -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11,
  5.12229709037114e-8, 1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3, 1.19825839466702e-6,
  1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3,
]);

/**
 * tanh x as the quotient of an odd polynomial of degree 13 and an even one of degree 6 (Eigen's ptanh_float). Error at most
 * about 3e-7; beyond ±7.9053 the value at that point, which rounds to ±1.
 */
export function tanh4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, constant(TANH, 0)), constant(TANH, 1));
  const x2 = f32x4.mul(x, x);
  let p = constant(TANH, 2);
  p = f32x4.add(f32x4.mul(p, x2), constant(TANH, 3));
  p = f32x4.add(f32x4.mul(p, x2), constant(TANH, 4));
  p = f32x4.add(f32x4.mul(p, x2), constant(TANH, 5));
  p = f32x4.add(f32x4.mul(p, x2), constant(TANH, 6));
  p = f32x4.add(f32x4.mul(p, x2), constant(TANH, 7));
  p = f32x4.add(f32x4.mul(p, x2), constant(TANH, 8));
  let q = constant(TANH, 9);
  q = f32x4.add(f32x4.mul(q, x2), constant(TANH, 10));
  q = f32x4.add(f32x4.mul(q, x2), constant(TANH, 11));
  q = f32x4.add(f32x4.mul(q, x2), constant(TANH, 12));
  return f32x4.div(f32x4.mul(x, p), q);
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

/** Constant i of a table in all lanes. */
function constant(table: usize, i: i32): v128 {
  return v128.load32_splat(table + (i << 2));
}
