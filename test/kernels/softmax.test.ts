import { describe, expect, it } from '@jest/globals';
import { farthest, floatsOf, IMPLEMENTATIONS, intsOf, numbers, read, SIZES } from '../support/kernels.js';

describe.each(IMPLEMENTATIONS)('softmax and cross-entropy with $name', ({ create, tolerance }) => {
  it.each(SIZES.flatMap((rows) => [1, 3, 4, 5, 17].map((tags) => ({ rows, tags }))))(
    'each of $rows rows of $tags scores becomes exp(o) / Σ exp(o)',
    ({ rows, tags }) => {
      const kernels = create();
      const scores = numbers(rows * tags, 4).map((x) => 4 * x);
      const buffer = floatsOf(kernels, [...scores, 5]);
      kernels.softmax(buffer, rows, tags);
      const expected = scores.map((x, i) => {
        const row = scores.slice(i - (i % tags), i - (i % tags) + tags);
        return Math.exp(x) / row.reduce((sum, y) => sum + Math.exp(y), 0);
      });
      expect(farthest(read(kernels, buffer), [...expected, 5])).toBeLessThan(tolerance);
    },
  );

  it('scores of 1000 neither overflow nor vanish', () => {
    const kernels = create();
    const scores = floatsOf(kernels, [1000, 1000, -1000, -1000, -1000, -1000 + Math.LN2]);
    kernels.softmax(scores, 2, 3);
    expect(farthest(read(kernels, scores), [0.5, 0.5, 0, 0.25, 0.25, 0.5])).toBeLessThan(1e-4);
  });

  it('the largest score may stand anywhere in its row, and a larger one in the next', () => {
    const kernels = create();
    const scores = floatsOf(kernels, [-1000, 0, 1000, 3000, 0, 0]);
    kernels.softmax(scores, 2, 3);
    expect(read(kernels, scores)).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('a score that is no number makes its row no number, and only that', () => {
    const kernels = create();
    const scores = floatsOf(kernels, [Number.NaN, 0, 0, 0]);
    kernels.softmax(scores, 2, 2);
    expect(read(kernels, scores)).toEqual([Number.NaN, Number.NaN, 0.5, 0.5]);
  });

  it('the loss is Σ −log p(gold) and the gradient p − one-hot(gold); rows without gold have neither', () => {
    const kernels = create();
    const probabilities = floatsOf(kernels, [0.25, 0.5, 0.25, 0.125, 0.125, 0.75, 0.5, 0.25, 0.25]);
    const loss = kernels.crossEntropy(probabilities, intsOf(kernels, [1, -1, 2]), 3, 3);
    expect(loss).toBeCloseTo(Math.log(2) + Math.log(4), 12);
    expect(read(kernels, probabilities)).toEqual([0.25, -0.5, 0.25, 0, 0, 0, 0.5, 0.25, -0.75]);
  });

  it('a gold probability of 0 costs a finite loss', () => {
    const kernels = create();
    const loss = kernels.crossEntropy(floatsOf(kernels, [1, 0]), intsOf(kernels, [1]), 1, 2);
    expect(loss).toBeCloseTo(126 * Math.LN2, 9); // −log of the smallest normal float32, 2^−126
  });

  it('a gold probability that is no number makes the loss no number', () => {
    const kernels = create();
    expect(kernels.crossEntropy(floatsOf(kernels, [Number.NaN]), intsOf(kernels, [0]), 1, 1)).toBeNaN();
  });
});
