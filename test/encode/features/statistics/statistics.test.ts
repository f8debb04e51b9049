import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Encoder, type TrainingInput } from '../../../../src/encode/encoder.js';
import { documents } from '../../../support/corpora.js';
import { build, decode, documentsOf, sentenceOf } from '../../../support/encoded.js';
import { bigramTags, formTags, mention, tagPlace, wordTags } from './naive.js';

/** The values of token t of sentence s of a document, given the whole training part and what of it may be looked at. */
type Naive = (
  all: readonly TrainingInput[],
  known: readonly TrainingInput[],
  document: readonly TrainingInput[],
  s: number,
  t: number,
) => string[];

const KINDS: readonly (readonly [string, Naive])[] = [
  ['word-tags', (all, known, document, s, t) => wordTags(all, known, document[s], t)],
  ['form-tags', (all, known, document, s, t) => formTags(all, known, document[s], t)],
  ['tag-place', (all, known, document, s, t) => tagPlace(all, known, document[s], t)],
  ['bigram-tags', (all, known, document, s, t) => bigramTags(all, known, document[s], t)],
  ['mention', mention],
];

describe.each(KINDS)('%s', (feature, naive) => {
  const expected = (all: TrainingInput[][], known: TrainingInput[][], document: TrainingInput[]) =>
    document.map(({ tokens }, s) => tokens.map((_, t) => naive(all.flat(), known.flat(), document, s, t)));

  it('of a training sentence is computed as if its document were not there', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const encoder = build(feature, all.flat());
        const found = encoder.encodeTraining(all.flat()).map((sentence) => decode(encoder, sentence));
        const others = all.flatMap((document) =>
          expected(
            all,
            all.filter((other) => other !== document),
            document,
          ),
        );
        expect(found).toEqual(others);
      }),
    );
  });

  it('of a document that was only counted off is computed as if those beside it were not there either', () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 3 }), fc.integer({ min: 1, max: 3 }), (lists, size) => {
        const sentences = lists.flat(2).map(({ startsDocument: _, ...sentence }) => sentence);
        const all = Array.from({ length: Math.ceil(sentences.length / size) }, (_, d) =>
          sentences.slice(d * size, (d + 1) * size),
        );
        const settings = { features: feature, lowercase: false, minCount: 1, documentSentences: size };
        const encoder = Encoder.build(sentences, settings);
        const found = encoder.encodeTraining(sentences).map((sentence) => decode(encoder, sentence));
        const others = all.flatMap((document, d) =>
          expected(
            all,
            all.filter((_, other) => Math.abs(other - d) > 1),
            document,
          ),
        );
        expect(found).toEqual(others);
      }),
    );
  });

  it('of any other sentence is computed from the whole training part, by an encoder that was stored too', () => {
    fc.assert(
      fc.property(documents, documents, (all, unseen) => {
        const settings = { features: feature, lowercase: false };
        const encoder = build(feature, all.flat());
        const restored = Encoder.restore(settings, JSON.parse(JSON.stringify(encoder.parts)));
        const words = new Set(encoder.vocabularies[0].words);
        const values = unseen.flatMap((document) => expected(all, all, document));
        const kept = values.map((sentence) => sentence.map((token) => token.filter((value) => words.has(value))));
        for (const one of [encoder, restored]) {
          expect(one.encodeAll(unseen.flat()).map((sentence) => decode(one, sentence))).toEqual(kept);
        }
      }),
    );
  });

  it('is the same for tagging after training sentences were encoded as before', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const encoder = build(feature, all.flat());
        const before = encoder.encodeAll(all.flat());
        encoder.encodeTraining(all.flat());
        expect(encoder.encodeAll(all.flat())).toEqual(before);
      }),
    );
  });
});

describe('by hand', () => {
  const TRAINING = documentsOf(
    ['Ana/PER lives in New_York/LOC', 'York/LOC'],
    ['New_York/LOC and Ana/PER', 'york'],
    ['in Oslo/LOC'],
  );
  const values = (feature: string, text: string): string[][] => {
    const encoder = build(feature, TRAINING);
    return encoder.valuesOf(encoder.kinds[0], [sentenceOf(text)])[0];
  };

  it('word-tags and form-tags tell shares and counts', () => {
    expect(values('word-tags', 'york Nowhere')).toEqual([['seen 4', 'O <.5 4+', 'I-LOC <.9 4+'], ['unseen']]);
    expect(values('form-tags', 'york York')).toEqual([['O ≥.9 1'], ['I-LOC ≥.9 2-3']]);
  });

  it('tag-place tells the commonest place and type', () => {
    expect(values('tag-place', 'york new lives')).toEqual([['E-LOC'], ['B-LOC sure'], []]);
  });

  it('bigram-tags tell what follows the word before, and what comes ahead of the word after', () => {
    expect(values('bigram-tags', 'in Oslo')).toEqual([
      ['before O sure 1', 'after O sure 1'],
      ['before I-LOC sure 1', 'after I-LOC sure 1'],
    ]);
  });

  it('mention finds the longest phrases, and those of the word elsewhere', () => {
    expect(values('mention', 'Ana in NEW YORK , York')).toEqual([
      ['S-PER'],
      ['none'],
      ['B-LOC+'],
      ['E-LOC+', 'elsewhere S-LOC'],
      ['none'],
      ['S-LOC', 'elsewhere E-LOC+'],
    ]);
  });
});
