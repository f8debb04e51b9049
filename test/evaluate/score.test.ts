import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from '../../src/errors.js';
import { score, tallyOf } from '../../src/evaluate/score.js';
import { conllevalCounts } from '../support/conlleval_counts.js';
import { sentencesOfAnyTags } from '../support/tag_pairs.js';

const one = (gold: string, predicted: string) => score([{ gold: gold.split(' '), predicted: predicted.split(' ') }]);

describe('score', () => {
  it('counts a right, a wrong and a missed entity by type', () => {
    const found = one('B-PER I-PER O B-ORG O B-LOC', 'B-PER I-PER O B-LOC O O');
    expect(found.perType).toEqual(
      new Map([
        ['LOC', { tp: 0, fp: 1, fn: 1, precision: 0, recall: 0, f1: 0 }],
        ['ORG', { tp: 0, fp: 0, fn: 1, precision: 0, recall: 0, f1: 0 }],
        ['PER', { tp: 1, fp: 0, fn: 0, precision: 1, recall: 1, f1: 1 }],
      ]),
    );
    expect(found.micro).toEqual({ tp: 1, fp: 1, fn: 2, precision: 1 / 2, recall: 1 / 3, f1: 2 / 5 });
    expect(found.macro).toEqual({ precision: 1 / 3, recall: 1 / 3, f1: 1 / 3 });
    expect(found).toMatchObject({ sentences: 1, tokens: 6, correctTokens: 4, accuracy: 4 / 6 });
  });

  it('counts an entity with one wrong end as made up and missed', () => {
    expect(one('B-PER I-PER', 'B-PER O').micro).toMatchObject({ tp: 0, fp: 1, fn: 1 });
    expect(one('B-PER I-PER', 'O B-PER').micro).toMatchObject({ tp: 0, fp: 1, fn: 1 });
  });

  it('counts tags that spell one entity differently as a wrong token and a right entity', () => {
    expect(one('B-PER', 'I-PER')).toMatchObject({ correctTokens: 0, micro: { tp: 1, fp: 0, fn: 0 } });
  });

  it('ends every entity with its sentence', () => {
    const gold = ['I-PER'];
    expect(
      score([
        { gold, predicted: gold },
        { gold, predicted: gold },
      ]).micro.tp,
    ).toBe(2);
  });

  it('gives 0 for what would divide by 0', () => {
    const nothing = { tp: 0, fp: 0, fn: 0, precision: 0, recall: 0, f1: 0 };
    expect(score([])).toEqual({
      sentences: 0,
      tokens: 0,
      correctTokens: 0,
      accuracy: 0,
      micro: nothing,
      macro: { precision: 0, recall: 0, f1: 0 },
      perType: new Map(),
    });
    expect(one('O', 'O')).toMatchObject({ accuracy: 1, micro: nothing });
  });

  it('sorts types by code point', () => {
    expect([...one('B-😀 B-Ａ B-b B-a B-Z', 'O O O O B-é').perType.keys()]).toEqual(['Z', 'a', 'b', 'é', 'Ａ', '😀']);
  });

  it('takes __proto__, constructor and 10 as types', () => {
    const { perType } = one('B-__proto__ B-constructor B-10', 'B-__proto__ O B-10');
    expect([...perType].map(([type, { tp }]) => [type, tp])).toEqual([
      ['10', 1],
      ['__proto__', 1],
      ['constructor', 0],
    ]);
  });

  it('refuses a sentence with another number of predicted tags, naming it', () => {
    const right = { gold: ['O'], predicted: ['O'] };
    expect(() => score([right, { gold: ['O', 'O'], predicted: ['O'] }])).toThrow(
      new DataError('sentence 2 has 2 gold tags and 1 predicted ones'),
    );
  });

  it('counts what the chunk rules of conlleval count, on malformed sequences too', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, (sentences) => {
        const expected = [...conllevalCounts(sentences)].map(([type, counts]) => [type, counts]).sort();
        const found = [...score(sentences).perType]
          .map(([type, { tp, fp, fn }]) => [type, { foundCorrect: tp + fn, foundGuessed: tp + fp, correctChunk: tp }])
          .sort();
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives gold tags scored against themselves 1, or 0 without entities', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, (sentences) => {
        const { micro, macro, accuracy, tokens } = score(sentences.map(({ gold }) => ({ gold, predicted: gold })));
        const perfect = micro.tp > 0 ? 1 : 0;
        expect([micro.precision, micro.recall, micro.f1]).toEqual([perfect, perfect, perfect]);
        expect([macro.precision, macro.recall, macro.f1]).toEqual([perfect, perfect, perfect]);
        expect(accuracy).toBe(tokens > 0 ? 1 : 0);
      }),
    );
  });

  it('has micro counts that are the sums over types', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, (sentences) => {
        const { micro, perType } = score(sentences);
        for (const count of ['tp', 'fp', 'fn'] as const) {
          expect([...perType.values()].reduce((sum, tally) => sum + tally[count], 0)).toBe(micro[count]);
        }
      }),
    );
  });

  it('swaps precision and recall when gold and predicted are swapped', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, (sentences) => {
        const there = score(sentences);
        const back = score(sentences.map(({ gold, predicted }) => ({ gold: predicted, predicted: gold })));
        expect(back.accuracy).toBe(there.accuracy);
        expect(back.micro).toEqual({
          ...there.micro,
          fp: there.micro.fn,
          fn: there.micro.fp,
          precision: there.micro.recall,
          recall: there.micro.precision,
        });
      }),
    );
  });
});

describe('tallyOf', () => {
  it('has an F1 that is the harmonic mean of precision and recall', () => {
    const { precision, recall, f1 } = tallyOf({ gold: 40, predicted: 30, correct: 21 });
    expect(f1).toBeCloseTo(2 / (1 / precision + 1 / recall), 15);
  });
});
