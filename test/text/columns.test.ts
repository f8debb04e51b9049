import { describe, expect, it } from '@jest/globals';
import { readColumns } from '../../src/text/columns.js';
import { type ColumnOptions, detectLayout } from '../../src/text/layout.js';
import { errorOf } from '../support/error_of.js';

const SOURCE = 'corpus.tsv';
const read = (text: string, options?: ColumnOptions) => readColumns(text.split('\n'), SOURCE, options);
const layoutOf = (text: string, options?: ColumnOptions) => detectLayout(text.split('\n'), SOURCE, options);
const failure = (text: string, options?: ColumnOptions) => errorOf(() => read(text, options));
/** `Ana/B-PER left/O` for each sentence. */
const written = (text: string, options?: ColumnOptions) =>
  read(text, options).sentences.map(({ tokens, tags }) => tokens.map((token, t) => `${token}/${tags[t]}`).join(' '));

describe('sentences', () => {
  it('end at blank lines, at a line of blanks or a lone tab, and at the end of the file', () => {
    expect(written('\nAna\tB-PER\n\t\nleft\tO\n  \n\n \t \nOslo\tB-LOC')).toEqual([
      'Ana/B-PER',
      'left/O',
      'Oslo/B-LOC',
    ]);
  });

  it('know the line of every token', () => {
    expect(read('Ana\tB-PER\nleft\tO\n\nOslo\tB-LOC\n').sentences.map(({ lines }) => lines)).toEqual([[1, 2], [4]]);
  });

  it('do not end where an index begins anew', () => {
    expect(written('1\tAna\tB-PER\n1\tleft\tO\n')).toEqual(['Ana/B-PER left/O']);
  });

  it('must be there', () => {
    for (const text of ['', '\n \n', '-DOCSTART- O\n\n'])
      expect(failure(text).message).toBe('corpus.tsv: no sentences');
    expect(failure('# newdoc id = 1\n\n').name).toBe('DataError');
  });

  it('keep no-break spaces, U+0085, U+2028 and, between tabs, blanks inside tokens', () => {
    expect(written('a\u00a0b\tO\nc\u0085d\tO\ne\u2028\tO\nNew York\tB-LOC')).toEqual([
      'a\u00a0b/O c\u0085d/O e\u2028/O New York/B-LOC',
    ]);
  });

  it('keep names of object members as tokens and types', () => {
    expect(written('__proto__\tB-__proto__\nconstructor\tB-constructor')).toEqual([
      '__proto__/B-__proto__ constructor/B-constructor',
    ]);
  });
});

describe('documents', () => {
  const starts = (text: string) => read(text).documentStarts;

  it('begin at -DOCSTART-, with columns or alone, which also ends a sentence', () => {
    expect(starts('-DOCSTART- O\n\nAna B-PER\n\nleft O\n-DOCSTART-\nOslo B-LOC\n')).toEqual([0, 2]);
  });

  it('begin at # newdoc', () => {
    expect(starts('# newdoc id = a\n1\tAna\tB-PER\n\n# newdoc\n# text = left\n1\tleft\tO\n')).toEqual([0, 1]);
  });

  it('count the sentences before the first mark, and no document without sentences', () => {
    expect(starts('Ana O\n\n-DOCSTART- O\n\n-DOCSTART- O\n\nOslo O\n\n-DOCSTART- O\n')).toEqual([0, 1]);
  });

  it('are none where nothing marks them', () => {
    expect(starts('Ana O\n\nOslo O\n')).toEqual([]);
  });

  it('do not begin at a token that merely resembles the mark', () => {
    expect(written('-DOCSTART-s O\n')).toEqual(['-DOCSTART-s/O']);
  });
});

