import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinLines } from '../../src/encode/lines.js';
import { WordTable } from '../../src/encode/word_table.js';

/** Strings of any units, halves of surrogate pairs among them, and often near one another. */
const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\uD800'), maxLength: 3 }),
);

describe('a table of words', () => {
  it('finds every word at its place and nothing else, as a list would', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 60 }), fc.array(word), (words, asked) => {
        const table = new WordTable(joinLines(words));
        const all = [...words, ...asked];
        expect(all.map((one) => table.indexOf(one))).toEqual(all.map((one) => words.indexOf(one)));
      }),
    );
  });

  it('tells words of one hash apart', () => {
    // FNV-1a of 32 bits, unfolded: two pairs of words that collide
    for (const pair of [
      ['costarring', 'liquid'],
      ['declinate', 'macallums'],
    ]) {
      const table = new WordTable(joinLines(pair));
      expect(pair.map((one) => table.indexOf(one))).toEqual([0, 1]);
      expect(new WordTable(joinLines(pair.slice(0, 1))).indexOf(pair[1])).toBe(-1);
    }
  });

  it('has no word twice', () => {
    expect(() => new WordTable('a\nb\na\n')).toThrow(new RangeError('a word stands twice in the vocabulary'));
  });
});
