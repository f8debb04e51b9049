import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mendSpans } from '../../src/text/mend_spans.js';
import { tokenize } from '../../src/text/tokenize.js';

const TEXT = 'Ana Paz left London-based Acme.';
const TOKENS = tokenize(TEXT);

/** Entities as `start-end-type`, as they are taken: `text/type`. */
const taken = (given: string): string[] => {
  const spans = given.split(' ').map((span) => {
    const [start, end, type] = span.split('-');
    return { start: Number(start), end: Number(end), type };
  });
  return mendSpans(spans, TOKENS).entities.map(({ start, end, type }) => `${TEXT.slice(start, end)}/${type}`);
};

describe('entities that are mended', () => {
  it.each([
    ['stay as they are where they are whole tokens', '0-7-X 13-19-Y', ['Ana Paz/X', 'London/Y']],
    ['lose blanks at their ends', '0-4-X 7-12-Y', ['Ana/X', 'left/Y']],
    ['grow to the tokens that they cut', '1-2-X 15-28-Y', ['Ana/X', 'London-based Acme/Y']],
    ['are left out where they cover no token', '3-4-X', []],
    ['give way to a longer one', '0-3-X 0-7-Y 4-7-Z', ['Ana Paz/Y']],
    ['give way to an equally long one that comes first', '0-3-X 0-3-Y', ['Ana/X']],
    ['give way to an equally long one that was whole tokens as given', '0-2-X 0-3-Y 0-3-Z', ['Ana/Y']],
    ['give way to one that grew into them', '20-27-X 26-30-Y', ['based Acme/X']],
    ['let two stay where one between is shorter', '0-7-X 4-12-Y 8-19-Z', ['Ana Paz/X', 'left London/Z']],
  ])('%s', (_claim, given, expected) => {
    expect(taken(given)).toEqual(expected);
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
