import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packBatch } from '../../src/encode/batch.js';
import { Packer } from '../../src/encode/packer.js';
import { encodedCorpus } from '../../src/train/corpus.js';
import { sentence } from '../support/small_network.js';

const ROWS = 7;
const rows = fc.array(fc.nat(ROWS - 1), { maxLength: 3 });
/** Sentences of tokens of one-hots in both tables, and weights from the numbers of their places. */
const corpora = fc.record({
  sentences: fc.array(fc.array(fc.tuple(rows, rows), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
  isWide: fc.boolean(),
  isWeighted: fc.boolean(),
});

it('batches packed in the memory of the one before are those packed anew', () => {
  const packer = new Packer(ROWS, ROWS);
  const property = fc.property(corpora, fc.nat(), ({ sentences, isWide, isWeighted }, seed) => {
    const encoded = sentences.map((tokens) => {
      const input = sentence(tokens.map(([ids]) => ids));
      const wide = sentence(tokens.map(([, ids]) => ids));
      const weights = Float32Array.from(input.ids, (id, o) => id + o / 8);
      const { length, ...wideOneHots } = wide;
      return { ...input, ...(isWeighted && { weights }), ...(isWide && { wide: wideOneHots }) };
    });
    const corpus = encodedCorpus(encoded.map((one) => ({ encoded: one, gold: new Int32Array(one.length) })));
    const chosen = Int32Array.from(encoded.keys())
      .filter((s) => (seed >> s) % 3 !== 0)
      .sort((a, b) => encoded[b].length - encoded[a].length || a - b);
    const picked = Array.from(chosen, (s) => encoded[s]);
    fc.pre(picked.length > 0);
    expect(packer.pack(corpus, chosen)).toEqual(packBatch(picked));
  });
  fc.assert(property);
});
