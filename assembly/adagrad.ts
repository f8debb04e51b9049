import { load4, store4 } from './lanes';
import { at } from './lists';
import { prefetchRow } from './prefetch';

/** Rows that are asked for together. */
const GROUP: i32 = 8;

/**
 * Adagrad (Duchi, Hazan & Singer 2011) on the touched rows of a table that are not struck: w and squares [N,width], g [count,width].
 * q += (scale · g)² ;  w −= rate · scale · g / (√q + ε)
 */
export function adagradColumns(
  w: usize,
  touched: usize,
  count: i32,
  g: usize,
  squares: usize,
  width: i32,
  rate: f32,
  epsilon: f32,
  scale: f32,
): void {
  for (let i = 0; i < count; i++, g += (<usize>width) << 2) {
    if (i % GROUP === 0) prefetchRows(touched, i, min(i + GROUP, count), w, squares, (<usize>width) << 2);
    if (at(touched, i) < 0) continue;
    const row: usize = (<usize>at(touched, i) * width) << 2;
    for (let j = 0; j < width; j += 4) {
      const left = width - j;
      const place = row + ((<usize>j) << 2);
      const gradient = f32x4.mul(f32x4.splat(scale), load4(g + ((<usize>j) << 2), left));
      const q = f32x4.add(load4(squares + place, left), f32x4.mul(gradient, gradient));
      const root = f32x4.add(f32x4.sqrt(q), f32x4.splat(epsilon));
      store4(squares + place, q, left);
      store4(
        w + place,
        f32x4.sub(load4(w + place, left), f32x4.div(f32x4.mul(f32x4.splat(rate), gradient), root)),
        left,
      );
    }
  }
}

function prefetchRows(touched: usize, first: i32, end: i32, w: usize, squares: usize, bytes: usize): void {
  for (let i = first; i < end; i++) {
    if (at(touched, i) < 0) continue;
    prefetchRow(w + <usize>at(touched, i) * bytes, bytes);
    prefetchRow(squares + <usize>at(touched, i) * bytes, bytes);
  }
}
