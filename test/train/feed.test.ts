import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packBatch, packTokens, type TrainingBatch } from '../../src/encode/batch.js';
import type { DropRules } from '../../src/encode/dropout.js';
import type { EncodedSentence } from '../../src/encode/encoder.js';
import type { OneHots } from '../../src/encode/one_hots.js';
import { mix } from '../../src/kernels/hash.js';
import { type IntBuffer, type Kernels, part } from '../../src/kernels/kernels.js';
import type { PlacedOneHots } from '../../src/network/placed_batch.js';
import { encodedCorpus } from '../../src/train/corpus.js';
import { Feed } from '../../src/train/feed.js';
import { placeCorpus, placeDropRules } from '../../src/train/placed_corpus.js';
import { keyOf, PLACE } from '../../src/train/random.js';
import { dropOneHots } from '../support/dropping.js';
import { IMPLEMENTATIONS } from '../support/kernels.js';
import { sentence } from '../support/small_network.js';

const ROWS = 8;
const SEED = 3;
/** Rows 0 to 2 are of a kind that is replaced when rare, 3 and 4 of one left out by sentence, 5 to 7 of one that is averaged. */
const RULES: DropRules = {
  kinds: Uint8Array.from([0, 0, 0, 1, 1, 2, 2, 2]),
  counts: Int32Array.from([0, 1, 9, 1, 3, 1, 1, 5]),
  unknown: Int32Array.from([0, -1, -1]),
  draws: Int8Array.from([0, 1, -1]),
  dropout: Float64Array.from([0, 0.3, 0.2]),
  bySentence: Uint8Array.from([0, 1, 0]),
  mean: Uint8Array.from([0, 0, 1]),
};

const rows = fc.array(fc.nat(ROWS - 1), { maxLength: 4 }).map((list) => list.sort((a, b) => a - b));
const cases = fc.record({
  sentences: fc.array(fc.array(fc.tuple(rows, rows), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 9 }),
  isWide: fc.boolean(),
  isWeighted: fc.boolean(),
  drops: fc.boolean(),
  epoch: fc.integer({ min: 1, max: 5 }),
  /** Which sentences the shards have, one after the other, as bits. */
  shards: fc.array(fc.integer({ min: 1, max: 511 }), { minLength: 1, maxLength: 4 }),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function encodedOf({ sentences, isWide, isWeighted }: Case): EncodedSentence[] {
  return sentences.map((tokens) => {
    const input = sentence(tokens.map(([ids]) => ids));
    const { length: _, ...wide } = sentence(tokens.map(([, ids]) => ids));
    const weights = new Float32Array(input.ids.length).fill(1);
    return { ...input, ...(isWeighted && { weights }), ...(isWide && { wide }) };
  });
}

/** What is left of a sentence, by the plain loops on it alone. */
function dropped(encoded: EncodedSentence, s: number, epoch: number): EncodedSentence {
  let drawn = 0;
  const key = keyOf(SEED, PLACE.dropRare, epoch, s);
  const tables = [encoded, ...(encoded.wide ? [encoded.wide] : [])];
  const [input, wide] = dropOneHots(
    tables.map((oneHots: OneHots) => ({ oneHots, rules: RULES })),
    () => (mix(key, drawn++) >>> 0) / 2 ** 32,
  );
  return { length: encoded.length, ...input, ...(wide && { wide }) };
}

function read(kernels: Kernels, buffer: IntBuffer, length: number): number[] {
  return Array.from(kernels.viewInts(part(buffer, 0, length)));
}

function readOneHots(kernels: Kernels, { oneHots, touched = -1 }: PlacedOneHots, R: number, list: IntBuffer) {
  const O = oneHots.ids.length;
  return {
    oneHotStarts: read(kernels, oneHots.starts, R + 1),
    ids: read(kernels, oneHots.ids, O),
    slots: read(kernels, oneHots.slots, O),
    touched: read(kernels, list, touched),
    weights: oneHots.weights && Array.from(kernels.view(part(oneHots.weights, 0, O)), Math.fround),
  };
}

function expectedOneHots({
  oneHotStarts,
  ids,
  slots,
  touched,
  weights,
}: TrainingBatch | NonNullable<TrainingBatch['wide']>) {
  const lists = { oneHotStarts, ids, slots, touched };
  const read = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Array.from(list)]));
  return { ...read, weights: weights && Array.from(weights) };
}

describe.each(IMPLEMENTATIONS)('shards laid out by $name', ({ create }) => {
  const kernels = create();

  it('are batches packed from their sentences one by one, in the memory of those before, with and without drops', () => {
    const property = fc.property(cases, (given) => {
      const mark = kernels.mark();
      const encoded = encodedOf(given);
      const gold = encoded.map(({ length }, s) => Int32Array.from({ length }, (_, t) => 10 * s + t));
      const corpus = encodedCorpus(encoded.map((one, s) => ({ encoded: one, gold: gold[s] })));
      const source = {
        tokenStarts: corpus.tokenStarts,
        corpus: placeCorpus(corpus, kernels),
        ...(given.drops && { dropRules: placeDropRules({ input: RULES, wide: RULES }, kernels) }),
        settings: { seed: SEED, dropoutInput: 0.5, dropoutStates: 0 },
      };
      const [tokens, most] = [6 * 9, 6 * 9 * 4];
      const sizes = { sentences: 9, rows: tokens, steps: 6, oneHots: most, wide: { oneHots: most } };
      const feed = new Feed(source, kernels, { ...sizes, tableRows: { input: ROWS, wide: ROWS } });
      const touchedRows = () => ({ touched: kernels.ints(ROWS), tables: [] });
      const gradients = { ...touchedRows(), dense: kernels.floats(0), wide: touchedRows() };
      for (const bits of given.shards) {
        const chosen = Int32Array.from(encoded.keys())
          .filter((s) => ((bits >> s) & 1) === 1)
          .sort((a, b) => encoded[b].length - encoded[a].length || a - b);
        if (chosen.length === 0) continue;
        const left = Array.from(chosen, (s) => (given.drops ? dropped(encoded[s], s, given.epoch) : encoded[s]));
        const expected = packBatch(left);
        const { batch, gold: tags, dropout } = feed.take(chosen, given.epoch, gradients);
        const { rows: R, steps: T } = batch;
        expect([R, T, [...batch.lengths]]).toEqual([expected.rows, expected.steps, [...expected.lengths]]);
        expect(read(kernels, batch.starts, T + 1)).toEqual([...expected.starts]);
        expect(readOneHots(kernels, batch, R, gradients.touched)).toEqual(expectedOneHots(expected));
        expect(batch.wide && readOneHots(kernels, batch.wide, R, gradients.wide.touched)).toEqual(
          expected.wide && expectedOneHots(expected.wide),
        );
        const ofRows = (values: (s: number, t: number) => number): number[] => {
          const lists = Array.from(chosen, (s) => Int32Array.from(gold[s], (_, t) => values(s, t)));
          return [...packTokens(expected, lists)];
        };
        expect(read(kernels, tags, R)).toEqual(ofRows((s, t) => 10 * s + t));
        const keys = dropout === undefined ? [] : read(kernels, dropout.rowKeys, R);
        expect(keys).toEqual(ofRows((s, t) => mix(keyOf(SEED, PLACE.dropout, given.epoch, s), t)));
      }
      kernels.release(mark);
    });
    fc.assert(property, { numRuns: 200 });
  });
});