describe('the layout', () => {
  it.each([
    ['tabs between two columns', 'Ana\tB-PER\nleft\tO', { separator: '\t', columns: 2, tokenColumn: 0, tagColumn: 1 }],
    ['spaces between two columns', 'Ana B-PER\nleft O', { separator: ' ', columns: 2, tokenColumn: 0, tagColumn: 1 }],
    [
      'the last column of tags, after one of chunks',
      'Ana NNP B-NP B-PER\nleft VBD B-VP O',
      { separator: ' ', columns: 4, tokenColumn: 0, tagColumn: 3 },
    ],
    [
      'the last column of tags, before other columns',
      '1\tAna\tB-PER\t-\tme\n2\tleft\tO\t-\tme',
      { columns: 5, indexColumn: 0, tokenColumn: 1, tagColumn: 2 },
    ],
    ['tags before tokens', 'B-PER\tAna\nO\tleft', { tokenColumn: 1, tagColumn: 0 }],
    ['an index from 0', '0\tAna\tO\n1\tleft\tO\n\n0\tHe\tO', { indexColumn: 0, tokenColumn: 1, comments: true }],
    ['an index that jumps', '1\tAna\tO\n5\tleft\tO', { indexColumn: 0, tokenColumn: 1 }],
    [
      'an index with a word only, to be tagged',
      '1\tAna\n2\tleft',
      { indexColumn: 0, tokenColumn: 1, tagColumn: undefined },
    ],
    ['tokens that are numbers', '1\tO\n2\tO', { indexColumn: undefined, tokenColumn: 0, tagColumn: 1 }],
    ['numbers that do not begin at 0 or 1', '10\tCD\tO\n2\tCD\tO', { indexColumn: undefined, tokenColumn: 0 }],
    ['numbers and a word', '1\tAna\tO\nx\tleft\tO', { indexColumn: undefined, tokenColumn: 0 }],
    ['bare tokens', 'Ana\nleft', { columns: 1, tokenColumn: 0, tagColumn: undefined }],
    ['a column of O only', 'Ana\tO\nleft\tO', { tokenColumn: 0, tagColumn: 1 }],
    ['no comments', '#\tO\nAna\tO', { comments: false }],
    ['comments at the head', '# sent_id = 1\nAna\tO', { comments: true, tokenColumn: 0, tagColumn: 1 }],
    ['rows that are all hash signs', '# O\n# O', { comments: false, separator: ' ', columns: 2 }],
    ['tabs although a token holds blanks', 'New York\tO\nLos Angeles\tO', { separator: '\t', columns: 2 }],
    ['the usual width although the first row is ragged', 'Ana\nleft\tO\nOslo\tO', { columns: 2, tagColumn: 1 }],
    ['of equally usual widths the larger', 'Ana\nleft\tO', { columns: 2, tagColumn: 1 }],
  ])('has %s', (_claim, text, expected) => {
    expect(layoutOf(text)).toMatchObject(expected);
  });

  it('follows the columns a user names, counted from 1', () => {
    const text = 'B-X\tAna\tB-PER\tO\nO\tleft\tO\tB-Y';
    expect(written(text, { tokenColumn: 2, tagColumn: 3 })).toEqual(['Ana/B-PER left/O']);
    expect(written(text, { tokenColumn: 2 })).toEqual(['Ana/O left/B-Y']);
    expect(written(text, { tagColumn: 1 })).toEqual(['Ana/B-X left/O']);
  });

  it('takes the index for the token where a user says so', () => {
    expect(written('1\tAna\tO\n2\tleft\tO', { tokenColumn: 1 })).toEqual(['1/O 2/O']);
  });

  it.each([0, 3, 1.5, -1, Number.NaN])('has no column %p of 2', (column) => {
    for (const [name, options] of [
      ['token', { tokenColumn: column }],
      ['tag', { tagColumn: column }],
    ] as const) {
      const error = failure('Ana\tO', options);
      expect(error.name).toBe('UsageError');
      expect(error.message).toBe(
        `corpus.tsv: there is no column ${column} to be the ${name} column: the file has 2 columns`,
      );
    }
  });

  it('cannot have the tag in the token column', () => {
    expect(failure('Ana\tO', { tokenColumn: 2, tagColumn: 2 }).name).toBe('UsageError');
  });
});

