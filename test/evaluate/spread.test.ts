import { expect, it } from '@jest/globals';
import { spreadOf } from '../../src/evaluate/spread.js';

it('the standard deviation of a sample divides by n − 1, and is 0 for one value', () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) });
  expect(spreadOf([0.25])).toEqual({ mean: 0.25, deviation: 0 });
});
