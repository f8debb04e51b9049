import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workspace } from '../support/small_model.js';

/** Two documents, three times; the second column tells apart what the words do not. */
const DOCUMENTS = [
  '-DOCSTART- X O\n\nMay NNP B-PER\nsaw VBD O\nOslo NNP B-LOC\n\nMay MD O\nhe PRP O\ncome VB O\n\n',
  '-DOCSTART- X O\n\nMay NNP B-PER\nran VBD O\n\nmay MD O\n\n',
]
  .join('')
  .repeat(3);
const KINDS =
  'word,lower,prefix,suffix,shape,trigrams,conjunctions:both,mention,word-tags,form-tags,tag-place,bigram-tags,' +
  'sentence-case,sentence-length,document-case,document-count,context,headline';
const QUICK = ['--preset', 'textbook', '--dev', 'corpus.txt', '--epochs', '2', '--hidden', '8', '--json'];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('corpus.txt', DOCUMENTS);
  await workspace.write('names.txt', 'Oslo\nNew York\n\nNew York City\n');
});
afterAll(() => workspace.remove());

const run = (...args: string[]) => workspace.run(args);
const tagsIn = (columns: string) => columns.split('\n').map((row) => row.split(' ').at(-1));

describe('a model of all kinds', () => {
  beforeAll(async () => {
    const { code } = await run('train', 'corpus.txt', ...QUICK, '--features', KINDS, '-o', 'all.json');
    expect(code).toBe(0);
  });

  it('scores in ner eval what it scored in training, and tags so in ner tag', async () => {
    const trained = await run('train', 'corpus.txt', ...QUICK, '--features', KINDS, '-o', 'again.json');
    expect(await workspace.read('again.json')).toBe(await workspace.read('all.json'));
    const { code, stdout } = await run('eval', 'corpus.txt', '--model', 'all.json');
    expect(code).toBe(0);
    const { f1 } = JSON.parse(trained.stdout).training.devScores;
    expect(stdout).toContain(`FB1: ${(100 * f1).toFixed(2).padStart(6)}`);
  });

  it('tags the same whether text comes at once, or documents are given apart', async () => {
    const words = 'May saw Oslo\nOslo ran\n\nOslo may\nMay he come\n';
    await workspace.write('all.txt', words);
    const tag = async (file: string, documents: string) =>
      (
        await run(
          'tag',
          '-i',
          file,
          '--input',
          'tokens',
          '--documents',
          documents,
          '--model',
          'all.json',
          '--probabilities',
        )
      ).stdout;
    const parts: string[] = [];
    for (const [i, part] of words.split('\n\n').entries()) {
      await workspace.write(`part${i}.txt`, part);
      parts.push(await tag(`part${i}.txt`, 'file'));
    }
    expect((await tag('all.txt', 'blank')).replaceAll('\n\n\n', '\n\n')).toBe(
      parts.join('').replaceAll('\n\n\n', '\n\n'),
    );
    expect(await tag('all.txt', 'line')).not.toBe(await tag('all.txt', 'file'));
  });
});

