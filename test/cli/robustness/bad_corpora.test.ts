import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../../support/cli.js';
import { QUICK, TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('good.txt', TINY);
  await workspace.learnByHeart('good.txt', 'model.json');
  const files: [string, string | Uint8Array][] = [
    ['empty', ''],
    ['blank', '\n \n\t\n'],
    ['nul', 'Ada B-PER\n\0 O\n'],
    ['latin1', Buffer.from('Ada B-PER\nM\xfcller B-PER\n', 'latin1')],
    ['utf16', Buffer.from('\ufeffAda B-PER\n', 'utf16le')],
    ['huge', `Ada B-PER\n${'x'.repeat(64 * 2 ** 20 + 1)} O\n`],
    ['long', `Ada B-PER\n${'x'.repeat(16 * 2 ** 20 + 1)} O\n`],
    ['ragged', 'Ada B-PER B-PER\nByron B-PER\nleft O O\n'],
    ['untagged', 'Ada NNP NNP\nleft VBD VBD\n'],
    ['misspelt', 'Ada B-PER B-PER\nleft O 0\nOslo B-LOC B-LOC\n'],
  ];
  for (const [name, content] of files) await workspace.write(name, content);
  await mkdir(workspace.path('folder'));
});
afterAll(() => workspace.remove());

type Call = (file: string) => string[];
const READS_TAGS: readonly [string, Call][] = [
  ['train', (file) => ['train', file, '-o', 'new.json', ...QUICK]],
  ['vocab', (file) => ['vocab', file]],
  ['eval', (file) => ['eval', file, '--model', 'model.json']],
  ['eval --predictions', (file) => ['eval', '--predictions', file]],
];
const READS_MORE_TAGS: readonly [string, Call][] = [
  ['train --dev', (file) => ['train', 'good.txt', '--dev', file, '-o', 'new.json', ...QUICK]],
  ['eval --train', (file) => ['eval', 'good.txt', '--model', 'model.json', '--train', file]],
];
const READS_TEXT: readonly [string, Call][] = [
  ['tag', (file) => ['tag', '-i', file, '--model', 'model.json']],
  ['tag --input columns', (file) => ['tag', '-i', file, '--model', 'model.json', '--input', 'columns']],
];

/** Runs the built program and sees that it fails as it should: with a message of one line, and nothing left behind. */
async function expectFailure(args: readonly string[], code: number, message: string): Promise<void> {
  const before = await workspace.names();
  const outcome = await runBinary(args, { cwd: workspace.folder });
  expect(outcome.stderr).toContain(`ner: ${message}`);
  expect(outcome.stderr).not.toContain('    at ');
  expect(outcome.code).toBe(code);
  expect(outcome.stdout.length).toBeLessThan(100); // at most the line that came before the bad one
  expect(await workspace.names()).toEqual(before);
}

describe.each([...READS_TAGS, ...READS_TEXT])('%s', (_name, call) => {
  it.each([
    ['missing', 1, 'missing: no such file'],
    ['folder', 1, 'folder: is a directory'],
    ['nul', 3, 'nul:2: looks like a binary file: it holds a NUL byte'],
    ['latin1', 3, 'latin1:2: '],
    ['utf16', 3, 'utf16: this is UTF-16, not UTF-8'],
  ])('refuses %s with exit code %i and its place', (file, code, message) => expectFailure(call(file), code, message));
});

describe.each(READS_TAGS)('%s', (_name, call) => {
  it.each(['empty', 'blank'])('refuses a file without a row: %s', (file) =>
    expectFailure(call(file), 3, `${file}: no sentences`),
  );

  it('refuses rows of different widths with the line and what was found', () =>
    expectFailure(call('ragged'), 3, 'ragged:2: expected '));

  it('refuses a file without tags with the first value that is none', async () => {
    const { code, stderr } = await runBinary(call('untagged'), { cwd: workspace.folder });
    expect(stderr).toMatch(/^ner: untagged:1: .*"NNP"/m);
    expect(code).toBe(3);
  });

  it('refuses a misspelt tag with its line', () => expectFailure(call('misspelt'), 3, 'misspelt:2: column 3 ('));
});

describe.each(READS_MORE_TAGS)('%s', (_name, call) => {
  it.each([
    ['missing', 1, 'missing: no such file'],
    ['ragged', 3, 'ragged:2: expected 3 columns'],
  ])('refuses %s with exit code %i and its place', (file, code, message) => expectFailure(call(file), code, message));
});

describe('a file without a row', () => {
  it.each(READS_TEXT)('is tagged as nothing by %s', async (_name, call) => {
    expect(await runBinary(call('empty'), { cwd: workspace.folder })).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('a line that no memory should have to hold', () => {
  it.each([READS_TAGS[0], READS_TAGS[3]])('is refused by %s with its place', (_name, call) =>
    expectFailure(call('huge'), 3, 'huge:2: a line longer than 64 MiB'),
  );

  it.each(READS_TEXT)('is refused by %s with its place, earlier than by others', (_name, call) =>
    expectFailure(call('long'), 3, 'long:2: a line longer than 16 MiB'),
  );
});

describe('rows of different widths', () => {
  it('are refused by tag --input columns with the line', () =>
    expectFailure(READS_TEXT[1][1]('ragged'), 3, 'ragged:2: expected 3 columns'));
});

describe('standard input', () => {
  it('named twice is a wrong call', () =>
    expectFailure(['train', '-', '--dev', '-'], 2, '"-" is named twice, but standard input can be read only once'));

  it('that holds nothing is tagged as nothing', async () => {
    const outcome = await runBinary(['tag', '--model', 'model.json'], { cwd: workspace.folder });
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('that holds nothing is bad data for train', () =>
    expectFailure(['train', '-', '-o', 'new.json'], 3, 'standard input: no sentences'));
});
