import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mendSpans } from '../../src/text/mend_spans.js';
import type { Span } from '../../src/text/sentence.js';
import { tokenize } from '../../src/text/tokenize.js';

const TEXT = 'Ana Paz left London-based Acme.';
const TOKENS = tokenize(TEXT);

/** Entities of the type X, in a text, as they are taken. */
const taken = (
  spans: readonly (readonly [start: number, end: number])[],
  tokens: readonly Span[] = TOKENS,
): string[] => {
  const { entities } = mendSpans(
    spans.map(([start, end]) => ({ start, end, type: 'X' })),
    tokens,
  );
  return entities.map(({ start, end }) => TEXT.slice(start, end));
};

describe('entities that are mended', () => {
  const cases: [claim: string, spans: [number, number][], expected: string[]][] = [
    [
      'stay as they are where they are whole tokens',
      [
        [0, 7],
        [13, 19],
      ],
      ['Ana Paz', 'London'],
    ],
    [
      'lose blanks at their ends',
      [
        [0, 4],
        [7, 12],
      ],
      ['Ana', 'left'],
    ],
    [
      'grow to the tokens that they cut',
      [
        [1, 2],
        [15, 28],
      ],
      ['Ana', 'London-based Acme'],
    ],
    ['are left out where they cover no token', [[3, 4]], []],
    [
      'give way to a longer one',
      [
        [0, 3],
        [0, 7],
        [4, 7],
      ],
      ['Ana Paz'],
    ],
    [
      'give way to an equally long one that comes first',
      [
        [0, 3],
        [0, 3],
      ],
      ['Ana'],
    ],
    [
      'give way to one that grew into them',
      [
        [26, 30],
        [20, 27],
      ],
      ['based Acme'],
    ],
    [
      'let more than one stay where a long one lies between',
      [
        [0, 7],
        [4, 12],
        [8, 19],
      ],
      ['Ana Paz', 'left London'],
    ],
  ];
  it.each(cases)('%s', (_claim, spans, expected) => {
    expect(taken(spans)).toEqual(expected);
  });

  it('are told of with what became of each, in the order in which they were given', () => {
    const [whole, cut, blank, inner] = [
      [0, 7],
      [8, 14],
      [3, 4],
      [4, 7],
    ].map(([start, end]) => ({ start, end, type: 'X' }));
    expect(mendSpans([whole, cut, blank, inner], TOKENS)).toEqual({
      entities: [whole, { start: 8, end: 19, type: 'X' }],
      mended: [
        { given: cut, taken: { start: 8, end: 19, type: 'X' } },
        { given: blank, taken: undefined },
        { given: inner, taken: undefined, rival: whole },
      ],
    });
  });

  it('begin and end with tokens, overlap nowhere, and are mended no further', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', ' ', '.', '-', "'s", '\n', '😀'),
      minLength: 1,
      maxLength: 40,
    });
    const cases = text.chain((chosen) => {
      const edge = fc.integer({ min: 0, max: chosen.length });
      const span = fc.tuple(edge, edge, fc.constantFrom('X', 'Y')).filter(([start, end]) => start < end);
      return fc.tuple(fc.constant(chosen), fc.array(span, { maxLength: 8 }));
    });
    fc.assert(
      fc.property(cases, ([chosen, spans]) => {
        const tokens = tokenize(chosen);
        const given = spans.map(([start, end, type]) => ({ start, end, type })).sort((a, b) => a.start - b.start);
        const { entities, mended } = mendSpans(given, tokens);
        let last = 0;
        for (const { start, end } of entities) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(tokens.some((token) => token.start === start) && tokens.some((token) => token.end === end)).toBe(true);
          last = end;
        }
        // each is there, told of as taken otherwise, or told of as left out
        expect(entities.length + mended.filter(({ taken: to }) => to === undefined).length).toBe(given.length);
        expect(mendSpans(entities, tokens)).toEqual({ entities, mended: [] });
      }),
      { numRuns: 2000 },
    );
  });
});
