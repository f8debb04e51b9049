import { describe, expect, it } from '@jest/globals';
import { farthest, floatsOf, IMPLEMENTATIONS, numbers, read, SIZES } from '../support/kernels.js';

describe.each(IMPLEMENTATIONS)('averages with $name', ({ create, tolerance }) => {
  it.each(SIZES)('are the mean of all lists of %i that came', (n) => {
    const kernels = create();
    const lists = [1, 2, 3].map((seed) => numbers(n, seed));
    const mean = kernels.floats(n);
    lists.forEach((list, i) => {
      kernels.average(mean, floatsOf(kernels, list), i + 1);
    });
    const expected = Array.from({ length: n }, (_, i) => (lists[0][i] + lists[1][i] + lists[2][i]) / 3);
    expect(farthest(read(kernels, mean), expected)).toBeLessThan(tolerance);
  });

  it.each(SIZES)('change places with the %i weights and back', (n) => {
    const kernels = create();
    const [a, b] = [numbers(n, 1), numbers(n, 2)];
    const [first, second] = [floatsOf(kernels, a), floatsOf(kernels, b)];
    kernels.exchange(first, second);
    expect([read(kernels, first), read(kernels, second)]).toEqual([b, a]);
    kernels.exchange(first, second);
    expect([read(kernels, first), read(kernels, second)]).toEqual([a, b]);
  });
});
