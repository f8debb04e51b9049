import { describe, expect, it } from '@jest/globals';
import { rateFactor } from '../../src/train/schedule.js';

describe('the learning rate', () => {
  it('falls evenly to 0 after the last step', () => {
    expect([0, 1, 2, 3, 4].map((step) => rateFactor('linear', step, 4))).toEqual([1, 0.75, 0.5, 0.25, 0]);
  });

  it('stays without decay', () => {
    expect([0, 3].map((step) => rateFactor('none', step, 4))).toEqual([1, 1]);
  });
});
