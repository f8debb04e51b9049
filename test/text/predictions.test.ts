import { describe, expect, it } from '@jest/globals';
import { readPredictions } from '../../src/text/predictions.js';
import { errorOf } from '../support/error_of.js';

const read = (text: string) => readPredictions(text.split('\n'), 'out.txt').sentences;
/** Gold and predicted tags of each sentence. */
const pairs = (text: string) => read(text).map(({ gold, predicted }) => [gold.join(' '), predicted.join(' ')]);
const failure = (text: string) => errorOf(() => read(text));

describe('a file of predictions', () => {
  it('has gold and predicted tags in its last two columns', () => {
    expect(read('Ana NNP B-PER B-LOC\nleft VBD O O\n\nOslo NNP B-LOC O\n')).toEqual([
      { gold: ['B-PER', 'O'], predicted: ['B-LOC', 'O'], lines: [1, 2], tokens: ['Ana', 'left'] },
      { gold: ['B-LOC'], predicted: ['O'], lines: [4], tokens: ['Oslo'] },
    ]);
  });

  it('may have tabs, with blanks inside tokens', () => {
    expect(read('New York\tB-LOC\tO\n')[0]).toMatchObject({ tokens: ['New York'], gold: ['B-LOC'], predicted: ['O'] });
  });

  it('may have the two columns only', () => {
    expect(read('B-PER O\nO O\n')).toEqual([
      { gold: ['B-PER', 'O'], predicted: ['O', 'O'], lines: [1, 2], tokens: ['', ''] },
    ]);
  });

  it('ends sentences at blank lines and at rows with -X-, alone or with columns', () => {
    expect(pairs('a O O\n-X- O O\nb O B-PER\n\t\n-X-\nc B-PER O\n')).toEqual([
      ['O', 'O'],
      ['O', 'B-PER'],
      ['B-PER', 'O'],
    ]);
  });

  it('counts a -DOCSTART- row as a token, but not one without columns', () => {
    expect(pairs('-DOCSTART- -X- O O\n\nAna NNP B-PER O\n')).toEqual([
      ['O', 'O'],
      ['B-PER', 'O'],
    ]);
    expect(pairs('a O O\n-DOCSTART-\nb O O\n')).toHaveLength(2);
  });

  it('ignores separators at the end of a line', () => {
    expect(pairs('Ana B-PER O \nleft O O\n')).toEqual([['B-PER O', 'O O']]);
  });

  it('keeps a row whose token is empty', () => {
    expect(read('Ana\tO\tO\n\tB-PER\tO\n')[0].tokens).toEqual(['Ana', '']);
  });

  it('may be CoNLL-U with a column added', () => {
    const text = '# newdoc\n# text = del\n1-2\tdel\t_\t_\n1\tde\tO\tO\n# inside\n2\tel\tB-LOC\tO\n';
    expect(read(text)).toEqual([{ gold: ['O', 'B-LOC'], predicted: ['O', 'O'], lines: [4, 6], tokens: ['de', 'el'] }]);
  });

  it('has its gold tags further left where other columns follow them', () => {
    expect(pairs('1\tAna\tB-PER\t-\tme\tO\n2\tleft\tO\t-\tme\tB-LOC\n')).toEqual([['B-PER O', 'O B-LOC']]);
  });

  it.each([
    [
      'rows of unequal width',
      'a O O\nb O\nc O O\n',
      'out.txt:2: expected 3 columns (the last two gold and predicted), found 2: "b O"',
    ],
    [
      'rows wider than the two tags',
      'O O\nO O O\nO O\n',
      'out.txt:2: expected 2 columns (the last two gold and predicted), found 3: "O O O"',
    ],
    [
      'JSON Lines',
      '{"text":"Ana"}\n',
      'out.txt: this looks like JSON Lines, but predictions stand in columns, the last two gold and predicted tags',
    ],
    [
      'one column',
      'a\nb\n',
      'out.txt:1: expected at least 2 columns (the last two gold and predicted), found 1: "a" (line 2 is wrong too)',
    ],
    ['a gold value that is no tag', 'a PER O\n', 'out.txt:1: column 2 (gold): "PER" is not a tag'],
    ['a predicted value that is no tag', 'a O O\nb O PER\n', 'out.txt:2: column 3 (predicted): "PER" is not a tag'],
    ['nothing', '\n', 'out.txt: no sentences'],
  ])('is refused with %s', (_claim, text, message) => {
    expect(failure(text).name).toBe('DataError');
    expect(failure(text).message).toBe(message);
  });

  it.each([
    ['one of its values is no tag and it has no entity', 'a I-NP O O\nb I-NP x O\nc I-NP O O\n', 2, 'x'],
    ['it holds a single tag', 'a I-NP x O\nb I-NP y O\nc I-NP B-PER O\n', 1, 'x'],
  ])('has its gold tags in the last column but one even where %s', (_claim, text, line, value) => {
    expect(failure(text).message).toContain(`out.txt:${line}: column 3 (gold): "${value}" is not a tag`);
  });

  it('does not fall back on another column because of one misspelt gold tag', () => {
    expect(failure('Ana B-NP B-PER O\nleft B-VP O O\nOslo B-NP LOC O\n').message).toMatch('column 3 (gold): "LOC"');
  });
});
