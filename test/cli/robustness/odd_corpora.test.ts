import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Outcome, runBinary } from '../../support/cli.js';
import { BY_HEART, QUICK, TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'model.json');
});
afterAll(() => workspace.remove());

const run = (args: readonly string[], stdin = ''): Promise<Outcome> =>
  runBinary(args, { cwd: workspace.folder, stdin });

describe.each([
  ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['tabs between columns', (text: string) => text.replaceAll(' ', '\t')],
  ['no line end at its end', (text: string) => text.trimEnd()],
])('a corpus with %s', (_name, change) => {
  beforeAll(() => workspace.write('changed.txt', change(TINY)));

  it('trains as the plain one does', async () => {
    for (const name of ['tiny', 'changed']) {
      const args = ['train', `${name}.txt`, '-o', `${name}.json`, '--history', `${name}.jsonl`, ...QUICK];
      expect((await run(args)).code).toBe(0);
    }
    expect(await workspace.read('changed.jsonl')).toBe(await workspace.read('tiny.jsonl'));
  });

  it('scores as the plain one does', async () => {
    const plain = await run(['eval', 'tiny.txt', '--model', 'model.json']);
    expect(plain.stdout).toContain('FB1: 100.00');
    // it is told of the plain one alone that the model was trained on it
    const { code, stdout } = await run(['eval', 'changed.txt', '--model', 'model.json']);
    expect([code, stdout]).toEqual([0, plain.stdout]);
  });
});

describe('an empty token', () => {
  const CORPUS = 'Ada B-PER\n O\nleft O\n\nIt O\n\nAda B-PER\n';
  const NOTICE = 'empty.txt: 1 empty token\n  empty.txt:2: empty token with the tag O\n';
  beforeAll(() => workspace.write('empty.txt', CORPUS));

  it('is kept and reported by train', async () => {
    const { code, stderr } = await run(['train', 'empty.txt', '-o', 'new.json', ...QUICK]);
    expect(stderr).toContain(NOTICE);
    expect(stderr).toContain('3 sentences, 5 tokens');
    expect(code).toBe(0);
  });

  it('is kept and reported by eval and vocab', async () => {
    const scored = await run(['eval', 'empty.txt', '--model', 'model.json']);
    expect(scored).toMatchObject({ code: 0, stderr: NOTICE });
    expect(scored.stdout).toContain('processed 5 tokens');
    const { stdout, stderr } = await run(['vocab', 'empty.txt', '--json']);
    expect(stderr).toBe(NOTICE);
    expect(JSON.parse(stdout).tokens).toBe(5);
  });

  it('keeps its row when columns are tagged', async () => {
    const { code, stdout } = await run(['tag', '--input', 'columns', '--model', 'model.json'], CORPUS);
    expect(code).toBe(0);
    expect(stdout.split('\n')[1]).toMatch(/^ O (O|[BI]-[A-Z]+)$/);
  });
});

describe('a corpus without entities', () => {
  beforeAll(() => workspace.write('none.txt', 'It O\nrained O\n\n. O\n'));

  it('is bad data for train, which says so and writes nothing', async () => {
    const { code, stderr } = await run(['train', 'none.txt', '-o', 'none.json', ...QUICK]);
    expect(code).toBe(3);
    expect(stderr).toContain('ner: none.txt: there is nothing to learn: the training part holds no entity');
    expect(await workspace.names()).not.toContain('none.json');
  });

  it('is scored by eval', async () => {
    const { code, stdout } = await run(['eval', 'none.txt', '--model', 'model.json']);
    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      'processed 3 tokens with 0 phrases; found: 0 phrases; correct: 0.',
    ]);
  });

  it('as a dev set is warned of, and the model written', async () => {
    const args = ['train', 'tiny.txt', '--dev', 'none.txt', '-o', 'no-dev.json', ...QUICK];
    const { code, stderr } = await run(args);
    expect(stderr).toContain('warning the dev set has no entity, so every dev F1 is 0');
    expect(stderr).toContain('warning the model finds no entity of the dev set');
    expect([code, (await run(['inspect', 'no-dev.json'])).code]).toEqual([0, 0]);
  });
});

describe('a corpus of one sentence', () => {
  beforeAll(() => workspace.write('one.txt', 'Ada B-PER\nleft O\n'));

  it('cannot be split, which is bad data', async () => {
    const { code, stderr } = await run(['train', 'one.txt', '-o', 'one.json', ...QUICK]);
    expect(code).toBe(3);
    expect(stderr).toContain('ner: a corpus of one sentence cannot be split into a training and a dev part\n');
    expect(stderr).toContain('hint: give a dev set with --dev FILE');
  });

  it('is learned where a dev set is given', async () => {
    const trained = await run(['train', 'one.txt', '--dev', 'one.txt', '-o', 'one.json', ...BY_HEART]);
    expect(trained.stderr).toContain('dev F1 100.00');
    expect((await run(['tag', '--model', 'one.json', 'Ada', 'left'])).stdout).toBe('Ada\tB-PER\nleft\tO\n\n');
  });
});

describe('a corpus of one tag', () => {
  it('is learned, though nothing stands outside its entities', async () => {
    await workspace.write('all.txt', 'Ada I-PER\nByron I-PER\n\nAda I-PER\n');
    const trained = await run([
      'train',
      'all.txt',
      '--dev',
      'all.txt',
      '-o',
      'all.json',
      '--scheme',
      'IO',
      ...BY_HEART,
    ]);
    expect(trained.code).toBe(0);
    expect(trained.stderr).toContain('2 IO tags');
    expect((await run(['tag', '--model', 'all.json', 'Ada', 'Byron'])).stdout).toBe('Ada\tI-PER\nByron\tI-PER\n\n');
  });
});

describe('a dev set with types that the training part has not', () => {
  it('is warned of, and its entities are misses', async () => {
    await workspace.write('unseen.txt', 'Ada B-PER\nByron I-PER\nleft O\nOslo B-DATE\n. O\n');
    const args = ['train', 'tiny.txt', '--dev', 'unseen.txt', '-o', 'unseen.json', ...BY_HEART, '--json'];
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain('warning the dev set has types that the training part has not: DATE; all are misses\n');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).training.devScores.recall).toBe(0.5);
  });
});

describe('control characters of a corpus', () => {
  it('never reach the terminal', async () => {
    await workspace.write('escape.txt', 'Ada B-\x1b[31mX\nleft O\n\nAda B-\x1b[31mX\n');
    await workspace.write('escape\x1b.txt', 'Ada B-\x07Y\n');
    const args = ['train', 'escape.txt', '--dev', 'escape\x1b.txt', '-o', 'escape\x1b.json', ...QUICK];
    const { code, stderr } = await run(args);
    expect(stderr).toContain('\\x1b[31mX');
    expect(stderr).not.toContain('\x07');
    expect(stderr).not.toContain('\x1b');
    expect(code).toBe(0);
    expect((await run(['inspect', 'escape\x1b.json'])).stdout).not.toContain('\x1b');
  });
});
