import { describe, expect, it } from '@jest/globals';
import { agreement } from '../../bench/agreement.js';
import { interleaved, median, medianRatio } from '../../bench/measure.js';

describe('the measurements', () => {
  it('have the middle value as their median, or the mean of the two middle ones', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('are compared round by round', () => {
    expect(medianRatio([10, 40, 90], [5, 10, 10])).toBe(4);
  });

  it('take turns, and a first round of each does not count', async () => {
    const calls: string[] = [];
    const side = (name: string) => () => {
      calls.push(name);
      return calls.length;
    };
    const sides = new Map([
      ['a', side('a')],
      ['b', side('b')],
    ]);
    const results = await interleaved(sides, 2);
    expect(calls).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(results).toEqual(
      new Map([
        ['a', [3, 5]],
        ['b', [4, 6]],
      ]),
    );
  });
});

describe('a side whose results are to be timed', () => {
  const ours = { tags: [[0, 1], [2]], losses: [1.5, 1.25] };

  it('may differ by rounding', () => {
    expect(() => agreement('loop', { tags: [[0, 1], [2]], losses: [1.50001, 1.25] }, ours)).not.toThrow();
  });

  it.each([
    ['another loss', { ...ours, losses: [1.5, 1.26] }],
    ['a loss that is no number', { ...ours, losses: [Number.NaN, 1.25] }],
    ['a loss less', { ...ours, losses: [1.5] }],
    ['another tag', { ...ours, tags: [[0, 1], [3]] }],
    ['a tag less', { ...ours, tags: [[0, 1]] }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => agreement('loop', wrong, ours)).toThrow('loop: ');
  });
});
