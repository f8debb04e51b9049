import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packBatch, packForPrediction, packTokens } from '../../src/encode/batch.js';
import { sentence } from '../support/small_network.js';

/** Sentences as lists of one-hots a token; a token may have none. */
const sentences = fc.array(fc.array(fc.array(fc.nat(6), { maxLength: 3 }), { minLength: 1, maxLength: 6 }), {
  maxLength: 8,
});

describe('packing', () => {
  it('puts the longest sentence first, step by step', () => {
    const batch = packBatch([sentence([[1], [2]]), sentence([[7, 3], [], [4]]), sentence([[3], [9]])]);
    expect(batch).toEqual({
      rows: 7,
      steps: 3,
      starts: Int32Array.from([0, 3, 6, 7]),
      order: Int32Array.from([1, 0, 2]),
      lengths: Int32Array.from([3, 2, 2]),
      oneHotStarts: Int32Array.from([0, 2, 3, 4, 4, 5, 6, 7]),
      ids: Int32Array.from([7, 3, 1, 3, 2, 9, 4]),
      slots: Int32Array.from([4, 2, 0, 2, 1, 5, 3]),
      touched: Int32Array.from([1, 2, 3, 4, 7, 9]),
    });
  });

  it('orders ids as numbers, not as text', () => {
    expect(packBatch([sentence([[10, 9, 100]])]).touched).toEqual(Int32Array.from([9, 10, 100]));
  });

  it('of no sentences is an empty batch', () => {
    const { rows, steps, starts } = packBatch([]);
    expect([rows, steps, [...starts]]).toEqual([0, 0, [0]]);
  });

  it('gives every token exactly one row, with its one-hots in their order', () => {
    fc.assert(
      fc.property(sentences, (list) => {
        const batch = packBatch(list.map(sentence));
        const seen = new Set<number>();
        batch.order.forEach((index, i) => {
          expect(batch.lengths[i]).toBe(list[index].length);
          list[index].forEach((ids, t) => {
            const row = batch.starts[t] + i;
            seen.add(row);
            expect([...batch.ids.subarray(batch.oneHotStarts[row], batch.oneHotStarts[row + 1])]).toEqual(ids);
          });
        });
        expect(seen.size).toBe(batch.rows);
        expect(batch.rows).toBe(list.flat().length);
      }),
    );
  });

  it('has at each step the live rows as a prefix of those of the step before', () => {
    fc.assert(
      fc.property(sentences, (list) => {
        const { starts, steps, lengths, rows } = packBatch(list.map(sentence));
        expect(starts).toHaveLength(steps + 1);
        expect([starts[0], starts[steps]]).toEqual([0, rows]);
        for (let t = 0; t < steps; t++) {
          expect(starts[t + 1] - starts[t]).toBe(list.filter(({ length }) => length > t).length);
        }
        for (let i = 1; i < lengths.length; i++) expect(lengths[i]).toBeLessThanOrEqual(lengths[i - 1]);
      }),
    );
  });

  it('keeps the order of equally long sentences', () => {
    fc.assert(
      fc.property(sentences, (list) => {
        const { order, lengths } = packBatch(list.map(sentence));
        expect([...order].sort((a, b) => a - b)).toEqual([...list.keys()]);
        for (let i = 1; i < order.length; i++) {
          if (lengths[i] === lengths[i - 1]) expect(order[i]).toBeGreaterThan(order[i - 1]);
        }
      }),
    );
  });

  it('lists every id once, ascending, and finds each again by its slot', () => {
    fc.assert(
      fc.property(sentences, (list) => {
        const { ids, slots, touched } = packBatch(list.map(sentence));
        expect([...touched]).toEqual([...new Set(list.flat(2))].sort((a, b) => a - b));
        expect([...slots].map((slot) => touched[slot])).toEqual([...ids]);
      }),
    );
  });
  it('for prediction is the same without the distinct ids', () => {
    fc.assert(
      fc.property(sentences, (list) => {
        const encoded = list.map(sentence);
        const { slots, touched, ...batch } = packBatch(encoded);
        expect(packForPrediction(encoded)).toEqual(batch);
      }),
    );
  });

  it('lays tag ids out by the same rows', () => {
    const list = [sentence([[0], [0]]), sentence([[0], [0], [0]])];
    expect([...packTokens(packBatch(list), [Int32Array.from([1, 2]), Int32Array.from([3, 4, -1])])]).toEqual([
      3, 1, 4, 2, -1,
    ]);
  });
});
