import { describe, expect, it } from '@jest/globals';
import { calibrationOf } from '../../src/evaluate/calibration.js';
import { type ComparedSentence, outcomesOf } from '../../src/evaluate/outcome.js';

/** One-token sentences, each with a predicted entity of the given probability, right or not. */
function comparisons(list: readonly (readonly [probability: number, right: boolean])[]) {
  return list.map(([probability, right]) => {
    const sentence: ComparedSentence = {
      ...{ tokens: ['Ana'], lines: [1], source: 'x', gold: [right ? 'B-PER' : 'O'], predicted: ['B-PER'] },
      probabilities: [probability],
    };
    return { sentence, outcomes: outcomesOf(sentence) };
  });
}

describe('the expected calibration error', () => {
  it('weighs the gap between precision and mean probability of each bin by its predictions', () => {
    const { error, bins } = calibrationOf(
      comparisons([
        [0.91, true],
        [0.97, false],
        [1, true],
        [0.3, false],
        [0.38, true],
      ]),
    ) ?? { error: -1, bins: [] };
    // bin 0.9 to 1: 2 of 3 right at a mean of 0.96; bin 0.3 to 0.4: 1 of 2 at a mean of 0.34
    expect(error).toBeCloseTo((3 / 5) * (0.96 - 2 / 3) + (2 / 5) * (0.5 - 0.34), 12);
    expect(bins).toHaveLength(10);
    expect(bins[9]).toMatchObject({ from: 0.9, to: 1, predicted: 3, correct: 2 });
    expect(bins[9].probability).toBeCloseTo(0.96, 12);
    expect(bins[3]).toMatchObject({ predicted: 2, correct: 1, precision: 0.5 });
    expect(bins[0]).toMatchObject({ predicted: 0, correct: 0, probability: 0, precision: 0 });
  });

  it('is 0 where half of what is predicted with 0.5 is right, and where nothing is predicted', () => {
    const half = comparisons([
      [0.5, true],
      [0.5, false],
    ]);
    expect(calibrationOf(half)?.error).toBe(0);
    expect(calibrationOf([])?.error).toBe(0);
  });

  it('is not known of predictions without probabilities', () => {
    const [{ sentence, outcomes }] = comparisons([[0.5, true]]);
    const { probabilities, ...without } = sentence;
    expect(calibrationOf([{ sentence: without, outcomes }])).toBeUndefined();
  });
});
