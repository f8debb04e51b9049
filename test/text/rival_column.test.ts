import { expect, it } from '@jest/globals';
import { readColumns } from '../../src/text/columns.js';

const noticesOf = (rows: string, options = {}) => readColumns(rows.split('\n'), 'in', options).notices;

it('a column of the types that the last has is told of, with its number and the way to it', () => {
  expect(noticesOf('\nAna B-PER O\nLima B-LOC B-LOC')).toEqual([
    {
      kind: 'rival-column',
      line: 2,
      message:
        'columns 2 and 3 hold tags of the same types; those of column 3 are read (--tag-column 2 reads the others)',
    },
  ]);
});

it('of several the last is told of', () => {
  expect(noticesOf('1 Ana B-PER O B-PER')[0].message).toMatch(/^columns 3 and 5 hold/);
  expect(noticesOf('1 Ana B-PER B-PER B-PER')[0].message).toMatch(/^columns 4 and 5 hold/);
});

it.each([
  ['of other types', 'Ana B-NP B-PER\nleft B-VP O'],
  ['that holds something else too', 'Ana B-PER B-PER\nleft VB O'],
  ['without an entity', 'Ana O B-PER'],
  ['of tokens', 'B-PER B-PER\nO O'],
])('a column %s is none', (_, rows) => {
  expect(noticesOf(rows)).toEqual([]);
});

it('nothing is said where the column was named', () => {
  expect(noticesOf('Ana B-PER O\nLima B-LOC B-LOC', { tagColumn: 3 })).toEqual([]);
});
