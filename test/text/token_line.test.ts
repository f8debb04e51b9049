import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokenPieces } from '../../src/text/token_line.js';

const line = fc.string({ unit: fc.constantFrom('a', 'b', '\u00a0', '\u{1d400}', ' ', '\t', '\r') });

it('the tokens of a line are what stands between blanks, tabs and carriage returns, at their places', () => {
  fc.assert(
    fc.property(line, (text) => {
      const pieces = [...tokenPieces(text)];
      const tokens = pieces.flatMap((piece) => piece.tokens);
      expect(tokens).toEqual(text.split(/[ \t\r]+/).filter((token) => token !== ''));
      const spans = pieces.flatMap((piece) => piece.spans);
      expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(tokens);
    }),
  );
});

it('a line of more than 10,000 tokens comes in pieces of one sentence', () => {
  const text = '\tab  '.repeat(20_001);
  const pieces = [...tokenPieces(text)];
  expect(pieces.map(({ tokens, goesOn }) => [tokens.length, goesOn])).toEqual([
    [10_000, true],
    [10_000, true],
    [1, false],
  ]);
  expect(pieces[2].spans).toEqual([{ start: 100_001, end: 100_003 }]);
  expect([...tokenPieces('a '.repeat(10_000))].map(({ goesOn }) => goesOn)).toEqual([false]);
});
