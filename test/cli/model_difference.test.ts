import { describe, expect, it } from '@jest/globals';
import { firstDifference } from '../../src/cli/model_difference.js';

/** Two lines of a parameter of three rows of two weights, whose bytes differ at one place. */
function lines(type: string, length: number, at: number): [string, string] {
  const head = `{"name":"U","shape":[3,2],"type":"${type}","data":"`;
  const bytes = Buffer.alloc(length);
  const one = `${head}${bytes.toString('base64')}"}`;
  bytes[at] = 1;
  return [one, `${head}${bytes.toString('base64')}"}`];
}

describe('the first difference of two models', () => {
  it.each([
    ['float32', 24, 0, 0],
    ['float32', 24, 11, 2],
    ['float16', 12, 11, 5],
    ['int8', 12, 6, 0],
    ['int8', 12, 11, 5],
  ])('in weights of %s, %i bytes of them, at byte %i is weight %i', (type, length, at, weight) => {
    expect(firstDifference(...lines(type, length, at))).toBe(`weight ${weight} of parameter U`);
  });

  it('in the scale of a row of int8 is the first weight of the row', () => {
    expect(firstDifference(...lines('int8', 12, 3))).toBe('weight 2 of parameter U');
  });
});
