import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endOfDocuments, endOfSentences, LineCutter } from '../../src/text/line_cutter.js';

const lines = fc.array(fc.constantFrom('a', 'b c', '', ' ', '\t', '-DOCSTART-'));
const isMark = (line: string): boolean => line === '-DOCSTART-';

describe.each([
  [
    'a blank one ends a sentence',
    endOfSentences,
    (all: string[]) => all.findLastIndex((line) => line.trim() === '') + 1,
  ],
  [
    'another document begins',
    (all: readonly string[]) => endOfDocuments(all, isMark),
    (all: string[]) => all.lastIndexOf('-DOCSTART-'),
  ],
])('lines', (when, endOf, expected) => {
  it(`come out in their order, whole, as soon as ${when}`, () => {
    fc.assert(
      fc.property(fc.array(lines), (many) => {
        const cutter = new LineCutter(1000);
        const taken: string[] = [];
        const given: string[] = [];
        for (const some of many) {
          given.push(...some);
          const run = cutter.push(some, endOf);
          taken.push(...run.lines);
          expect(run.isWhole).toBe(true);
          expect(taken).toEqual(given.slice(0, Math.max(expected(given), 0)));
        }
        expect([...taken, ...cutter.end().lines]).toEqual(given);
        expect(cutter.end()).toEqual({ lines: [], isWhole: true });
      }),
    );
  });
});

it('no more is held back than was said, and then it is not whole', () => {
  const cutter = new LineCutter(6);
  const push = (...some: string[]) => cutter.push(some, endOfSentences);
  expect(push('a', 'b')).toEqual({ lines: [], isWhole: true });
  expect(push('c')).toEqual({ lines: [], isWhole: true });
  expect(push('d')).toEqual({ lines: ['a', 'b', 'c', 'd'], isWhole: false });
  expect(push('e', '', 'f')).toEqual({ lines: ['e', ''], isWhole: true });
});
