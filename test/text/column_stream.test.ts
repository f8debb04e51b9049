import { describe, expect, it } from '@jest/globals';
import { appendTags, type ColumnBlock, ColumnStream } from '../../src/text/column_stream.js';
import type { ColumnOptions } from '../../src/text/layout.js';
import { errorOf } from '../support/error_of.js';

function blocksOf(lines: readonly string[], options?: ColumnOptions): ColumnBlock[] {
  const stream = new ColumnStream('in.tsv', options);
  return [...lines.flatMap((line) => stream.push(line)), ...stream.end()];
}

/** The lines with each token's own upper-cased form as its tag. */
function tagged(lines: readonly string[], options?: ColumnOptions): string[] {
  return blocksOf(lines, options).flatMap((block) =>
    block.kind === 'sentence'
      ? appendTags(
          block,
          block.tokens.map((token) => token.toUpperCase()),
        )
      : [block.text],
  );
}

describe('a column stream', () => {
  it('gives sentences back with a column added and all else as it stands', () => {
    expect(tagged(['Ana x', 'left y', '', ' ', 'Oslo z'])).toEqual([
      'Ana x ANA',
      'left y LEFT',
      '',
      ' ',
      'Oslo z OSLO',
    ]);
    expect(tagged(['Ana', '\t', 'left'])).toEqual(['Ana\tANA', '\t', 'left\tLEFT']);
  });

  it('appends O to the row of a document mark, so that all rows have as many columns', () => {
    expect(tagged(['-DOCSTART- -X- O', '', 'Ana NNP O', '-DOCSTART-', 'left VBD O'])).toEqual([
      '-DOCSTART- -X- O O',
      '',
      'Ana NNP O ANA',
      '-DOCSTART-',
      'left VBD O LEFT',
    ]);
  });

  it('leaves comments alone and appends _ to rows without a token', () => {
    const lines = ['# newdoc', '# text = del', '1-2\tdel', '1\tde', '# inside', '2\tel', ''];
    expect(tagged(lines)).toEqual([
      '# newdoc',
      '# text = del',
      '1-2\tdel\t_',
      '1\tde\tDE',
      '# inside',
      '2\tel\tEL',
      '',
    ]);
  });

  it('takes the token column a user names', () => {
    expect(tagged(['x\tAna', 'y\tleft'], { tokenColumn: 2 })).toEqual(['x\tAna\tANA', 'y\tleft\tLEFT']);
    expect(errorOf(() => tagged(['Ana'], { tokenColumn: 2 })).name).toBe('UsageError');
  });

  it('decides on the layout at the first blank line after 20 rows', () => {
    const stream = new ColumnStream('-');
    for (let i = 0; i < 38; i++) expect(stream.push(i % 2 === 0 ? `w${i} O` : '')).toEqual([]);
    expect(stream.push('w38 O')).toEqual([]);
    expect(stream.push('')).toHaveLength(20 + 20);
    expect(stream.push('Ana O')).toEqual([]);
    expect(stream.push('')).toMatchObject([
      { kind: 'sentence', tokens: ['Ana'] },
      { kind: 'passthrough', text: '' },
    ]);
  });

  it('decides after 1,000 lines where no blank line comes', () => {
    const stream = new ColumnStream('in.tsv');
    for (let i = 0; i < 999; i++) stream.push('Ana O');
    expect(stream.push('Ana O')).toEqual([]);
    expect(errorOf(() => stream.push('ragged')).message).toMatch(/^in.tsv:1001: expected 2 columns/);
  });

  it('does not take a long heading of comments for rows', () => {
    const heading = Array.from({ length: 30 }, (_, i) => `# key${i} = some value`);
    const lines = [...heading, '', '1\tAna\tx', '2\tleft\ty', ''];
    expect(tagged(lines)).toEqual([...heading, '', '1\tAna\tx\tANA', '2\tleft\ty\tLEFT', '']);
  });

  it('passes blank lines on as long as no row has come, and counts them', () => {
    const stream = new ColumnStream('in.tsv');
    const blank = Array.from({ length: 1000 }, () => stream.push('')).flat();
    expect(blank).toHaveLength(1000);
    stream.push('Ana O');
    stream.push('left O');
    stream.push('ragged');
    expect(errorOf(() => stream.end()).message).toMatch(/^in.tsv:1003: expected 2 columns \(token, tag\), found 1/);
  });

  it('names the line of a ragged row that comes later', () => {
    const lines = Array.from({ length: 2000 }, () => 'Ana O');
    expect(errorOf(() => blocksOf([...lines, 'left'])).message).toMatch(/^in.tsv:2001: expected 2 columns/);
  });

  it('gives nothing for nothing', () => {
    expect(blocksOf([])).toEqual([]);
  });

  it('refuses a sentence without an end rather than hold it all', () => {
    const stream = new ColumnStream('in.tsv');
    for (let i = 0; i < 100_000; i++) stream.push('Ana O');
    const error = errorOf(() => stream.push('Ana O'));
    expect(error.message).toBe('in.tsv:100001: a sentence of more than 100000 tokens');
    expect(error.hint).toMatch(/blank line/);
  });
});
