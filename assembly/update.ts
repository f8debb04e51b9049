/** What an optimiser does to weights, and the norm it may ask for. n counts floats. */

import { load4, store4 } from './lanes';
import { at } from './lists';

/** Σ x² in float64: even and odd elements apart, then together. */
export function squaredNorm(x: usize, n: i32): f64 {
  let sum = f64x2.splat(0);
  for (let i = 0; i < n; i += 4) {
    const four = load4(x, n - i);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 0));
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    x += 16;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** v = momentum · v + scale · g ;  w −= rate · v */
export function sgd(w: usize, g: usize, v: usize, n: i32, rate: f32, momentum: f32, scale: f32): void {
  for (let i = 0; i < n; i += 4) {
    const kept = f32x4.mul(f32x4.splat(momentum), load4(v, n - i));
    const moved = f32x4.add(kept, f32x4.mul(f32x4.splat(scale), load4(g, n - i)));
    store4(v, moved, n - i);
    store4(w, f32x4.sub(load4(w, n - i), f32x4.mul(f32x4.splat(rate), moved)), n - i);
    w += 16;
    g += 16;
    v += 16;
  }
}

/** Rows of a table that are moved side by side, so that the waits for several of them overlap, as in gatherColumns. */
const GROUP: i32 = 4;

/** w[touched[i],:] −= step · g[i,:] for `count` rows, none of them struck; step = rate · scale */
export function sgdColumns(w: usize, touched: usize, count: i32, g: usize, width: i32, step: f32): void {
  const bytes: usize = (<usize>width) << 2;
  for (let first = 0; first < count; first += GROUP) {
    const end = min(first + GROUP, count);
    for (let j = 0; j < width; j += 16) {
      const place: usize = (<usize>j) << 2;
      for (let i = first; i < end; i++) {
        moveLine(w + rowBytes(touched, i, width) + place, g + <usize>i * bytes + place, width - j, step);
      }
    }
  }
}

/** w[n] −= step · g[n] for n ≤ 16 floats, a line of the cache; sixteen where n is more. */
function moveLine(w: usize, g: usize, n: i32, step: f32): void {
  if (n >= 16) {
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(f32x4.splat(step), v128.load(g))));
    v128.store(w, f32x4.sub(v128.load(w, 16), f32x4.mul(f32x4.splat(step), v128.load(g, 16))), 16);
    v128.store(w, f32x4.sub(v128.load(w, 32), f32x4.mul(f32x4.splat(step), v128.load(g, 32))), 32);
    v128.store(w, f32x4.sub(v128.load(w, 48), f32x4.mul(f32x4.splat(step), v128.load(g, 48))), 48);
    return;
  }
  for (; n > 0; n -= 4, w += 16, g += 16) {
    store4(w, f32x4.sub(load4(w, n), f32x4.mul(f32x4.splat(step), load4(g, n))), n);
  }
}

/** Adam (Kingma & Ba 2015, algorithm 1) on n weights; `correction1` = 1 − β1^t, `correction2` = 1 − β2^t. */
export function adam(
  w: usize,
  g: usize,
  first: usize,
  second: usize,
  n: i32,
  rate: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  correction1: f64,
  correction2: f64,
  scale: f64,
): void {
  for (let i = 0; i < n; i += 4) {
    const left = n - i;
    const gradient = f32x4.mul(f32x4.splat(<f32>scale), load4(g, left));
    // m = β1 m + (1−β1) g ;  v = β2 v + (1−β2) g² ;  w −= rate · m̂ / (√v̂ + ε)
    const m = blend(<f32>beta1, load4(first, left), <f32>(1 - beta1), gradient);
    const v = blend(<f32>beta2, load4(second, left), <f32>(1 - beta2), f32x4.mul(gradient, gradient));
    store4(first, m, left);
    store4(second, v, left);
    const root = f32x4.sqrt(f32x4.div(v, f32x4.splat(<f32>correction2)));
    const step = f32x4.mul(f32x4.splat(<f32>rate), f32x4.div(m, f32x4.splat(<f32>correction1)));
    store4(w, f32x4.sub(load4(w, left), f32x4.div(step, f32x4.add(root, f32x4.splat(<f32>epsilon)))), left);
    w += 16;
    g += 16;
    first += 16;
    second += 16;
  }
}

/** Adam on the touched rows alone that are not struck: w, first and second [N,width], g [count,width]. */
export function adamColumns(
  w: usize,
  touched: usize,
  count: i32,
  g: usize,
  first: usize,
  second: usize,
  width: i32,
  rate: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  correction1: f64,
  correction2: f64,
  scale: f64,
): void {
  for (let i = 0; i < count; i++, g += (<usize>width) << 2) {
    if (at(touched, i) < 0) continue;
    const row = rowBytes(touched, i, width);
    const m = first + row;
    adam(w + row, g, m, second + row, width, rate, beta1, beta2, epsilon, correction1, correction2, scale);
  }
}

/** a · x + b · y */
function blend(a: f32, x: v128, b: f32, y: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.splat(a), x), f32x4.mul(f32x4.splat(b), y));
}

/** Where the row touched[i] of a table begins. */
function rowBytes(touched: usize, i: i32, width: i32): usize {
  return (<usize>at(touched, i) * width) << 2;
}
