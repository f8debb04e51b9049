import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distinctLines } from '../../src/text/distinct_lines.js';

describe('the different lines of a file', () => {
  it('stand in the order in which they first come, with how often and where first', () => {
    const { values, ids, firsts, counts } = distinctLines(['a', '', 'b', 'a', '', 'a']);
    expect({ values, ids: [...ids], firsts: [...firsts], counts: [...counts] }).toEqual({
      values: ['a', '', 'b'],
      ids: [0, 1, 2, 0, 1, 0],
      firsts: [0, 1, 2],
      counts: [3, 2, 1],
    });
  });

  it('are looked up no more where most are new, nor where they are long, and all are still there', () => {
    const numbered = Array.from({ length: 30_000 }, (_, i) => `${i}\tO`);
    const long = 'a'.repeat(2000);
    for (const lines of [
      [...numbered, ...numbered],
      [long, long],
      [...numbered, 'O', long, 'O'],
    ]) {
      const { values, ids, firsts, counts } = distinctLines(lines);
      expect(values).toHaveLength(lines.length);
      expect(lines.every((line, i) => values[ids[i]] === line && firsts[ids[i]] === i && counts[ids[i]] === 1)).toBe(
        true,
      );
    }
  });

  it('are looked up on where most are not new', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i}\tO`);
    const begin = lines.slice(0, 8_000);
    expect(distinctLines([...begin, ...begin, ...begin, ...begin, ...lines]).values).toHaveLength(20_000);
  });

  it('give back every line, and are counted and placed as searching the lines does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<string>('', 'a O', 'b O', 'constructor', '__proto__', '\ud800')),
        (lines) => {
          const { values, ids, firsts, counts } = distinctLines(lines);
          expect([...ids].map((id) => values[id])).toEqual(lines);
          expect([...firsts]).toEqual(values.map((value) => lines.indexOf(value)));
          expect([...counts]).toEqual(values.map((value) => lines.filter((line) => line === value).length));
        },
      ),
    );
  });
});
