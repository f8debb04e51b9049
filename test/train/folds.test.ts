import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from '../../src/errors.js';
import { cutFolds, documentStarts } from '../../src/train/folds.js';

const SETTINGS = { seed: 1, devShare: 0.1, documentSentences: 0 };

/** Sentences that know their place, some of them the first of a document. */
function corpus(length: number, marks: readonly number[] = []) {
  return Array.from({ length }, (_, place) => (marks.includes(place) ? { place, startsDocument: true } : { place }));
}

const placesOf = (list: readonly { readonly place: number }[]): number[] => list.map(({ place }) => place);

describe('folds', () => {
  it('hold every sentence out once, and train, choose and score on all of the corpus in its order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 80 }), fc.integer({ min: 2, max: 4 }), fc.nat(), (length, count, seed) => {
        const folds = cutFolds(corpus(length), count, { ...SETTINGS, seed });
        const all = placesOf(corpus(length));
        const ascending = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
        expect(folds).toHaveLength(count);
        expect(ascending(folds.flatMap(({ held }) => placesOf(held)))).toEqual(all);
        for (const { train, dev, held } of folds) {
          expect(ascending(placesOf([...train, ...dev, ...held]))).toEqual(all);
          for (const part of [train, dev, held].map(placesOf)) {
            expect(part.length).toBeGreaterThan(0);
            expect(part).toEqual(ascending(part));
          }
        }
        const sizes = folds.map(({ held }) => held.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keep marked documents whole, what stands before the first mark included', () => {
    const marks = [2, 7, 8, 13, 20, 26];
    const documentOf = (place: number): number => marks.filter((mark) => mark <= place).length;
    for (const { train, dev, held } of cutFolds(corpus(30, marks), 3, SETTINGS)) {
      const parts = [train, dev, held].map((part) => new Set(placesOf(part).map(documentOf)));
      expect(parts.map(({ size }) => size).reduce((a, b) => a + b)).toBe(7);
    }
  });

  it('keep runs of sentences together that a model takes for documents', () => {
    for (const { train, dev, held } of cutFolds(corpus(47), 4, { ...SETTINGS, documentSentences: 5 })) {
      const parts = [train, dev, held].map((part) => new Set(placesOf(part).map((place) => Math.floor(place / 5))));
      expect(parts.map(({ size }) => size).reduce((a, b) => a + b)).toBe(10);
    }
  });

  it('are others for another seed, and the same for the same', () => {
    const heldOf = (seed: number) => cutFolds(corpus(40), 4, { ...SETTINGS, seed }).map(({ held }) => placesOf(held));
    expect(heldOf(1)).toEqual(heldOf(1));
    expect(heldOf(1)).not.toEqual(heldOf(2));
  });

  it('cannot be more than there are documents, or leave fewer than two for training', () => {
    expect(() => cutFolds(corpus(30, [0, 10, 20]), 4, SETTINGS)).toThrow(DataError);
    expect(() => cutFolds(corpus(30, [0, 10, 20]), 4, SETTINGS)).toThrow('3 documents cannot be cut into 4 folds');
    expect(() => cutFolds(corpus(2), 2, SETTINGS)).toThrow('2 sentences cannot be cut into 2 folds');
    expect(cutFolds(corpus(3), 3, SETTINGS)).toHaveLength(3);
  });
});

describe('the starts of documents', () => {
  it('are the marks, else every n-th sentence, else none', () => {
    expect(documentStarts(corpus(9, [1, 4]), 3)).toEqual([1, 4]);
    expect(documentStarts(corpus(9), 4)).toEqual([0, 4, 8]);
    expect(documentStarts(corpus(9), 0)).toEqual([]);
  });
});
