import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochBatches } from '../../src/train/batches.js';
import { keyedRandom } from '../../src/train/random.js';

const batchesOf = (lengths: readonly number[], size: number, seed: number): number[][] => {
  const { order, starts } = epochBatches(lengths, size, keyedRandom(seed));
  return Array.from({ length: starts.length - 1 }, (_, b) => [...order.slice(starts[b], starts[b + 1])]);
};

const lengthLists = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 200 });

describe('the batches of an epoch', () => {
  it('hold every sentence once, in as few batches as can be, of which one at most is not full', () => {
    const property = fc.property(lengthLists, fc.integer({ min: 1, max: 40 }), fc.nat(), (lengths, size, seed) => {
      const batches = batchesOf(lengths, size, seed);
      expect(batches.flat().sort((a, b) => a - b)).toEqual([...lengths.keys()]);
      expect(batches.length).toBe(Math.ceil(lengths.length / size));
      expect(batches.filter((batch) => batch.length < size).length).toBeLessThanOrEqual(1);
    });
    fc.assert(property);
  });

  it('begin with their longest sentence, equal ones in the order of the corpus', () => {
    const property = fc.property(lengthLists, fc.integer({ min: 1, max: 40 }), (lengths, size) => {
      for (const batch of batchesOf(lengths, size, 1)) {
        expect(batch).toEqual([...batch].sort((a, b) => lengths[b] - lengths[a] || a - b));
      }
    });
    fc.assert(property);
  });

  it('have sentences of similar length, in random order of the batches', () => {
    const lengths = Array.from({ length: 3200 }, (_, i) => 1 + ((i * 7919) % 40));
    const batches = batchesOf(lengths, 32, 1);
    const spread = batches.map((batch) => lengths[batch[0]] - lengths[batch[batch.length - 1]]);
    expect(spread.reduce((a, b) => a + b) / spread.length).toBeLessThan(8);
    const firsts = batches.map((batch) => lengths[batch[0]]);
    const rises = firsts.filter((length, i) => i > 0 && length > firsts[i - 1]).length;
    expect(rises / firsts.length).toBeGreaterThan(0.35);
    expect(rises / firsts.length).toBeLessThan(0.65);
  });

  it('differ from draw to draw in what they hold', () => {
    const lengths = new Array<number>(100).fill(5);
    expect(batchesOf(lengths, 10, 1)).not.toEqual(batchesOf(lengths, 10, 2));
    expect(batchesOf(lengths, 10, 1)).toEqual(batchesOf(lengths, 10, 1));
  });
});
