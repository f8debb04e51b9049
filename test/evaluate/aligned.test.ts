import { describe, expect, it } from '@jest/globals';
import { alignedSentences } from '../../src/evaluate/aligned.js';
import { readCorpus } from '../../src/text/corpus.js';
import { errorOf } from '../support/error_of.js';

const corpus = (text: string, source: string) => readCorpus(text.split('\n'), source);
const GOLD = corpus('Ana B-PER\nPaz I-PER\n\nleft O\n', 'gold');

describe('sentences of two files', () => {
  it('are compared in the scheme of the gold tags, with the lines of those', () => {
    const predicted = corpus(
      '{"tokens":["Ana","Paz"],"tags":["B-LOC","E-LOC"]}\n{"tokens":["left"],"tags":["S-X"]}',
      'p',
    );
    expect(alignedSentences([GOLD], predicted)).toEqual([
      {
        source: 'gold',
        tokens: ['Ana', 'Paz'],
        lines: [1, 2],
        gold: ['B-PER', 'I-PER'],
        predicted: ['B-LOC', 'I-LOC'],
      },
      { source: 'gold', tokens: ['left'], lines: [4], gold: ['O'], predicted: ['B-X'] },
    ]);
  });

  it('may come from several gold corpora, one after the other', () => {
    const predicted = corpus('Ana O\nPaz O\n\nleft O\n\nAna O\nPaz B-X\n\nleft O', 'p');
    const sources = alignedSentences([GOLD, { ...GOLD, source: 'second' }], predicted).map(({ source }) => source);
    expect(sources).toEqual(['gold', 'gold', 'second', 'second']);
  });

  it.each([
    ['another token', 'Ana O\nPas O\n\nleft O', 'p:2: "Pas", where gold:2 has "Paz"'],
    ['a token too few', 'Ana O\n\nleft O', 'p:1: the end of the sentence, where gold:2 has "Paz"'],
    ['a token too many', 'Ana O\nPaz O\nleft O', 'p:3: "left", where gold:2 has the end of the sentence'],
    ['a sentence too few', 'Ana O\nPaz O', 'p:2: the predictions end here, where gold:4 goes on'],
    ['a sentence too many', 'Ana O\nPaz O\n\nleft O\n\nx O', 'p:6: a sentence that no gold corpus has'],
  ])('of which one has %s are refused where they differ', (_, text, message) => {
    const error = errorOf(() => alignedSentences([GOLD], corpus(text, 'p')));
    expect([error.name, error.message]).toEqual(['DataError', message]);
  });
});
