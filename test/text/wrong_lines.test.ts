import { describe, expect, it } from '@jest/globals';
import { DataError, UsageError } from '../../src/errors.js';
import { readEach } from '../../src/text/wrong_lines.js';
import { errorOf } from '../support/error_of.js';

/** Reads numbers, of which the odd ones are wrong. */
function read(numbers: readonly number[]): { readonly seen: string[]; readonly error: Error } {
  const seen: string[] = [];
  const error = errorOf(() =>
    readEach(numbers.map(String), (line, i) => {
      seen.push(line);
      if (Number(line) % 2 === 1)
        throw new DataError(`${line} is odd`, { at: { source: 'in', line: i + 1 }, hint: 'halve it' });
    }),
  );
  return { seen, error };
}

describe('lines of which some are wrong', () => {
  it('are read to the end, and the first error names the others', () => {
    const { seen, error } = read([2, 3, 4, 5, 7]);
    expect(seen).toEqual(['2', '3', '4', '5', '7']);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({
      message: 'in:2: 3 is odd (lines 4, 5 are wrong too)',
      hint: 'halve it',
      at: { line: 2 },
    });
  });

  it.each([
    [[1], 'in:1: 1 is odd'],
    [[1, 3], 'in:1: 1 is odd (line 2 is wrong too)'],
    [new Array(10).fill(1), 'in:1: 1 is odd (lines 2, 3, 4, 5, 6, 7, 8, 9, 10 are wrong too)'],
    [new Array(12).fill(1), 'in:1: 1 is odd (lines 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more are wrong too)'],
  ])('are told of as %j', (numbers, message) => {
    expect(read(numbers).error.message).toBe(message);
  });

  it('are not all read where a thousand are wrong', () => {
    const { seen, error } = read(new Array(5000).fill(1));
    expect(seen).toHaveLength(1000);
    expect(error.message).toMatch(/ 10 and 990 or more are wrong too\)$/);
  });

  it('do not hide an error of another kind', () => {
    const error = errorOf(() =>
      readEach(['a', 'b'], (line) => {
        throw line === 'a' ? new DataError('wrong') : new UsageError('asked for too much');
      }),
    );
    expect(error).toBeInstanceOf(UsageError);
  });
});

it('lines of which none is wrong are read', () => {
  const seen: number[] = [];
  readEach(['a', 'b'], (_line, i) => seen.push(i));
  expect(seen).toEqual([0, 1]);
});
