import { describe, expect, it } from '@jest/globals';
import { Encoder } from '../../src/encode/encoder.js';
import type { OneHots } from '../../src/encode/one_hots.js';
import { UNKNOWN } from '../../src/encode/vocabulary.js';
import { keyedRandom } from '../../src/train/random.js';
import { dropOneHots } from '../support/dropping.js';

const WORDS = { features: 'word', lowercase: false };
const SENTENCES = [{ tokens: ['the', 'Bank', 'the'] }, { tokens: ['the', '__proto__', 'bank'] }];

describe('an encoder', () => {
  it('builds its vocabulary from the words of the sentences', () => {
    const encoder = Encoder.build(SENTENCES, { ...WORDS, minCount: 1 });
    expect(encoder.vocabularies.map(({ entries }) => entries)).toEqual([
      [
        ['the', 3],
        ['Bank', 1],
        ['__proto__', 1],
        ['bank', 1],
      ],
    ]);
    expect([encoder.size, encoder.kindNames]).toEqual([5, ['word']]);
  });

  it('leaves out words seen too seldom', () => {
    expect(Encoder.build(SENTENCES, { ...WORDS, minCount: 2 }).vocabularies[0].entries).toEqual([['the', 3]]);
  });

  it('lower-cases words when told, both in training and after', () => {
    const encoder = Encoder.build(SENTENCES, { features: 'word', lowercase: true, minCount: 1 });
    expect(encoder.vocabularies[0].countOf(encoder.vocabularies[0].idOf('bank'))).toBe(2);
    expect(encoder.encode(['BANK']).ids).toEqual(encoder.encode(['bank']).ids);
  });

  it('gives a token the one-hot of its word, or of the unknown one', () => {
    const encoder = Encoder.build(SENTENCES, { ...WORDS, minCount: 1 });
    expect(encoder.encode(['bank', 'unseen', 'the'])).toEqual({
      length: 3,
      starts: Int32Array.from([0, 1, 2, 3]),
      ids: Int32Array.from([4, UNKNOWN, 1]),
    });
    expect(encoder.encode([])).toEqual({ length: 0, starts: Int32Array.from([0]), ids: new Int32Array(0) });
  });

  it('needs one vocabulary for each kind', () => {
    expect(() => Encoder.restore(WORDS, { documents: 'none', kinds: [] })).toThrow(RangeError);
  });
});

describe('dropping rare words', () => {
  const counts = [1, 3, 9];
  const kinds = [{ name: 'word', lines: 'w0\nw1\nw2\n', counts }];
  const encoder = Encoder.restore(WORDS, { documents: 'none', kinds });

  const dropRare = (oneHots: OneHots, random: () => number): OneHots =>
    dropOneHots([{ oneHots, rules: encoder.dropRules.input }], random)[0];

  it.each(counts.map((count, i) => ({ count, word: `w${i}` })))(
    'happens to a word seen $count times with chance 1/(1+n)',
    ({ count, word }) => {
      const encoded = encoder.encode(new Array(20_000).fill(word));
      const { ids, starts } = dropRare(encoded, keyedRandom(7, count));
      const dropped = ids.filter((id) => id === UNKNOWN).length / ids.length;
      expect(Math.abs(dropped - 1 / (1 + count))).toBeLessThan(0.015); // four standard deviations
      expect(starts).toEqual(encoded.starts);
    },
  );

  it('leaves the sentence it was given as it was', () => {
    const encoded = encoder.encode(['w0', 'w1']);
    dropRare(encoded, () => 0);
    expect([...encoded.ids]).toEqual([1, 2]);
  });

  it('keeps a word at the very edge of its chance, and drops it below', () => {
    const encoded = encoder.encode(['w1', 'w1']);
    const draws = [0.25, 0.2499];
    expect([...dropRare(encoded, () => draws.shift() ?? 1).ids]).toEqual([2, UNKNOWN]);
  });

  it('draws once for each one-hot, in order, unknown ones included', () => {
    let draws = 0;
    dropRare(encoder.encode(['w0', 'unseen', 'w2']), () => {
      draws++;
      return 0.99;
    });
    expect(draws).toBe(3);
  });
});
