import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalise } from '../../../src/encode/characters.js';
import type { TrainingInput } from '../../../src/encode/encoder.js';
import { documents } from '../../support/corpora.js';
import { build, decode, documentsOf, valuesIn } from '../../support/encoded.js';

const none = documentsOf(['x']);

describe('sentence-case', () => {
  it('tells sentences in capitals and the first tokens', () => {
    const encoder = build('sentence-case', none);
    expect(valuesIn(encoder, 'OSLO WINS - 1996', 'OSLO wins', 'OSLO', 'A B c d')).toEqual([
      [['capitals 0'], ['capitals 1'], ['capitals 2+'], ['capitals 2+']],
      [['mixed 0'], ['mixed 1']],
      [['mixed 0']],
      [['mixed 0'], ['mixed 1'], ['mixed 2+'], ['mixed 2+']],
    ]);
  });
});

describe('sentence-length', () => {
  it('tells steps of four, and the length of the first sentence', () => {
    const encoder = build('sentence-length', none);
    const lengths = [3, 4, 3, 33, 32].map((length) => new Array(length).fill('a').join(' '));
    expect(valuesIn(encoder, ...lengths).map(([[value]]) => value)).toEqual([
      '0-3 as the first',
      '4-7',
      '0-3 as the first',
      '32+',
      '32+',
    ]);
  });
});

describe('document-count', () => {
  it('counts a word whatever its case, up to five', () => {
    const encoder = build('document-count', none);
    expect(valuesIn(encoder, 'a A b 19', 'a a', 'a a 18')).toEqual([
      [['5+'], ['5+'], ['1'], ['1']],
      [['5+'], ['5+']],
      [['5+'], ['5+'], ['1']],
    ]);
    expect(valuesIn(encoder, 'a', 'b', 'A b')).toEqual([[['2']], [['2']], [['2'], ['2']]]);
  });
});

describe('document-case', () => {
  const encoder = build('document-case', none);

  it.each([
    [['Oslo wins', 'in Oslo'], 'capital, not here, capital'],
    [['Oslo wins', 'in oslo'], 'lower, not here, capital'],
    [['Oslo wins', 'in OSLO'], 'upper, not here, capital'],
    [['OSLO WINS AGAIN', 'in Oslo'], 'capital, not here, upper'],
    [['Oslo wins'], 'nowhere, not here, capital'],
    [['oslo in Oslo OSLO'], 'capital or upper, not here, lower'],
    [['oslo in Oslo oslo'], 'mostly not lower, not here, lower'],
    [['oslo in Oslo oslo oslo'], 'mostly lower, not here, lower'],
    [['1996 in'], 'nowhere, not here, other'],
  ])('of the first word of %j is "%s"', (sentences, expected) => {
    expect(valuesIn(encoder, ...sentences)[0][0]).toEqual([expected]);
  });

  it('says where a place shows the case itself', () => {
    expect(valuesIn(encoder, 'in Oslo')[0][1]).toEqual(['capital, here too, capital']);
  });
});

/** The other occurrences of a word that begins with a letter, the nearest first, by comparing each with each. */
function nearest(document: readonly TrainingInput[], s: number, t: number): { s: number; t: number }[] {
  const word = normalise(document[s].tokens[t]);
  if (!/^[a-z]/.test(word)) return [];
  const all = document.flatMap(({ tokens }, i) => tokens.map((_, j) => ({ s: i, t: j })));
  const others = all.filter((one) => (one.s !== s || one.t !== t) && normalise(document[one.s].tokens[one.t]) === word);
  const isBefore = (one: { s: number; t: number }) => one.s < s || (one.s === s && one.t < t);
  const near = (one: { s: number; t: number }) => [
    Math.abs(one.s - s),
    isBefore(one) ? 0 : 1,
    (isBefore(one) ? -1 : 1) * (1000 * one.s + one.t),
  ];
  others.sort((a, b) => {
    const [x, y] = [near(a), near(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
  return others.slice(0, 6);
}

describe('context', () => {
  it('is around the six nearest other occurrences, by comparing each with each', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const encoder = build('context:1-2', all.flat());
        for (const [k, distance] of [-1, 1, -2, 2].entries()) {
          for (const document of all) {
            const expected = document.map(({ tokens }, s) =>
              tokens.map((_, t) =>
                nearest(document, s, t)
                  .map((place) => document[place.s].tokens[place.t + distance])
                  .map((token) => (token === undefined ? (distance < 0 ? '<' : '>') : normalise(token)))
                  .sort(),
              ),
            );
            const values = encoder.valuesOf(encoder.kinds[k], document);
            expect(values.map((sentence) => sentence.map((token) => token.sort()))).toEqual(expected);
          }
        }
      }),
    );
  });

  it('is averaged: its one-hots weigh 1/n, those of a kind the network has not seen included', () => {
    const encoder = build('word,context', documentsOf(['in Oslo now', 'to Oslo .', 'Oslo']));
    const [, , last] = encoder.encodeAll(documentsOf(['from Oslo now', 'to Oslo .', 'Oslo']));
    expect(decode(encoder, last)).toEqual([['Oslo', 'to', '?', '.', 'now']]);
    expect([...(last.weights?.subarray(last.starts[0], last.starts[1]) ?? [])]).toEqual([1, 0.5, 0.5, 0.5, 0.5]);
  });

  it('has shapes as a kind of its own', () => {
    const encoder = build('context-shape', documentsOf(['on 22 Oslo now', 'Oslo']));
    expect(encoder.kindNames).toEqual(['context-shape:-1', 'context-shape:+1']);
    expect(decode(encoder, encoder.encodeAll(documentsOf(['on 22 Oslo now', 'Oslo']))[1])).toEqual([['d', 'x']]);
  });
});

describe('headline', () => {
  it('gives every token the words that three documents began with', () => {
    const encoder = build('headline', documentsOf(['Soccer 19 win', 'a b'], ['Soccer 20 b'], ['win 99'], ['win']));
    expect(encoder.vocabularies[0].words.toSorted()).toEqual(['00', 'win']);
    const [, second] = encoder.encodeAll(documentsOf(['Win 55 win Soccer', 'x y']));
    expect(decode(encoder, second)).toEqual([
      ['win', '00'],
      ['win', '00'],
    ]);
  });

  it('marks the very first word, and looks no further than twelve', () => {
    const long = `A ${'b '.repeat(11)}c`;
    const encoder = build('headline', documentsOf([long], [long], [long]));
    expect(encoder.vocabularies[0].words.toSorted()).toEqual(['a', 'b', 'first a']);
  });
});

describe('kinds of documents', () => {
  const DOCUMENT_KINDS = 'document-case,document-count,sentence-length,context,headline';

  it('are left out where the training part marks none, which the model keeps', () => {
    const sentences = documentsOf(['a b a'], ['a']).map(({ tokens }) => ({ tokens }));
    const encoder = build(`word,${DOCUMENT_KINDS}`, sentences);
    expect([encoder.documents, encoder.kindNames]).toEqual(['none', ['word']]);
  });

  it('see so many sentences at a time where that is asked for', () => {
    const sentences = ['a', 'a', 'a', 'b'].map((token) => ({ tokens: [token] }));
    const encoder = build('document-count', sentences, { documentSentences: 3 });
    expect(encoder.documents).toBe(3);
    expect(encoder.encodeAll(sentences).map((sentence) => decode(encoder, sentence))).toEqual([
      [['3']],
      [['3']],
      [['3']],
      [['1']],
    ]);
  });
});
