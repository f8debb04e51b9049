import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workspace } from '../support/small_model.js';

const BINARY = fileURLToPath(new URL('../../bin/ner.js', import.meta.url));
const COLUMNS = 'Ana\tNNP\tB-PER\nPaz\tNNP\tI-PER\nleft\tVBD\tO\n\nOslo\tNNP\tB-LOC\nLima\tNNP\tB-LOC\n';
const JSON_LINES = '{"text":"Ana left. Eva came.","entities":[{"start":0,"end":3,"type":"PER"}]}\n';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('columns.txt', COLUMNS);
  await workspace.write('lines.jsonl', JSON_LINES);
  await workspace.write('odd.txt', 'Ana I-PER\nleft O\nEva B-PER\n');
});
afterAll(() => workspace.remove());

const convert = (...args: string[]) => workspace.run(['convert', ...args]);

describe('ner convert', () => {
  it('writes tokens and tags in columns, in IOB2 unless told otherwise, and says what was read', async () => {
    const { code, stdout, stderr } = await convert('columns.txt', 'lines.jsonl');
    expect([code, stdout]).toEqual([
      0,
      'Ana\tB-PER\nPaz\tI-PER\nleft\tO\n\nOslo\tB-LOC\nLima\tB-LOC\n\n' +
        'Ana\tB-PER\nleft\tO\n.\tO\n\nEva\tO\ncame\tO\n.\tO\n\n',
    ]);
    expect(stderr).toBe(
      'read   columns.txt: 2 sentences, 5 tokens, 3 entities (LOC PER), IOB2\n' +
        'read   lines.jsonl: 2 sentences, 6 tokens, 1 entity (PER), IOB2\n',
    );
  });

  it('writes JSON Lines, which it reads back', async () => {
    expect((await convert('columns.txt', '--format', 'jsonl', '--scheme', 'BIOES', '-o', 'out.jsonl')).stdout).toBe('');
    expect(await workspace.read('out.jsonl')).toBe(
      '{"tokens":["Ana","Paz","left"],"tags":["B-PER","E-PER","O"]}\n' +
        '{"tokens":["Oslo","Lima"],"tags":["S-LOC","S-LOC"]}\n',
    );
    const there = await convert('columns.txt');
    expect((await convert('out.jsonl')).stdout).toBe(there.stdout);
  });

  it('--map writes entities of a type as those of another, or leaves them out, and says where it has no effect', async () => {
    const { stdout, stderr } = await convert('columns.txt', '--map', 'LOC=PLACE', '--map', 'PER=', '--map', 'ORG=X');
    expect(stdout).toBe('Ana\tO\nPaz\tO\nleft\tO\n\nOslo\tB-PLACE\nLima\tB-PLACE\n\n');
    expect(stderr).toContain('warning --map has no effect on ORG: entities are of LOC PER\n');
    const joined = await convert('columns.txt', '--map', 'LOC=PER', '--scheme', 'BIOES');
    expect(joined.stdout).toContain('Ana\tB-PER\nPaz\tE-PER\nleft\tO\n\nOslo\tS-PER\nLima\tS-PER\n');
    expect((await convert('columns.txt', '--map', 'LOC')).code).toBe(2);
  });

  it('warns of entities that IO runs together', async () => {
    const { stdout, stderr } = await convert('columns.txt', '--scheme', 'IO');
    expect(stdout).toContain('Oslo\tI-LOC\nLima\tI-LOC\n');
    expect(stderr).toContain('IO cannot tell 1 entity from the one before, of the same type and next to it\n');
  });

  it('--check exits with 5 where something is odd, behind the output', async () => {
    const { code, stdout, stderr } = await convert('odd.txt', '--check');
    expect([code, stdout]).toEqual([5, 'Ana\tB-PER\nleft\tO\nEva\tB-PER\n\n']);
    expect(stderr).toContain('odd.txt:1: I-PER at the start of a sentence, read as B-PER (IOB2)\n');
    expect(stderr).toMatch(/\nner: 1 odd place\n$/);
    expect((await convert('odd.txt')).code).toBe(0);
    expect((await convert('columns.txt', '--check')).code).toBe(0);
  });

  it('--check finds in JSON Lines and in columns what is odd there', async () => {
    await workspace.write('tags.jsonl', '{"tokens":["Ana","left","Oslo"],"tags":["I-PER","O","E-LOC"]}\n');
    await workspace.write('two.txt', 'Ana B-PER O\nOslo O B-PER\n');
    await workspace.write('empty.txt', 'Ana\tB-PER\n\tO\n');
    for (const file of ['tags.jsonl', 'two.txt', 'empty.txt']) expect((await convert(file, '--check')).code).toBe(5);
  });

  it('--bare-types makes tags of types, whatever ends the lines', async () => {
    await workspace.write('bare.txt', 'Ana\tPERSON\r\nPaz\tPERSON\r\nleft\tO\r\n');
    expect((await convert('bare.txt')).stderr).toContain('become tags by `ner convert FILE --bare-types`');
    const { code, stdout } = await convert('bare.txt', '--bare-types');
    expect([code, stdout]).toEqual([0, 'Ana\tB-PERSON\nPaz\tI-PERSON\nleft\tO\n\n']);
  });

  it('--check finds sentences that no empty line ends, and offsets that may count otherwise', async () => {
    await workspace.write('endless.txt', 'Ana B-PER\nleft O\n'.repeat(501));
    const { code, stderr } = await convert('endless.txt', '--check');
    expect([code, stderr]).toEqual([
      5,
      expect.stringContaining('a sentence of 1002 tokens: only an empty line ends one\n'),
    ]);
    const line = (fields: object) => `${JSON.stringify({ text: '\u{1F600} Bob', ...fields })}\n`;
    const doubtful = [line({ label: [[3, 6, 'PER']] }), line({ spans: [{ start: 3, end: 6, label: 'PER' }] })];
    const sure = [
      line({ entities: [{ start: 3, end: 6, type: 'PER' }] }),
      line({ spans: [{ start: 3, end: 6, label: 'PER', text: 'Bob' }] }),
      line({ label: [[3, 6, 'PER']], unit: 'utf16' }),
    ];
    await workspace.write('doubtful.jsonl', doubtful.join(''));
    await workspace.write('sure.jsonl', sure.join(''));
    const doubted = await convert('doubtful.jsonl', '--check');
    expect([doubted.code, doubted.stderr]).toEqual([
      5,
      expect.stringContaining('doubtful.jsonl: 2 lines whose offsets may count otherwise\n'),
    ]);
    expect((await convert('sure.jsonl', '--check')).code).toBe(0);
    expect((await convert('doubtful.jsonl', '--check', '--offsets', 'utf16')).code).toBe(0);
  });

  it('tells the scheme that tags in JSON Lines are written in', async () => {
    await workspace.write('bioes.jsonl', '{"tokens":["Ana","Paz"],"tags":["B-PER","E-PER"]}\n');
    const { stdout, stderr } = await convert('bioes.jsonl');
    expect([stdout, stderr]).toEqual([
      'Ana\tB-PER\nPaz\tI-PER\n\n',
      'read   bioes.jsonl: 1 sentence, 2 tokens, 1 entity (PER), BIOES\n',
    ]);
  });

  it('--check holds where nobody reads the output to its end', async () => {
    const rows = 'Ana I-PER\nleft O\nEva B-PER\n\n'.repeat(20_000);
    await workspace.write('many.txt', rows);
    const command = `"${process.execPath}" "${BINARY}" convert many.txt --check 2> /dev/null | head -n 1; echo \${PIPESTATUS[0]}`;
    const { stdout } = spawnSync('bash', ['-c', command], { cwd: workspace.folder, encoding: 'utf8' });
    expect(stdout).toBe('Ana\tB-PER\n5\n');
  });

  it('marks documents in columns as training takes them, and warns where JSON Lines lose the marks', async () => {
    await workspace.write('marked.txt', '-DOCSTART- O\n\nAna B-PER\n\nleft O\n');
    const { stdout } = await convert('marked.txt', 'columns.txt');
    const mark = '-DOCSTART-\tO\n\n';
    expect(stdout.split(mark)).toEqual([
      '',
      'Ana\tB-PER\n\nleft\tO\n\n',
      'Ana\tB-PER\nPaz\tI-PER\nleft\tO\n\n',
      'Oslo\tB-LOC\nLima\tB-LOC\n\n',
    ]);
    const { stderr } = await convert('marked.txt', '--format', 'jsonl');
    expect(stderr).toContain('JSON Lines have no marks of documents: those of 1 document are left out\n');
  });

  it('refuses a token that would be read as something else, with its line', async () => {
    const { code, stderr } = await convert('empty.txt', '--format', 'jsonl');
    expect([code, stderr.split('\n').slice(-3)]).toEqual([
      3,
      [
        'ner: empty.txt:2: in JSON Lines the token "" would be none: it is empty',
        'hint: write the other format, or change the token',
        '',
      ],
    ]);
  });

  it('--check takes lines that their annotator rejected for no fault, and they are told of', async () => {
    const rejected = '{"text":"Bob","spans":[],"answer":"reject"}\n';
    await workspace.write('rejected.jsonl', `${rejected}${JSON_LINES}`);
    const { code, stderr } = await convert('rejected.jsonl', '--check');
    expect([code, stderr.split('\n').slice(0, 2)]).toEqual([
      0,
      ['rejected.jsonl: 1 line left out', '  rejected.jsonl:1: its "answer" is "reject"'],
    ]);
  });

  it('writes nothing over what it reads', async () => {
    const { code, stderr } = await convert('columns.txt', '-o', 'columns.txt');
    expect([code, stderr]).toEqual([2, 'ner: columns.txt is read from, or written to, already: name another file\n']);
    expect(await workspace.read('columns.txt')).toBe(COLUMNS);
  });

  it('writes nothing where a corpus is wrong', async () => {
    await workspace.write('wrong.txt', 'Ana B-PER\nleft\n');
    const { code, stderr } = await convert('columns.txt', 'wrong.txt', '-o', 'none.txt');
    expect(code).toBe(3);
    expect(stderr).toContain('wrong.txt:2: expected 2 columns');
    await expect(workspace.read('none.txt')).rejects.toThrow('ENOENT');
  });
});
