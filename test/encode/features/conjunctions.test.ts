import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collapse, normalise, shapeOf } from '../../../src/encode/characters.js';
import { Encoder } from '../../../src/encode/encoder.js';
import { documents } from '../../support/corpora.js';
import { build, decode, sentenceOf } from '../../support/encoded.js';

/** The values once more, from plain strings. */
function naive(tokens: readonly string[], t: number): string[] {
  const l = ['<<', '<', ...tokens.map(normalise), '>', '>>'];
  const s = ['<', '<', ...tokens.map((token) => collapse(shapeOf(token), 1)), '>', '>'];
  const k = t + 2;
  const ending = [...l[k]].slice(-3).join('');
  return [
    `a ${l[k - 1]} ${l[k]}`,
    `b ${l[k]} ${l[k + 1]}`,
    `c ${l[k - 1]} ${l[k + 1]}`,
    `d ${s[k - 1]} ${s[k]} ${s[k + 1]}`,
    `e ${l[k - 1]} ${s[k]}`,
    `f ${s[k]} ${l[k + 1]}`,
    `g ${l[k - 2]} ${l[k - 1]} ${s[k]}`,
    `h ${s[k]} ${l[k + 1]} ${l[k + 2]}`,
    `i ${s.slice(k - 2, k + 3).join(' ')}`,
    `o ${s[k]} ${ending} ${l[k - 1]}`,
    `p ${s[k]} ${ending} ${l[k + 1]}`,
    `q ${l[k - 1]} ${s[k]} ${l[k + 1]}`,
    `j ${l[k - 1]}`,
    `k ${l[k + 1]}`,
    `l ${l[k - 2]}`,
    `m ${l[k + 2]}`,
    `n ${l[k]}`,
  ];
}

describe('conjunctions', () => {
  it('join a word to its neighbours by 17 templates', () => {
    const encoder = build('conjunctions', []);
    const values = encoder.valuesOf(encoder.kinds[0], [sentenceOf('Rain in Oslo 1996')])[0];
    expect(values[2]).toEqual(naive(['Rain', 'in', 'Oslo', '1996'], 2));
    expect(values[2].slice(0, 4)).toEqual(['a in oslo', 'b oslo 0000', 'c in 0000', 'd x Xx d']);
    expect(values[0].slice(6, 9)).toEqual(['g << < Xx', 'h Xx in oslo', 'i < < Xx x Xx']);
  });

  it('seen twice or more are found again, in either table, all others not', () => {
    fc.assert(
      fc.property(documents, documents, (all, unseen) => {
        const counts = new Map<string, number>();
        for (const { tokens } of all.flat()) {
          for (const value of tokens.flatMap((_, t) => naive(tokens, t)))
            counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        const encoder = build('conjunctions:both', all.flat());
        expect(new Map(encoder.vocabularies[0].entries)).toEqual(new Map([...counts].filter(([, count]) => count > 1)));
        const restored = Encoder.restore({ features: 'conjunctions:both', lowercase: false }, encoder.parts);
        const kept = unseen
          .flat()
          .map(({ tokens }) => tokens.map((_, t) => naive(tokens, t).filter((value) => (counts.get(value) ?? 0) > 1)));
        for (const one of [encoder, restored]) {
          const encoded = one.encodeAll(unseen.flat());
          expect(encoded.map((sentence) => decode(one, sentence))).toEqual(kept);
          expect(encoded.map((sentence) => decode(one, sentence, 'wide'))).toEqual(kept);
        }
      }),
    );
  });

  it('are in the table that is asked for', () => {
    const sentences = [sentenceOf('a b'), sentenceOf('a b')];
    const sizes = ['conjunctions', 'conjunctions:wide', 'conjunctions:both'].map((feature) => {
      const encoder = build(`word,${feature}`, sentences);
      return [encoder.size, encoder.wideSize];
    });
    expect(sizes).toEqual([
      [3 + 34, 0],
      [3, 34],
      [3 + 34, 34],
    ]);
    expect(build('word,conjunctions', sentences).encode(['a']).wide).toBeUndefined();
  });
});