describe('a model of documents', () => {
  /** Longer than what threads begin for; one document is longer than a block, and is preceded by sentences without a mark. */
  const sentences = ['May NNP\nsaw VBD\nOslo NNP\n\n', 'may MD\nhe PRP\n\n', 'Oslo NNP\nran VBD\n\n'];
  const many = (count: number) => Array.from({ length: count }, (_, i) => sentences[(i * i) % 3]).join('');
  const columns =
    many(2) +
    Array.from({ length: 1500 }, (_, i) => `-DOCSTART- X\n${i % 2 === 0 ? '\n' : ''}${many(i % 13)}`).join('') +
    `-DOCSTART- X\n\n${many(3000)}${`${'Oslo'.repeat(250)} NNP\n\n`.repeat(1200)}-DOCSTART- X\n\n${many(500)}`;

  beforeAll(async () => {
    const settings = ['--features', 'word,document-count,document-case', '-o', 'documents.json'];
    expect((await run('train', 'corpus.txt', ...QUICK, ...settings)).code).toBe(0);
    await workspace.write('long.txt', columns);
    await workspace.write('lines.txt', columns.replaceAll(/-DOCSTART- X\n/g, '\n').replaceAll(/ \w+\n/g, ' '));
  });

  it.each([
    ['long.txt', 'columns'],
    ['lines.txt', 'tokens'],
  ])(
    'tags %s the same on any number of threads',
    async (file, input) => {
      const order = ['-i', file, '--input', input, '--documents', 'blank', '--model', 'documents.json'];
      const alone = await run('tag', ...order, '--threads', '1');
      expect([alone.code, alone.stdout.length > columns.length]).toEqual([0, true]);
      const together = await run('tag', ...order, '--threads', '3');
      expect(together.stdout === alone.stdout).toBe(true);
    },
    60_000,
  );

  it('is told what a document is without a warning', async () => {
    const { code, stderr } = await run('tag', '-i', 'lines.txt', '--documents', 'blank', '--model', 'documents.json');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('tags documents apart as it tags them together', async () => {
    const parts = columns.split(/^(?=-DOCSTART-)/m).slice(1, 30);
    const tag = async (text: string) => {
      await workspace.write('part.txt', text);
      return (await run('tag', '-i', 'part.txt', '--input', 'columns', '--model', 'documents.json')).stdout;
    };
    const whole = await tag(parts.join(''));
    expect(whole.startsWith(await tag(parts.slice(0, 7).join('')))).toBe(true);
  });
});

describe('--features column:N', () => {
  beforeAll(async () => {
    const settings = [...QUICK, '--features', 'column:2', '--epochs', '30', '--dev', 'corpus.txt'];
    const { code, stderr } = await run('train', 'corpus.txt', ...settings, '-o', 'column.json');
    expect([code, stderr.includes('one-hots of 5 entries')]).toEqual([0, true]);
  });

  it('reads that column in training, in ner eval and in ner tag', async () => {
    const scored = await run('eval', 'corpus.txt', '--model', 'column.json', '--min-f1', '0.6');
    expect(scored.code).toBe(0);
    const text = 'Nobody NNP\ncame VBD\n\nMay MD\nhe PRP\n';
    await workspace.write('columns.txt', text);
    const { stdout } = await run('tag', '-i', 'columns.txt', '--input', 'columns', '--model', 'column.json');
    expect(tagsIn(stdout).slice(1)).toEqual(['O', '', 'O', 'O', '']);
    expect(tagsIn(stdout)[0]).toMatch(/^B-/);
  });

  it.each([
    [['tag', 'May', '--model', 'column.json'], 2, 'the model reads column 2 of column files, which text has not'],
    [
      ['train', 'corpus.txt', '--features', 'column:9'],
      2,
      'there is no column 9 for the features: the file has 3 columns',
    ],
    [['train', 'corpus.jsonl', '--features', 'column:2'], 2, 'this is JSON Lines'],
  ])('%j is refused', async (args, exitCode, message) => {
    await workspace.write('corpus.jsonl', '{"text":"Ana ran","entities":[{"start":0,"end":3,"type":"PER"}]}\n');
    const { code, stderr } = await run(...args);
    expect([code, stderr.includes(message)]).toEqual([exitCode, true]);
  });
});

describe('--gazetteer', () => {
  it('adds the feature, and the model keeps the names', async () => {
    const settings = [...QUICK, '--gazetteer', 'LOC=names.txt', '--dev', 'corpus.txt'];
    const { code } = await run('train', 'corpus.txt', ...settings, '-o', 'names.json');
    expect(code).toBe(0);
    const model = JSON.parse(await workspace.read('names.json'));
    expect(model.settings.features).toBe('word,gazetteer');
    expect(model.vocabularies[1].state).toEqual([['LOC', 'new york\nnew york city\noslo\n']]);
  });

  it('shows in ner vocab', async () => {
    const { stdout } = await run(
      'vocab',
      'corpus.txt',
      '--gazetteer',
      'LOC=names.txt',
      '--one-hot',
      'OSLO',
      '--features',
      'gazetteer',
    );
    expect(stdout).toMatch(/^S-LOC {2}x ∈ \{0,1\}\^2, x\[1\] = 1/);
  });

  it.each([
    ['names.txt', 2, 'expected a type and a file'],
    ['LOC=nowhere.txt', 1, 'nowhere.txt: no such file'],
    ['LOC=blank.txt', 3, 'blank.txt: there is no name'],
  ])('%s is refused', async (list, exitCode, message) => {
    await workspace.write('blank.txt', '\n \n');
    const { code, stderr } = await run('train', 'corpus.txt', '--gazetteer', list);
    expect([code, stderr.includes(message)]).toEqual([exitCode, true]);
  });
});
