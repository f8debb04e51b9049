import { describe, expect, it } from '@jest/globals';
import { type Step, StepTagger } from '../../src/cli/tagging.js';
import type { DocumentRule } from '../../src/encode/documents.js';
import type { Input } from '../../src/encode/encoder.js';

/** The lengths of the sentences that are tagged together, a minus before those that begin a document. */
function taggedTogether(lengths: readonly number[], rule: DocumentRule): number[][] {
  const calls: number[][] = [];
  const tag = (sentences: readonly Input[]) => {
    calls.push(sentences.map(({ tokens, startsDocument }) => (startsDocument ? -tokens.length : tokens.length)));
    return sentences.map(() => []);
  };
  const steps = lengths.map(
    (length): Step => ({
      tokens: new Array<string>(Math.abs(length)).fill('a'),
      startsDocument: length < 0,
      write: () => [`${Math.abs(length)}\n`],
    }),
  );
  const tagger = new StepTagger(tag, rule);
  const output = [...tagger.output(steps, false), ...tagger.output([], true)].join('');
  expect(output).toBe(lengths.map((length) => `${Math.abs(length)}\n`).join(''));
  return calls;
}

const document = (sentences: number) => [-1000, ...new Array<number>(sentences - 1).fill(1000)];

describe('StepTagger', () => {
  it('holds a document whole', () => {
    expect(taggedTogether([-100, ...document(100), -5], 'marked')).toEqual([[-100, ...document(100)], [-5]]);
  });

  it('takes a document of more than 100,000 tokens for several, wherever it stands', () => {
    const parts = [document(100), document(100), document(3)];
    expect(taggedTogether(document(203), 'marked')).toEqual(parts);
    const [first, ...others] = parts;
    expect(taggedTogether([-100, ...document(203)], 'marked')).toEqual([[-100, ...first], ...others]);
  });

  it('keeps a sentence of more tokens than that in one', () => {
    expect(taggedTogether([-200_000, 0, 5, 6], 'marked')).toEqual([[-200_000], [-5, 6]]);
  });

  it('counts documents off anew from where one of so many sentences was too long', () => {
    const sentences = (count: number) => new Array<number>(count).fill(1000);
    const calls = taggedTogether(sentences(360), 150);
    expect(calls).toEqual([
      sentences(100),
      [-1000, ...sentences(99)],
      [-1000, ...sentences(99)],
      [-1000, ...sentences(59)],
    ]);
    expect(taggedTogether(sentences(360), 50).map(({ length }) => length)).toEqual([50, 50, 50, 50, 50, 50, 50, 10]);
  });

  it('cuts nothing that stands alone', () => {
    expect(taggedTogether(new Array<number>(101).fill(1000), 'none').flat()).toEqual(new Array(101).fill(1000));
  });
});
