import { describe, expect, it } from '@jest/globals';
import { asColumns, asText } from '../../bench/corpus.js';
import { conllShaped, everyWord } from '../../bench/sentences.js';
import { tokenize } from '../../src/text/tokenize.js';

describe('sentences as text', () => {
  const sentences = conllShaped(500, 23_000, 9, 1);
  const texts = asText(sentences);

  it('have a word of its own for every id', () => {
    const ids = everyWord(20_000, 20_000, 10, 9, 1).flatMap(({ encoded }) => Array.from(encoded.ids));
    expect(new Set(ids).size).toBe(20_000);
    const words = asText(everyWord(20_000, 20_000, 10, 9, 1)).flatMap(({ tokens }) => tokens);
    expect(new Set(words).size).toBe(20_000);
  });

  it('have entities of four types where the tags are', () => {
    const types = new Set(texts.flatMap(({ entities }) => entities.map(({ type }) => type)));
    expect([...types].sort()).toEqual(['LOC', 'MISC', 'ORG', 'PER']);
    const tagged = sentences.map(({ gold }) => gold.filter((tag) => tag > 0).length);
    expect(texts.map(({ entities }) => entities.length)).toEqual(tagged);
  });

  it('fall into the same tokens when they are tokenised', () => {
    for (const { tokens } of texts) {
      const text = tokens.join(' ');
      expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual(tokens);
    }
  });

  it('become column files with a line for each token and an empty one between sentences', () => {
    const [entity] = [{ start: 1, end: 2, type: 'PER' }];
    const columns = asColumns([
      { tokens: ['a', 'b'], entities: [entity] },
      { tokens: ['c'], entities: [] },
    ]);
    expect(columns).toBe('a\tO\nb\tB-PER\n\nc\tO\n');
  });
});
