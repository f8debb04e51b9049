import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary, runInProcess } from '../support/cli.js';

/** Words by count: the 3, Oslo 2, then once each Ana The ran saw in the order of their code units. */
const IOB2 = 'Ana\tB-PER\nsaw\tO\nthe\tO\nthe\tO\nOslo\tB-LOC\n\nThe\tO\nthe\tO\nran\tO\nOslo\tB-LOC\n';
/** Two documents. */
const IO = '-DOCSTART- O\n\nNew I-LOC\nYork I-LOC\n\n-DOCSTART- O\n\nthe O\n';

let folder: string;
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ner-vocab-'));
  write('a.tsv', IOB2);
  write('b.txt', IO);
  write('dev.tsv', 'the\tO\nThe\tO\nxylophone\tO\nxylophone\tO\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runInProcess(['vocab', ...args], { cwd: folder });
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);

describe('the figures of a corpus', () => {
  it('are printed with the vocabulary, the most frequent words first', async () => {
    const { code, stdout, stderr } = await run('a.tsv');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      'sentences  2',
      'tokens     9',
      'entities   3',
      '  LOC      2',
      '  PER      1',
      'scheme  IOB2',
      '',
      'word: |V| = 7, id 0 for the unknown and 6 others',
      'id  count  word',
      ' 1      3  the',
      ' 2      2  Oslo',
      ' 3      1  Ana',
      ' 4      1  The',
      ' 5      1  ran',
      ' 6      1  saw',
      '',
    ]);
  });

  it('are the same through the real program, from standard input', async () => {
    const { code, stdout } = await runBinary(['vocab', '-'], { stdin: IOB2 });
    expect([code, stdout]).toEqual([0, (await run('a.tsv')).stdout]);
  });

  it('are summed over files, whose different schemes are listed', async () => {
    const { stdout } = await run('a.tsv', 'b.txt');
    expect(stdout).toMatch(/^documents +2\nsentences +4\ntokens +12\nentities +4\n {2}LOC +3\n {2}PER +1\n/);
    expect(stdout).toContain('\nscheme  a.tsv: IOB2, b.txt: IO\n');
  });

  it('are an object of numbers with --json', async () => {
    const sha256 = createHash('sha256').update(IOB2).digest('hex');
    expect(await json('a.tsv')).toEqual({
      schema: 1,
      documents: 0,
      sentences: 2,
      tokens: 9,
      entities: { total: 3, perType: { LOC: 2, PER: 1 } },
      scheme: 'IOB2',
      data: [{ file: 'a.tsv', sha256, scheme: 'IOB2' }],
      vocabulary: {
        size: 7,
        minCount: 1,
        lowercase: false,
        unknown: 0,
        features: [
          {
            name: 'word',
            size: 7,
            entries: [['the', 3], ['Oslo', 2], ...['Ana', 'The', 'ran', 'saw'].map((w) => [w, 1])],
          },
        ],
      },
    });
  });

  it('have no scheme of all with --json where schemes differ', async () => {
    const { scheme, data } = await json('a.tsv', 'b.txt');
    expect(scheme).toBeNull();
    expect(data.map((file: { scheme: string }) => file.scheme)).toEqual(['IOB2', 'IO']);
  });

  it('keep a word and a type called __proto__', async () => {
    write('proto.tsv', '__proto__\tB-__proto__\nconstructor\tO\n');
    const { stdout } = await run('proto.tsv', '--json');
    expect(stdout).toContain('"perType":{"__proto__":1}');
    expect(stdout).toContain('"entries":[["__proto__",1],["constructor",1]]');
  });
});

