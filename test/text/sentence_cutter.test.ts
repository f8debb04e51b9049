import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SentenceCutter } from '../../src/text/sentence_cutter.js';

const lines = fc.array(fc.constantFrom('a', 'b c', '', ' ', '\t'));

it('lines come out in their order, as soon as a blank one ends a sentence', () => {
  fc.assert(
    fc.property(fc.array(lines), (many) => {
      const cutter = new SentenceCutter(1000);
      const taken: string[] = [];
      const given: string[] = [];
      for (const some of many) {
        given.push(...some);
        taken.push(...cutter.push(some));
        expect(taken).toEqual(given.slice(0, given.findLastIndex((line) => line.trim() === '') + 1));
      }
      expect([...taken, ...cutter.end()]).toEqual(given);
      expect(cutter.end()).toEqual([]);
    }),
  );
});

it('no more is held back than was said', () => {
  const cutter = new SentenceCutter(6);
  expect(cutter.push(['a', 'b'])).toEqual([]);
  expect(cutter.push(['c'])).toEqual([]);
  expect(cutter.push(['d'])).toEqual(['a', 'b', 'c', 'd']);
  expect(cutter.push(['e', '', 'f'])).toEqual(['e', '']);
});
