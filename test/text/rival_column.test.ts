import { expect, it } from '@jest/globals';
import { readColumns } from '../../src/text/columns.js';

const noticesOf = (rows: string, options = {}) => readColumns(rows.split('\n'), 'in', options).notices;

it('a column of the types that the last has is told of, with its number and the way to it', () => {
  expect(noticesOf('\nAna B-PER O\nLima B-LOC B-LOC')).toEqual([
    {
      kind: 'rival-column',
      line: 2,
      message:
        'columns 2 and 3 hold tags that share types; those of column 3 are read (--tag-column 2 reads the others)',
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
  ['of types alone without O', 'Ana B-PER NNP'],
  ['of tokens', 'B-PER B-PER\nO O'],
])('a column %s is none', (_, rows) => {
  expect(noticesOf(rows)).toEqual([]);
});

it('nothing is said where the column was named', () => {
  expect(noticesOf('Ana B-PER O\nLima B-LOC B-LOC', { tagColumn: 3 })).toEqual([]);
});

it('nothing is said of a column that is read for something else', () => {
  expect(noticesOf('Ana B-PER O\nLima B-LOC B-LOC', { furtherColumns: [2] })).toEqual([]);
});

it('a later column of types without a prefix is told of, with the way to tags', () => {
  expect(noticesOf('Ana NNP B-NP PER\nleft VBD B-VP O')).toEqual([
    {
      kind: 'rival-column',
      line: 1,
      message:
        'column 4 holds types without a prefix, so the tags of column 3 are read; types without a prefix, as PERSON, become tags ' +
        'by `ner convert FILE --bare-types`, neighbours of a type being one entity',
    },
  ]);
});
