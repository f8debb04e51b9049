import { describe, expect, it } from '@jest/globals';
import { UNKNOWN, Vocabulary } from '../../src/encode/vocabulary.js';

const AWKWARD = ['__proto__', 'constructor', '10', '2', 'toString', ''];

describe('a vocabulary', () => {
  const vocabulary = Vocabulary.fromCounts(
    new Map([
      ['seldom', 1],
      ['b', 2],
      ['often', 9],
      ['B', 2],
      ['a', 2],
    ]),
  );

  it('gives ids by falling count, equals in code unit order, after the unknown word', () => {
    expect(vocabulary.entries).toEqual([
      ['often', 9],
      ['B', 2],
      ['a', 2],
      ['b', 2],
      ['seldom', 1],
    ]);
    expect(['often', 'B', 'a', 'b', 'seldom'].map((word) => vocabulary.idOf(word))).toEqual([1, 2, 3, 4, 5]);
    expect(vocabulary.size).toBe(6);
  });

  it('does not depend on the order in which words were met', () => {
    const counts = [...vocabulary.entries].reverse();
    expect(Vocabulary.fromCounts(new Map(counts)).entries).toEqual(vocabulary.entries);
  });

  it('gives every other word the id of the unknown one', () => {
    expect([vocabulary.idOf('never'), vocabulary.has('never'), vocabulary.has('a')]).toEqual([UNKNOWN, false, true]);
    expect([vocabulary.wordOf(UNKNOWN), vocabulary.countOf(UNKNOWN)]).toEqual([undefined, 0]);
    expect([vocabulary.wordOf(6), vocabulary.countOf(6)]).toEqual([undefined, 0]);
  });

  it('finds words and counts by id', () => {
    expect([vocabulary.wordOf(1), vocabulary.countOf(1)]).toEqual(['often', 9]);
    expect([vocabulary.wordOf(5), vocabulary.countOf(5)]).toEqual(['seldom', 1]);
  });

  it('keeps only words seen often enough', () => {
    const counts = new Map(vocabulary.entries);
    expect(Vocabulary.fromCounts(counts, 2).entries.map(([word]) => word)).toEqual(['often', 'B', 'a', 'b']);
    expect(Vocabulary.fromCounts(counts, 10).size).toBe(1);
  });

  it.each(AWKWARD)('holds the word %j like any other', (word) => {
    expect(vocabulary.idOf(word)).toBe(UNKNOWN);
    const all = Vocabulary.fromCounts(new Map(AWKWARD.map((name, i) => [name, 10 - i])));
    const id = AWKWARD.indexOf(word) + 1;
    expect([all.idOf(word), all.wordOf(id), all.has(word)]).toEqual([id, word, true]);
  });

  it('has no word twice', () => {
    const entries = [
      ['a', 1],
      ['a', 2],
    ] as const;
    expect(() => Vocabulary.of(entries)).toThrow(new RangeError('a word stands twice in the vocabulary'));
  });
});
