import { describe, expect, it } from '@jest/globals';
import { farthest, floatsOf, IMPLEMENTATIONS, numbers, oneHotsOf, read } from '../support/kernels.js';

const N = 6;
/** Rows with none, one and several one-hots, one of them twice. */
const ROWS = [[2], [], [5, 0], [3, 3], [0, 1, 2, 5]];
const WEIGHTS = numbers(ROWS.flat().length, 9);
/** Around the width of a vector and of a block of eight. */
const WIDTHS = [0, 1, 3, 4, 5, 17, 32, 39, 64];

/** Every one-hot as [row, id, weight]. */
const ENTRIES = ROWS.flatMap((ids, r) => ids.map((id) => [r, id])).map(([r, id], i) => [r, id, WEIGHTS[i]]);

describe.each(IMPLEMENTATIONS)('one-hots with weights with $name', ({ create, tolerance }) => {
  it.each(WIDTHS)('gather the bias and each row of the table times its weight, %i wide', (width) => {
    const kernels = create();
    const [table, bias] = [numbers(N * width, 1), numbers(width, 2)];
    const out = floatsOf(kernels, [...new Array<number>(ROWS.length * width).fill(99), 7]);
    const oneHots = { ...oneHotsOf(kernels, ROWS), weights: floatsOf(kernels, WEIGHTS) };
    kernels.gatherColumns(ROWS.length, oneHots, floatsOf(kernels, table), floatsOf(kernels, bias), out);
    const expected = ROWS.flatMap(() => bias);
    for (const [r, id, weight] of ENTRIES) {
      for (let j = 0; j < width; j++) expected[r * width + j] += weight * table[id * width + j];
    }
    expect(farthest(read(kernels, out), [...expected, 7])).toBeLessThan(tolerance);
  });

  it.each(WIDTHS)('are added to what is there, with weights and without, %i wide', (width) => {
    const kernels = create();
    const [table, start] = [numbers(N * width, 1), numbers(ROWS.length * width, 2)];
    const [weighted, plain] = [floatsOf(kernels, [...start, 7]), floatsOf(kernels, [...start, 7])];
    const oneHots = oneHotsOf(kernels, ROWS);
    const columns = floatsOf(kernels, table);
    kernels.addColumns(ROWS.length, oneHots, columns, width, plain);
    kernels.addColumns(ROWS.length, { ...oneHots, weights: floatsOf(kernels, WEIGHTS) }, columns, width, weighted);
    const [sum, weightedSum] = [
      [...start, 7],
      [...start, 7],
    ];
    for (const [r, id, weight] of ENTRIES) {
      for (let j = 0; j < width; j++) {
        sum[r * width + j] += table[id * width + j];
        weightedSum[r * width + j] += weight * table[id * width + j];
      }
    }
    expect(farthest(read(kernels, plain), sum)).toBeLessThan(tolerance);
    expect(farthest(read(kernels, weighted), weightedSum)).toBeLessThan(tolerance);
  });

  it.each(WIDTHS)('take the gradient of their row times their weight, %i wide', (width) => {
    const kernels = create();
    const dOut = numbers(ROWS.length * width, 1);
    const oneHots = oneHotsOf(kernels, ROWS);
    const touched = [...new Set(ROWS.flat())].sort((a, b) => a - b);
    const dTouched = floatsOf(kernels, numbers(touched.length * width, 2));
    const withWeights = { ...oneHots, weights: floatsOf(kernels, WEIGHTS) };
    kernels.scatterColumns(ROWS.length, withWeights, floatsOf(kernels, dOut), width, dTouched);
    const expected = new Array<number>(touched.length * width).fill(0);
    for (const [r, id, weight] of ENTRIES) {
      for (let j = 0; j < width; j++) expected[touched.indexOf(id) * width + j] += weight * dOut[r * width + j];
    }
    expect(farthest(read(kernels, dTouched), expected)).toBeLessThan(tolerance);
  });
});
