import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from '../../src/errors.js';
import { keyedRandom } from '../../src/train/random.js';
import { splitCorpus } from '../../src/train/split.js';

const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('a split', () => {
  it('has every sentence once, each part in the order of the corpus, and none empty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.uniqueArray(fc.nat(59), { maxLength: 10 }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.nat(),
        (n, marks, share, seed) => {
          const starts = marks.filter((mark) => mark < n).sort((a, b) => a - b);
          const { train, dev } = splitCorpus(numbers(n), starts, share, keyedRandom(seed));
          expect([...train, ...dev].sort((a, b) => a - b)).toEqual(numbers(n));
          for (const part of [train, dev]) {
            expect(part.length).toBeGreaterThan(0);
            expect([...part].sort((a, b) => a - b)).toEqual(part);
          }
        },
      ),
    );
  });

  it('without documents holds out the share asked for, to the sentence', () => {
    for (const [n, share, held] of [
      [100, 0.1, 10],
      [100, 0.255, 26],
      [7, 0.01, 1],
    ]) {
      const { dev, unit } = splitCorpus(numbers(n), [], share, keyedRandom(1));
      expect([dev.length, unit]).toEqual([held, 'sentence']);
    }
  });

  it('keeps documents whole, also what stands before the first mark, and stops once the share is reached', () => {
    const starts = [5, 10, 15, 20, 25];
    const documentOf = (sentence: number): number => Math.floor(sentence / 5);
    for (const seed of numbers(20)) {
      const { train, dev, unit } = splitCorpus(numbers(30), starts, 0.3, keyedRandom(seed));
      const held = new Set(dev.map(documentOf));
      expect(train.some((sentence) => held.has(documentOf(sentence)))).toBe(false);
      expect([dev.length, unit]).toEqual([10, 'document']);
    }
  });

  it('leaves a document that is much too large to the training part', () => {
    for (const seed of numbers(20)) {
      const { dev } = splitCorpus(numbers(100), [0, 60, 65, 70, 75, 80, 85, 90, 95], 0.1, keyedRandom(seed));
      expect(dev.length).toBe(10);
    }
  });

  it('with one document goes by sentences', () => {
    expect(splitCorpus(numbers(10), [0], 0.1, keyedRandom(1)).unit).toBe('sentence');
  });

  it('of two documents leaves one to train on, however large the share', () => {
    for (const seed of numbers(10)) {
      const { train, dev } = splitCorpus(numbers(10), [0, 9], 0.5, keyedRandom(seed));
      expect([train.length, dev.length].sort()).toEqual([1, 9]);
    }
  });

  it('depends on the seed', () => {
    const devs = numbers(10).map((seed) => splitCorpus(numbers(100), [], 0.1, keyedRandom(seed)).dev.join());
    expect(new Set(devs).size).toBe(10);
  });

  it('of one sentence is impossible', () => {
    expect(() => splitCorpus([0], [], 0.1, keyedRandom(1))).toThrow(DataError);
  });
});
