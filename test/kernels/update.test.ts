import { describe, expect, it } from '@jest/globals';
import { farthest, floatsOf, IMPLEMENTATIONS, intsOf, numbers, read, SIZES } from '../support/kernels.js';

const ADAM = { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, correction1: 0.19, correction2: 0.001999 };

/** Adam's new weight and moments, as the paper's algorithm 1 has them. */
function adamOf(w: number, g: number, m: number, v: number): { w: number; m: number; v: number } {
  const first = 0.9 * m + 0.1 * g;
  const second = 0.999 * v + 0.001 * g ** 2;
  return { w: w - (0.01 * (first / 0.19)) / (Math.sqrt(second / 0.001999) + 1e-8), m: first, v: second };
}

describe.each(IMPLEMENTATIONS)('updates with $name', ({ create, tolerance }) => {
  it.each(SIZES)('sgd moves the velocity of %i weights, then the weights', (n) => {
    const kernels = create();
    const [w, g, v] = [numbers(n, 1), numbers(n, 2), numbers(n, 3)];
    const [weights, velocity] = [floatsOf(kernels, w), floatsOf(kernels, v)];
    kernels.sgd(weights, floatsOf(kernels, g), velocity, 0.3, 0.9, 0.25);
    const moved = v.map((value, i) => 0.9 * value + 0.25 * g[i]);
    expect(farthest(read(kernels, velocity), moved)).toBeLessThan(tolerance);
    expect(
      farthest(
        read(kernels, weights),
        w.map((value, i) => value - 0.3 * moved[i]),
      ),
    ).toBeLessThan(tolerance);
  });

  it.each(SIZES)('sgd moves only the touched rows of a table, %i wide', (width) => {
    const kernels = create();
    const [w, g] = [numbers(4 * width, 1), numbers(2 * width, 2)];
    const table = floatsOf(kernels, w);
    kernels.sgdColumns(table, intsOf(kernels, [1, 3]), floatsOf(kernels, g), width, 0.3, 0.25);
    const expected = w.map((value, i) => {
      const slot = [1, 3].indexOf(Math.floor(i / width));
      return slot < 0 ? value : value - 0.3 * 0.25 * g[slot * width + (i % width)];
    });
    expect(farthest(read(kernels, table), expected)).toBeLessThan(tolerance);
  });

  it.each(SIZES)('adam follows its paper for %i weights', (n) => {
    const kernels = create();
    const [w, g, m] = [numbers(n, 1), numbers(n, 2), numbers(n, 3)];
    const v = numbers(n, 4).map(Math.abs);
    const [weights, first, second] = [w, m, v].map((values) => floatsOf(kernels, values));
    kernels.adam(weights, floatsOf(kernels, g), first, second, ADAM, 0.5);
    const expected = w.map((value, i) => adamOf(value, 0.5 * g[i], m[i], v[i]));
    expect(
      farthest(
        read(kernels, weights),
        expected.map((one) => one.w),
      ),
    ).toBeLessThan(tolerance);
    expect(
      farthest(
        read(kernels, first),
        expected.map((one) => one.m),
      ),
    ).toBeLessThan(tolerance);
    expect(
      farthest(
        read(kernels, second),
        expected.map((one) => one.v),
      ),
    ).toBeLessThan(tolerance);
  });

  it.each(SIZES)('adam moves weights and moments only in the touched rows of a table, %i wide', (width) => {
    const kernels = create();
    const [w, g, m] = [numbers(4 * width, 1), numbers(2 * width, 2), numbers(4 * width, 3)];
    const v = numbers(4 * width, 4).map(Math.abs);
    const [table, first, second] = [w, m, v].map((values) => floatsOf(kernels, values));
    kernels.adamColumns(table, intsOf(kernels, [0, 2]), floatsOf(kernels, g), first, second, width, ADAM, 0.5);
    const expected = w.map((value, i) => {
      const slot = [0, 2].indexOf(Math.floor(i / width));
      if (slot < 0) return { w: value, m: m[i], v: v[i] };
      return adamOf(value, 0.5 * g[slot * width + (i % width)], m[i], v[i]);
    });
    expect(
      farthest(
        read(kernels, table),
        expected.map((one) => one.w),
      ),
    ).toBeLessThan(tolerance);
    expect(
      farthest(
        read(kernels, first),
        expected.map((one) => one.m),
      ),
    ).toBeLessThan(tolerance);
    expect(
      farthest(
        read(kernels, second),
        expected.map((one) => one.v),
      ),
    ).toBeLessThan(tolerance);
  });

  it.each(SIZES)('adagrad divides by the root of all squares so far in the touched rows, %i wide', (width) => {
    const kernels = create();
    const [w, g] = [numbers(4 * width, 1), numbers(2 * width, 2)];
    const q = numbers(4 * width, 3).map(Math.abs);
    const [table, squares] = [w, q].map((values) => floatsOf(kernels, values));
    kernels.adagradColumns(table, intsOf(kernels, [0, 2]), floatsOf(kernels, g), squares, width, 0.3, 0.25, 0.5);
    const expected = w.map((value, i) => {
      const slot = [0, 2].indexOf(Math.floor(i / width));
      const gradient = slot < 0 ? 0 : 0.5 * g[slot * width + (i % width)];
      const sum = q[i] + gradient ** 2;
      return { w: value - (0.3 * gradient) / (Math.sqrt(sum) + 0.25), q: sum };
    });
    const [weights, sums] = [expected.map((one) => one.w), expected.map((one) => one.q)];
    expect(farthest(read(kernels, table), weights)).toBeLessThan(tolerance);
    expect(farthest(read(kernels, squares), sums)).toBeLessThan(tolerance);
  });

  it('epsilon stands outside the root', () => {
    const kernels = create();
    const weights = floatsOf(kernels, [0]);
    const step = { rate: 1, beta1: 0, beta2: 0, epsilon: 3, correction1: 1, correction2: 1 };
    kernels.adam(weights, floatsOf(kernels, [1]), kernels.floats(1), kernels.floats(1), step, 1);
    expect(read(kernels, weights)).toEqual([-0.25]);
  });
});
