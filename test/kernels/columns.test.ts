import { describe, expect, it } from '@jest/globals';
import { farthest, floatsOf, IMPLEMENTATIONS, numbers, oneHotsOf, read, SIZES } from '../support/kernels.js';

const N = 6;
/** Rows with none, one and several one-hots, one of them twice. */
const ROWS = [[2], [], [5, 0], [3, 3], [0, 1, 2, 5]];

describe.each(IMPLEMENTATIONS)('column tables with $name', ({ create, tolerance }) => {
  it.each([...SIZES, 13, 48, 50])('gathers the bias and one row of the table a one-hot, %i wide', (width) => {
    const kernels = create();
    const [table, bias] = [numbers(N * width, 1), numbers(width, 2)];
    const out = floatsOf(kernels, [...new Array<number>(ROWS.length * width).fill(99), 7]);
    const oneHots = oneHotsOf(kernels, ROWS);
    kernels.gatherColumns(ROWS.length, oneHots, floatsOf(kernels, table), floatsOf(kernels, bias), out);
    const expected = ROWS.flatMap((ids) =>
      bias.map((value, j) => ids.reduce((sum, id) => sum + table[id * width + j], value)),
    );
    expect(farthest(read(kernels, out), [...expected, 7])).toBeLessThan(tolerance);
  });

  it.each([...SIZES, 13, 48, 50])('sums the gradients of the rows of each one-hot, %i wide', (width) => {
    const kernels = create();
    const dOut = numbers(ROWS.length * width, 1);
    const oneHots = oneHotsOf(kernels, ROWS);
    const touched = Array.from(kernels.viewInts(oneHots.touched));
    const dTouched = floatsOf(kernels, numbers(touched.length * width, 2));
    kernels.scatterColumns(ROWS.length, oneHots, floatsOf(kernels, dOut), width, dTouched);
    const expected = new Array<number>(touched.length * width).fill(0);
    ROWS.forEach((ids, r) => {
      for (const id of ids) {
        for (let j = 0; j < width; j++) expected[touched.indexOf(id) * width + j] += dOut[r * width + j];
      }
    });
    expect(touched).toEqual([0, 1, 2, 3, 5]);
    expect(farthest(read(kernels, dTouched), expected)).toBeLessThan(tolerance);
  });
});
