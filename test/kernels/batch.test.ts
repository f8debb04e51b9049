import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import { mix } from '../../src/kernels/hash.js';
import type { Kernels, Packing } from '../../src/kernels/kernels.js';
import { floatsOf, IMPLEMENTATIONS, intsOf } from '../support/kernels.js';
import { sentence } from '../support/small_network.js';

const ROWS = 9000;
const ids = fc.array(fc.oneof(fc.nat(70), fc.nat(ROWS - 1)), { maxLength: 4 });
/** Sentences of falling lengths: the one-hots of each token. */
const sentences = fc
  .array(fc.array(ids, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 12 })
  .map((list) => list.sort((a, b) => b.length - a.length));

/** Where sentence i stands in memory: the shortest first, each behind a token that is of none. */
function firstOf(tokens: readonly { readonly length: number }[], i: number): number {
  return tokens.slice(i + 1).reduce((sum, { length }) => sum + length + 1, 1);
}

/** Sentences in memory, in another order than that of the batch, and how their rows lie. */
function placed(kernels: Kernels, tokens: readonly (readonly (readonly number[])[])[]) {
  const lengths = tokens.map(({ length }) => length);
  const all = tokens.toReversed().flatMap((one) => [[1, 2, 3], ...one]);
  const starts = [0];
  for (const { length } of all) starts.push(starts[starts.length - 1] + length);
  const weights = all.flat().map((id, o) => id + o / 8);
  const from = {
    starts: intsOf(kernels, starts),
    ids: intsOf(kernels, all.flat()),
    weights: floatsOf(kernels, weights),
  };
  const firsts = tokens.map((_, i) => firstOf(tokens, i));
  const steps: number[] = [0];
  for (let t = 0; t < lengths[0]; t++) steps.push(steps[t] + lengths.filter((length) => length > t).length);
  const rows = steps[lengths[0]];
  const packing: Packing = { steps: lengths[0], rows, starts: intsOf(kernels, steps) };
  return { all, weights, from, packing, firsts: intsOf(kernels, firsts), count: all.flat().length };
}

describe.each(IMPLEMENTATIONS)('sentences laid out by $name', ({ create }) => {
  const kernels = create();
  const index = kernels.columnIndex(ROWS);

  it('are the batch that is packed from them one by one, with their weights, slots and distinct ids', () => {
    fc.assert(
      fc.property(sentences, fc.boolean(), (tokens, isWeighted) => {
        const mark = kernels.mark();
        const { all, weights, from, packing, firsts, count } = placed(kernels, tokens);
        const expected = packBatch(
          tokens.map((one, i) => {
            const before = all.slice(0, firstOf(tokens, i)).flat().length;
            const encoded = sentence(one);
            return { ...encoded, weights: Float32Array.from(encoded.ids, (_, o) => weights[before + o]) };
          }),
        );
        const to = { starts: kernels.ints(packing.rows + 1), ids: kernels.ints(count), slots: kernels.ints(count) };
        const values = kernels.floats(count);
        const { starts, ids: list } = from;
        const O = isWeighted
          ? kernels.packOneHots(packing, firsts, from, { ...to, weights: values })
          : kernels.packOneHots(packing, firsts, { starts, ids: list }, to);
        const picked = { ...to.ids, length: O };
        const touched = kernels.ints(O);
        const M = kernels.touchedColumns(index, ROWS, picked, to.slots, touched);
        expect(Array.from(kernels.viewInts(to.starts))).toEqual([...expected.oneHotStarts]);
        expect(Array.from(kernels.viewInts(picked))).toEqual([...expected.ids]);
        expect(Array.from(kernels.viewInts(to.slots)).slice(0, O)).toEqual([...expected.slots]);
        expect(Array.from(kernels.viewInts(touched)).slice(0, M)).toEqual([...expected.touched]);
        if (isWeighted) expect(Array.from(kernels.view(values)).slice(0, O)).toEqual([...(expected.weights ?? [])]);
        kernels.release(mark);
      }),
    );
  });

  it('have a number a token in the same places, and a key that depends on the sentence and the token alone', () => {
    fc.assert(
      fc.property(sentences, fc.integer(), (tokens, key) => {
        const mark = kernels.mark();
        const { all, packing, firsts } = placed(kernels, tokens);
        const [out, keys] = [kernels.ints(packing.rows), kernels.ints(packing.rows)];
        kernels.packTokens(packing, firsts, intsOf(kernels, all.keys()), out);
        const numbers = tokens.map((one, i) => Int32Array.from(one, (_, t) => firstOf(tokens, i) + t));
        const batch = packBatch(tokens.map(sentence));
        expect(Array.from(kernels.viewInts(out))).toEqual([...packTokens(batch, numbers)]);
        const names = tokens.map((_, i) => 1000 - i);
        kernels.packKeys(packing, intsOf(kernels, names), key, keys);
        const expected = tokens.map((one, i) => Int32Array.from(one, (_, t) => mix(mix(key, names[i]), t)));
        expect(Array.from(kernels.viewInts(keys))).toEqual([...packTokens(batch, expected)]);
        kernels.release(mark);
      }),
    );
  });
});
