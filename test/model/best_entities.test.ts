import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestEntities, type Candidate } from '../../src/model/best_entities.js';

const LENGTH = 7;
const candidates = fc.array(
  fc
    .record({
      start: fc.integer({ min: 0, max: LENGTH - 1 }),
      tokens: fc.integer({ min: 1, max: 4 }),
      type: fc.constantFrom('X', 'Y'),
      probability: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
    })
    .map(({ start, tokens, ...rest }) => ({ start, end: Math.min(start + tokens, LENGTH), ...rest })),
  { maxLength: 9 },
);

function sumOf(entities: readonly Candidate[], threshold: number): number {
  return entities.reduce((sum, { probability }) => sum + probability - threshold, 0);
}

function overlap(entities: readonly Candidate[]): boolean {
  return entities.some((a, i) => entities.slice(i + 1).some((b) => a.start < b.end && b.start < a.end));
}

it('of all sets without overlaps has the largest sum of probabilities above the threshold, in text order', () => {
  fc.assert(
    fc.property(candidates, fc.integer({ min: 1, max: 19 }), (all, twentieths) => {
      const threshold = twentieths / 20;
      const sets = Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((__, i) => (bits >> i) & 1));
      const most = Math.max(...sets.filter((set) => !overlap(set)).map((set) => sumOf(set, threshold)));
      const best = bestEntities(all, threshold, LENGTH);
      expect(overlap(best)).toBe(false);
      expect(sumOf(best, threshold)).toBeCloseTo(most, 12);
      expect(best).toEqual([...best].sort((a, b) => a.start - b.start));
      for (const { probability } of best) expect(probability).toBeGreaterThan(threshold);
    }),
  );
});

it('takes two likely entities rather than a likelier one across both', () => {
  const across = { start: 0, end: 4, type: 'X', probability: 0.7 };
  const both = [
    { start: 0, end: 2, type: 'X', probability: 0.65 },
    { start: 2, end: 4, type: 'Y', probability: 0.6 },
  ];
  expect(bestEntities([across, ...both], 0.3, 4)).toEqual(both);
  expect(bestEntities([across, ...both], 0.55, 4)).toEqual([across]);
});

it('finds nothing among nothing', () => {
  expect(bestEntities([], 0.5, 3)).toEqual([]);
  expect(bestEntities([], 0.5, 0)).toEqual([]);
});