describe('comments and CoNLL-U', () => {
  it('a # is a token in a plain column file, and so is a hashtag at its head', () => {
    expect(written('#win\tO\n#\tO\n# 1\tO\n')).toEqual(['#win/O #/O # 1/O']);
    expect(written('# O\nwin O\n')).toEqual(['#/O win/O']);
  });

  it('any line with a # is a comment where an index counts the tokens', () => {
    expect(written('1\tAna\tO\n#note\n# a\tb\tc\n2\t#\tO\n')).toEqual(['Ana/O #/O']);
  });

  it('a file that begins with # key = value has comments, and still tokens that are #', () => {
    expect(written('# sent_id = 1\n# text = Ana # 1\n# a remark\nAna\tB-PER\n#\tO\n')).toEqual(['Ana/B-PER #/O']);
    expect(written('# sent_id = 1\nAna B-PER\n# O\n# text = x\nx O')).toEqual(['Ana/B-PER #/O x/O']);
  });

  it('multiword ranges and empty nodes are skipped', () => {
    expect(written('0.1\tgone\t_\n1-2\tdel\t_\n1\tde\tO\n2\tel\tO\n2.1\tgone\t_\n')).toEqual(['de/O el/O']);
  });
});

describe('bad rows', () => {
  it('a ragged row is shown with its line and the columns expected', () => {
    const error = failure('Ana\tB-PER\n\nSumesh\nleft\tO\nHe\tO\n');
    expect(error.name).toBe('DataError');
    expect(error.message).toBe('corpus.tsv:3: expected 2 columns (token, tag), found 1: "Sumesh"');
    expect(error.hint).toMatch(/one tab between two/);
  });

  it('a row with too many columns is shown likewise', () => {
    const error = failure('1 Ana NNP x B-PER y\n2 left VBD x O y\n3 it is x x O y\n');
    expect(error.message).toBe(
      'corpus.tsv:3: expected 6 columns (index, token, …, tag, …), found 7: "3 it is x x O y"',
    );
    expect(error.hint).toMatch(/one space between two/);
  });

  it('long rows are cut short, and never inside a character', () => {
    expect(failure(`Ana\tO\nleft\tO\n${'x'.repeat(59)}😀${'y'.repeat(100)}`).message).toMatch(/found 1: "x{59}…"$/);
  });

  it('a value that is no tag among tags is shown with its line and column', () => {
    const error = failure('Ana NNP B-NP B-PER\nleft VBD B-VP O\nOslo NNP B-NP LOC\n');
    expect(error.message).toBe('corpus.tsv:3: column 4 (tag): "LOC" is not a tag');
    expect(error.hint).toMatch(/--tag-column/);
  });

  it('without a column of tags the one that comes nearest is named with what spoils it', () => {
    const error = failure('Ana NNP PER\nleft VBD O\nin IN O\nOslo NNP LOC\n');
    expect(error.name).toBe('DataError');
    expect(error.message).toBe(
      'corpus.tsv:1: no tag column among 3 columns: 2 values of column 3 are no tags: "PER" in line 1, "LOC" in line 4',
    );
    expect(failure('Ana NNP x-1\nleft VBD O\n').hint).toMatch(/--tag-column/);
  });

  it('types without a prefix beside O are told how to become tags', () => {
    expect(failure('Ana NNP PER\nleft VBD O\nOslo NNP LOC\n').hint).toBe(
      'types without a prefix, as PERSON, become tags by `ner convert FILE --bare-types`, neighbours of a type being one entity',
    );
  });

  it('a first row that has no tag may be a header', () => {
    const header = 'if this is a header, leave it out: tail -n +3 FILE; else a tag is O';
    expect(failure('\nword\tner\nAna\tB-PER\n').hint).toContain(header);
    expect(failure('Ana\tB-PER\nword\tner\n').hint).not.toContain('header');
  });

  it.each([
    ['no O', 'Ana NNP\nleft VBD\n'],
    ['prefixes joined by something else', 'Ana B_PER\nPaz I_PER\nleft O\n'],
    ['a tag too', 'Ana PER\nEva LOC\nBob ORG\nAda B-PER\nleft O\n'],
  ])('with %s in their column they are not types without a prefix', (_, rows) => {
    expect(failure(rows).hint).toMatch(/--tag-column/);
  });

  it('no more than three spoiling values are named', () => {
    expect(failure('a x\nb y\nc z\nd w\n').message).toMatch(
      /4 values of column 2 are no tags: "x" in line 1, "y" in line 2, "z" in line 3, …$/,
    );
    expect(failure('a x\nb O\n').message).toMatch(/: 1 value of column 2 is no tag: "x" in line 1$/);
  });

  it('a file of bare tokens has no tag column', () => {
    expect(failure('Ana\nleft\n').message).toBe('corpus.tsv:1: no tag column among 1 column: "Ana"');
    expect(failure('O\nO\n', { tagColumn: 1 }).message).toBe('corpus.tsv:1: no tag column among 1 column: "O"');
    expect(failure('# a = b\tc\n#y\n#z\n').message).toBe('corpus.tsv:1: no tag column among 1 column: "# a = b\\tc"');
    expect(failure('[{"text":"a"}]').hint).toContain('one object a line');
  });

  it('values of a tag column the user names are checked too', () => {
    expect(failure('Ana\tx\tO\n', { tagColumn: 2 }).message).toBe('corpus.tsv:1: column 2 (tag): "x" is not a tag');
  });
});

