import { describe, expect, it } from '@jest/globals';
import { readColumns } from '../../src/text/columns.js';
import { errorOf } from '../support/error_of.js';

const read = (rows: string, options = {}) => readColumns(rows.split('\n'), 'in', { bareTypes: true, ...options });

describe('types without a prefix', () => {
  it('become tags of entities, neighbours of a type being one', () => {
    const { sentences, scheme } = read('Ana NNP PER\nPaz NNP PER\nOslo NNP LOC\nleft VBD O');
    expect([sentences[0].tags, scheme]).toEqual([['I-PER', 'I-PER', 'I-LOC', 'O'], 'IO']);
  });

  it('are those of the last column that has them, or of the one that is named', () => {
    const rows = 'Ana PER B-NP ORG\nleft O B-VP O';
    expect(read(rows).sentences[0].tags).toEqual(['I-ORG', 'O']);
    expect(read(rows, { tagColumn: 2 }).sentences[0].tags).toEqual(['I-PER', 'O']);
    expect(read('Ana B-PER\nEva PER', { tagColumn: 2 }).sentences[0].tags).toEqual(['B-PER', 'I-PER']);
  });

  it('below the name of their column are refused', () => {
    expect(errorOf(() => read('word\tlabel\nAna\tPER\nleft\tO', { tagColumn: 2 })).message).toContain('"label"');
    expect(errorOf(() => read('word\tlabel\nAna\tPER\nleft\tO'))).toMatchObject({
      message: 'in:1: column 2 has "label" in its first row, which looks like its name',
      hint: 'if this is a header, leave it out: tail -n +2 FILE',
    });
  });

  it('that are nowhere are a wrong call', () => {
    const error = errorOf(() => read('Ana\tB-PER\nleft\tO'));
    expect([error.name, error.message]).toEqual(['UsageError', 'in: no column holds types without a prefix beside O']);
  });
});