describe('the vocabulary', () => {
  it('leaves out words below --min-count', async () => {
    const { stdout } = await run('a.tsv', '--min-count', '2');
    expect(stdout).toContain('word: |V| = 3, id 0 for the unknown and 2 others seen at least 2 times\n');
    expect(stdout).not.toContain('Ana');
  });

  it('counts The and the together with --lowercase', async () => {
    const { vocabulary } = await json('a.tsv', '--lowercase');
    expect(vocabulary.features[0].entries[0]).toEqual(['the', 4]);
    expect(vocabulary.size).toBe(6);
  });

  it('is cut at 20 entries, at --limit, or not at all with --limit 0', async () => {
    write('many.tsv', Array.from({ length: 25 }, (_, i) => `word${i}\tO\n`).join(''));
    const shown = async (...args: string[]) =>
      (await run('many.tsv', ...args)).stdout.match(/^ *\d+ +1 +word/gm)?.length;
    expect([await shown(), await shown('--limit', '3'), await shown('--limit', '0')]).toEqual([20, 3, 25]);
    expect((await run('many.tsv')).stdout).toContain('\nand 5 more (--limit 0 shows all)\n');
    expect((await run('many.tsv', '--limit', '25')).stdout).not.toContain('more');
  });

  it('is whole with --json unless cut by --limit', async () => {
    const entries = async (...args: string[]) =>
      (await json('many.tsv', ...args)).vocabulary.features[0].entries.length;
    expect([await entries(), await entries('--limit', '3')]).toEqual([25, 3]);
  });
});

describe('the out-of-vocabulary rate', () => {
  it('is of tokens and of distinct words of the dev set, which adds nothing to the vocabulary', async () => {
    const { stdout } = await run('a.tsv', '--dev', 'dev.tsv');
    expect(stdout.slice(stdout.indexOf('word: out'))).toBe(
      'word: out of vocabulary in dev.tsv\n  tokens    2 of 4  50.00%\n  distinct  1 of 3  33.33%\n',
    );
    expect(stdout).toContain('|V| = 7,');
  });

  it('counts words below --min-count as unknown', async () => {
    const { vocabulary } = await json('a.tsv', '--dev', 'dev.tsv', '--min-count', '2');
    expect(vocabulary.features[0].outOfVocabulary).toEqual({
      tokens: { unknown: 3, total: 4, rate: 3 / 4 },
      distinct: { unknown: 2, total: 3, rate: 2 / 3 },
    });
  });

  it('looks words up in lower case with --lowercase', async () => {
    const { vocabulary } = await json('a.tsv', '--dev', 'dev.tsv', '--lowercase');
    expect(vocabulary.features[0].outOfVocabulary.distinct).toEqual({ unknown: 1, total: 2, rate: 1 / 2 });
  });
});

describe('--one-hot', () => {
  it.each([
    ['the', 'x[1] = 1, all others 0', '[0 1 0 … 0]'],
    ['Ana', 'x[3] = 1, all others 0', '[0 0 0 1 0 0 0]'],
    ['saw', 'x[6] = 1, all others 0', '[0 … 0 1]'],
    ['nobody', 'x[0] = 1, all others 0 (not in the vocabulary: the entry of the unknown word)', '[1 0 … 0]'],
  ])('shows %s as the one entry that is 1', async (word, symbols, drawing) => {
    const { stdout } = await run('a.tsv', '--one-hot', word);
    expect(stdout).toBe(`${word}  x ∈ {0,1}^7, ${symbols}\n${drawing}\n`);
  });

  it('looks the word up as the settings say', async () => {
    expect((await run('a.tsv', '--one-hot', 'OSLO', '--lowercase')).stdout).toMatch(
      /^oslo {2}x ∈ \{0,1\}\^6, x\[2\] = 1,/,
    );
  });

  it('is part of the object with --json', async () => {
    expect((await json('a.tsv', '--one-hot', 'Oslo')).oneHot).toEqual([
      { feature: 'word', value: 'Oslo', size: 7, id: 2 },
    ]);
  });
});

describe('a call that cannot be carried out', () => {
  it.each([
    [[], 2, "missing required argument 'corpus'"],
    [['-', '--dev', '-'], 2, 'standard input can be read only once'],
    [['a.tsv', '--min-count', '0'], 2, 'from 1 to'],
    [['a.tsv', '--limit', '1.5'], 2, 'a whole number'],
    [['a.tsv', '--features', 'form'], 2, 'unknown feature "form"'],
    [['a.tsv', '--tag-column', '3'], 2, 'there is no column 3'],
    [['nowhere.tsv'], 1, 'nowhere.tsv: no such file'],
    [['empty.tsv'], 3, 'empty.tsv: no sentences'],
  ])('%j is refused', async (args, exitCode, message) => {
    write('empty.tsv', '');
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(stderr).toContain(message);
  });
});
