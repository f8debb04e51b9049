import { describe, expect, it } from '@jest/globals';
import { type Step, stepsOf } from '../../src/kernels/reference/steps.js';

/** Sentences of 4, 2 and 1 tokens. */
const STARTS = Int32Array.from([0, 3, 5, 6, 7]);

function steps(direction: 'forward' | 'backward', bpttSteps = 0): Step[] {
  const packing = { steps: 4, rows: 7, starts: { type: 'int', offset: 0, length: 5 } } as const;
  return stepsOf({ packing, direction, hidden: 1, bpttSteps }, STARTS);
}

describe('the steps of a recurrence', () => {
  it('forward, every row goes on from the row of its sentence one step before', () => {
    expect(steps('forward').map(({ row, count, carried }) => [row, count, carried])).toEqual([
      [0, 3, 0],
      [3, 2, 2],
      [5, 1, 1],
      [6, 1, 1],
    ]);
    expect(steps('forward').map(({ previousRow }) => previousRow)).toEqual([0, 0, 3, 5]);
  });

  it('backward, sentences begin at their last token and join those that are longer', () => {
    expect(steps('backward').map(({ row, count, previousRow, carried }) => [row, count, previousRow, carried])).toEqual(
      [
        [6, 1, 0, 0],
        [5, 1, 6, 1],
        [3, 2, 5, 1],
        [0, 3, 3, 2],
      ],
    );
  });

  it('nothing is cut when the gradient may reach back all the way', () => {
    expect([...steps('forward'), ...steps('backward')].some(({ cut }) => cut)).toBe(false);
  });

  it('every k tokens the gradient is cut, at the same places in both directions', () => {
    const between = (direction: 'forward' | 'backward'): (readonly [number, boolean])[] =>
      steps(direction, 2)
        .filter(({ carried }) => carried > 0)
        .map(({ row, previousRow, cut }) => [Math.max(STARTS.indexOf(row), STARTS.indexOf(previousRow)), cut] as const);
    expect(between('forward')).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(between('backward')).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ]);
  });

  it('there are none in an empty batch', () => {
    const packing = { steps: 0, rows: 0, starts: { type: 'int', offset: 0, length: 1 } } as const;
    expect(stepsOf({ packing, direction: 'forward', hidden: 1, bpttSteps: 0 }, Int32Array.from([0]))).toEqual([]);
  });
});
