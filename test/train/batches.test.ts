import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dealt, epochOrder, LARGEST_SHARD, shardsOf } from '../../src/train/batches.js';
import { keyedRandom, permutation } from '../../src/train/random.js';

const lengthLists = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 200 });
const sizes = fc.integer({ min: 1, max: 40 });

const batchesOf = (lengths: readonly number[], size: number, seed: number): number[][] => {
  const order = epochOrder(lengths, size, keyedRandom(seed));
  return Array.from({ length: Math.ceil(order.length / size) }, (_, b) => [...order.slice(b * size, (b + 1) * size)]);
};

describe('the batches of an epoch', () => {
  it('are runs of a random permutation, each longest first, equal ones in the order of the corpus', () => {
    const property = fc.property(lengthLists, sizes, fc.nat(), (lengths, size, seed) => {
      const drawn = [...permutation(lengths.length, keyedRandom(seed))];
      batchesOf(lengths, size, seed).forEach((batch, b) => {
        const expected = drawn.slice(b * size, (b + 1) * size);
        expect(batch).toEqual(expected.sort((i, j) => lengths[j] - lengths[i] || i - j));
      });
    });
    fc.assert(property);
  });
});

describe('the shards of a batch', () => {
  it('hold every sentence once, none more than 16 of them', () => {
    const property = fc.property(fc.integer({ min: 1, max: 200 }), (sentences) => {
      const batch = Int32Array.from({ length: sentences }, (_, i) => 7 * i);
      const shards = Array.from({ length: shardsOf(sentences) }, (_, k) => dealt(batch, 0, sentences, k));
      expect(shards.flat().sort((a, b) => a - b)).toEqual([...batch]);
      for (const { length } of shards) {
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(LARGEST_SHARD);
      }
    });
    fc.assert(property);
  });

  it('are equal in tokens but for less than the longest sentence', () => {
    const property = fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 17, maxLength: 80 }),
      (lengths) => {
        const batch = epochOrder(lengths, lengths.length, keyedRandom(1));
        const tokens = Array.from({ length: shardsOf(lengths.length) }, (_, k) =>
          dealt(batch, 0, batch.length, k).reduce((sum, s) => sum + lengths[s], 0),
        );
        expect(Math.max(...tokens) - Math.min(...tokens)).toBeLessThanOrEqual(Math.max(...lengths));
      },
    );
    fc.assert(property);
  });
});
