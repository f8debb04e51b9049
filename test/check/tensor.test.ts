import { describe, expect, it } from '@jest/globals';
import { difference, tensorError, transposed } from '../../src/check/tensor.js';

const INFINITY = Number.POSITIVE_INFINITY;

describe('the error of a tensor', () => {
  it('is the largest difference over the largest expected size', () => {
    expect(tensorError([1, -2.5, 3], [1, -2, 4])).toBe(0.25);
    expect(tensorError([0, 8], [0, -8])).toBe(2);
  });

  it('is 0 where nothing differs, even from zeros', () => {
    expect(tensorError([0, 0], [0, 0])).toBe(0);
    expect(tensorError([], [])).toBe(0);
  });

  it('is infinite where zeros are expected and something else is found', () => {
    expect(tensorError([1e-300], [0])).toBe(INFINITY);
  });

  it.each([Number.NaN, INFINITY, -INFINITY])('is infinite where %p is found or expected, even both', (value) => {
    expect(tensorError([1, value], [1, 2])).toBe(INFINITY);
    expect(tensorError([1, 2], [1, value])).toBe(INFINITY);
    expect(tensorError([value], [value])).toBe(INFINITY);
  });

  it('is infinite where the lengths differ', () => {
    expect(tensorError([1, 2], [1])).toBe(INFINITY);
    expect(tensorError([1], [1, 2])).toBe(INFINITY);
  });
});

it('a difference has the shape of what is expected', () => {
  expect(difference('b', [1, 3], { shape: [1, 2], values: [1, 4] })).toEqual({ name: 'b', shape: [1, 2], error: 0.25 });
});

it('a transpose swaps rows and columns', () => {
  expect([...transposed([1, 2, 3, 4, 5, 6], 2, 3)]).toEqual([1, 4, 2, 5, 3, 6]);
});
