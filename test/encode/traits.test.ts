import { describe, expect, it } from '@jest/globals';
import { traitsOf } from '../../src/encode/traits.js';
import { keyedRandom, permutation } from '../../src/train/random.js';

/** Texts of ten sentences, in each of which two words of its own come twice, among words that are everywhere. */
const TEXTS = Array.from({ length: 40 }, (_, text) =>
  Array.from({ length: 10 }, (_, s) => ({
    tokens: ['The', 'report', `said${s}`, ...(s % 5 === 0 ? [`Topic${text}`, `theme${text}`] : []), '.'],
  })),
).flat();

describe('a corpus', () => {
  it('is running text where rare words come again soon', () => {
    expect(traitsOf(TEXTS)).toEqual({ sentences: 400, documents: 'running', capitals: true });
  });

  it('has sentences that stand alone where its order says nothing', () => {
    const shuffled = [...permutation(TEXTS.length, keyedRandom(1))].map((i) => TEXTS[i]);
    expect(traitsOf(shuffled).documents).toBe('none');
  });

  it('has them too where there are too few to tell', () => {
    expect(traitsOf(TEXTS.slice(0, 30)).documents).toBe('none');
    expect(traitsOf([]).documents).toBe('none');
  });

  it('that marks documents is taken at its word', () => {
    expect(traitsOf([{ tokens: ['A'], startsDocument: true }, { tokens: ['B'] }]).documents).toBe('marked');
  });

  it('has no capitals in lower case, nor in a script without case', () => {
    const lower = TEXTS.map(({ tokens }) => ({ tokens: tokens.map((token) => token.toLowerCase()) }));
    expect(traitsOf(lower).capitals).toBe(false);
    expect(traitsOf([{ tokens: ['東京', 'で', '会う', '。'] }]).capitals).toBe(false);
    expect(traitsOf([{ tokens: ['Иван', 'живёт', 'в', 'Москве', '.'] }]).capitals).toBe(true);
  });
});
