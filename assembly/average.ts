/** The mean of the weights that a run passes through (Polyak & Juditsky 1992). n counts floats. */

import { load4, store4 } from './lanes';

/** mean += (x − mean) · share: the mean of k lists, from that of k − 1 and the k-th, with share = 1/k. */
export function averageInto(mean: usize, x: usize, n: i32, share: f32): void {
  for (let i = 0; i < n; i += 4) {
    const place: usize = (<usize>i) << 2;
    const old = load4(mean + place, n - i);
    const step = f32x4.mul(f32x4.sub(load4(x + place, n - i), old), f32x4.splat(share));
    store4(mean + place, f32x4.add(old, step), n - i);
  }
}

/** Each takes what the other has. */
export function exchange(a: usize, b: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const place: usize = (<usize>i) << 2;
    const was = load4(a + place, n - i);
    store4(a + place, load4(b + place, n - i), n - i);
    store4(b + place, was, n - i);
  }
}
