import { describe, expect, it } from '@jest/globals';
import { isAveraged, WeightAverage } from '../../src/train/average.js';
import { floatsOf, IMPLEMENTATIONS, read } from '../support/kernels.js';

describe.each(IMPLEMENTATIONS)('the average of weights with $name', ({ create }) => {
  it('is the mean of what they were each time, until they change places again', () => {
    const kernels = create();
    const weights = { dense: floatsOf(kernels, [1, 2]), tables: [floatsOf(kernels, [3]), floatsOf(kernels, [])] };
    const average = new WeightAverage(weights, kernels);
    expect(average.isEmpty).toBe(true);
    average.add();
    kernels.view(weights.dense).set([2, 6]);
    kernels.view(weights.tables[0]).set([-3]);
    average.add();
    expect(average.isEmpty).toBe(false);
    average.exchange();
    expect([weights.dense, ...weights.tables].map((buffer) => read(kernels, buffer))).toEqual([[1.5, 4], [0], []]);
    average.exchange();
    expect(read(kernels, weights.dense)).toEqual([2, 6]);
    kernels.view(weights.dense).set([3, 4]);
    average.add();
    average.exchange();
    expect(read(kernels, weights.dense)).toEqual([2, 4]);
  });
});

describe('the weights that are averaged', () => {
  it.each([1, 3, 8, 9, 100, 439])('are those after every eighth of %i batches, the last among them', (batches) => {
    const taken = Array.from({ length: batches }, (_, i) => i + 1).filter((batch) => isAveraged(batch, batches));
    expect(taken).toHaveLength(Math.min(8, batches));
    expect(taken[taken.length - 1]).toBe(batches);
    const gaps = taken.map((batch, i) => batch - (taken[i - 1] ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  });
});