describe('notices', () => {
  it('an empty token is kept and reported', () => {
    const corpus = read('Ana\tB-PER\n\tO\n');
    expect(corpus.sentences[0].tokens).toEqual(['Ana', '']);
    expect(corpus.notices).toEqual([{ kind: 'empty-token', line: 2, message: 'empty token with the tag O' }]);
  });

  it('a byte order mark within the file is kept and reported', () => {
    const corpus = read('Ana\tB-PER\n\n\uFEFFEva\tB-PER\n');
    expect(corpus.sentences[1].tokens).toEqual(['\uFEFFEva']);
    const message = 'taken for a part of the line: were files joined?';
    expect(corpus.notices).toEqual([{ kind: 'order-mark', line: 3, message }]);
  });

  it('illegal tags are left as they are and reported, in the order of lines', () => {
    const corpus = read('Ana\tB-PER\nOslo\tB-LOC\nleft\tO\n\nEva\tI-PER\nPaz\tI-PER\n\n\tO\n\nIda\tI-PER\n');
    expect(corpus.sentences[1].tags).toEqual(['I-PER', 'I-PER']);
    expect(corpus.notices.map(({ kind, line }) => [kind, line])).toEqual([
      ['illegal-tag', 5],
      ['empty-token', 8],
      ['illegal-tag', 10],
    ]);
  });

  it('IOB1 is not illegal', () => {
    expect(read('Ana\tI-PER\nEva\tB-PER\n\nOslo\tI-LOC\n').notices).toEqual([]);
  });
});

describe('what only looks right', () => {
  it('a type with a blank or a carriage return at its end is no type', () => {
    expect(errorOf(() => read('Ana\tB-PER\nEva\tB-PER \n')).message).toContain(
      'corpus.tsv:2: column 2 (tag): "B-PER " is not a tag',
    );
    expect(errorOf(() => read('Ana\tB-PER\nEva\tB-\u00a0X\n')).message).toContain('is not a tag');
    expect(read('Ana\tB-WORK OF ART\n').sentences[0].tags).toEqual(['B-WORK OF ART']);
  });

  it('lines that end with a carriage return alone are no line, and the hint says how to mend them', () => {
    const error = errorOf(() => read('Ana\tB-PER\rleft\tO\r'));
    expect(error).toMatchObject({ name: 'DataError', hint: expect.stringContaining("tr '\\r' '\\n'") });
    expect(error.message).toContain(`${SOURCE}:1: a carriage return stands within the line`);
    expect(failure('Ana\tB-PER\nleft\tO\r')).toMatchObject({
      message: `${SOURCE}:2: a carriage return alone ends the line`,
      hint: 'end it with a line feed too',
    });
  });
});
