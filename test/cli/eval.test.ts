import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosedOutput } from '../../src/cli/fail.js';
import { Encoder } from '../../src/encode/encoder.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { formatModel } from '../../src/model/json.js';
import type { TrainingRecord } from '../../src/model/record.js';
import { resolveSettings } from '../../src/model/settings.js';
import { entitiesOf } from '../../src/text/tags.js';
import { createTagger, train } from '../../src/train/trainer.js';
import { runBinary, runInProcess } from '../support/cli.js';
import { readFixture } from '../support/conlleval.js';

const FIXTURES = [
  'iob1',
  'iob2',
  'iob2-noisy',
  'iob2-only-i-predicted',
  'no-entities',
  'nothing-predicted',
  'random-malformed',
];

/** Two of three gold entities found, one of them with the wrong type: TP 1, FP 1, FN 2. */
const SMALL = 'Ana B-PER B-PER\nleft O O\nOslo B-LOC B-ORG\n\nBo B-PER O\nran O O\n';

let folder: string;
const path = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(path(name), text);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ner-eval-'));
  write('small.txt', SMALL);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runInProcess(['eval', ...args], { cwd: folder });

describe('what eval says beside the score', () => {
  const predictions = (gold: string, predicted: string) =>
    runInProcess(['eval', '--predictions', '-'], { stdin: `Ana ${gold} ${predicted}\nleft O O\n` });

  it('warns where gold and predicted tags are of different schemes', async () => {
    const { stderr } = await predictions('B-PER', 'S-PER');
    expect(stderr).toContain('gold tags are IOB2, predicted ones BIOES: the accuracy compares tags letter by letter');
    expect((await predictions('B-PER', 'B-PER')).stderr).toBe('');
  });
});

describe('the printed score', () => {
  it.each(FIXTURES)(
    'of %s is that of the official script byte for byte, from a file and from standard input',
    async (name) => {
      const text = readFixture(`${name}.txt`);
      write('columns.txt', text);
      const expected = readFixture(`${name}.expected`);
      expect(await run('--predictions', 'columns.txt')).toMatchObject({ code: 0, stdout: expected });
      const piped = await runInProcess(['eval', '--predictions', '-'], { stdin: text });
      expect(piped).toMatchObject({ code: 0, stdout: expected });
    },
  );

  it('of random tags is the same through the real program', async () => {
    const stdin = readFixture('random-malformed.txt');
    const { code, stdout } = await runBinary(['eval', '--predictions', '-'], { stdin });
    expect([code, stdout]).toEqual([0, readFixture('random-malformed.expected')]);
  });

  it('is followed by an empty line and the details with --details', async () => {
    const plain = (await run('--predictions', 'small.txt')).stdout;
    const { stdout } = await run('--predictions', 'small.txt', '--details');
    expect(stdout.startsWith(`${plain}\nEntities by type`)).toBe(true);
    expect(stdout).toMatch(/^all \(micro\) +1 +1 +2 /m);
    expect(stdout).toContain('small.txt:3');
  });

  it('is followed by the details on a terminal', async () => {
    const { stdout } = await runInProcess(['eval', '--predictions', 'small.txt'], { cwd: folder, tty: true });
    expect(stdout).toContain('Most frequent errors');
  });

  it('shows a terminal the escape of a type as text, and a pipe as it is', async () => {
    write('escape.txt', 'Ana B-\u001b[2J B-\u001b[2J\n');
    const args = ['eval', '--predictions', 'escape.txt'];
    expect((await runInProcess(args, { cwd: folder, tty: true })).stdout).not.toContain('\u001b[2J');
    expect((await runInProcess(args, { cwd: folder })).stdout).toContain('\u001b[2J');
  });

  it('leaves illegal tags to standard error, with their number and first places', async () => {
    write('illegal.txt', `Ana B-PER B-PER\n\n${'Bo I-PER O\n\n'.repeat(4)}${'Cy B-PER O\n\n'.repeat(9)}`);
    const { stderr } = await run('--predictions', 'illegal.txt');
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^illegal\.txt: 4 tags/),
      ...[3, 5, 7].map((line) => expect.stringContaining(`  illegal.txt:${line}: gold I-PER`)),
      '  … and 1 more',
      '',
    ]);
  });
});

describe('entities seen in training', () => {
  it('are scored apart from the others with --train', async () => {
    write('train.tsv', 'Ana\tB-PER\nand\tO\nBo\tB-ORG\n');
    const { stdout } = await run('--predictions', 'small.txt', '--train', 'train.tsv', '--json');
    const report = JSON.parse(stdout);
    // Ana is seen as PER and found; Oslo and Bo are not seen as what they are
    expect(report.details.bySeen.seen).toMatchObject({ tp: 1, fp: 0, fn: 0 });
    expect(report.details.bySeen.unseen).toMatchObject({ tp: 0, fp: 1, fn: 2 });
    expect(report.train).toEqual([{ file: 'train.tsv', sha256: sha256('Ana\tB-PER\nand\tO\nBo\tB-ORG\n') }]);
  });

  it('are read from the columns named', async () => {
    write('three.tsv', 'x\tAna\tB-PER\nx\tran\tO\n');
    const args = ['--predictions', 'small.txt', '--json', '--train', 'three.tsv', '--token-column'];
    const seen = async (column: string) => JSON.parse((await run(...args, column)).stdout).details.bySeen.seen.tp;
    expect([await seen('1'), await seen('2')]).toEqual([0, 1]);
  });
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('--map', () => {
  const report = async (...args: string[]) =>
    JSON.parse((await run('--predictions', 'small.txt', '--json', ...args)).stdout);

  it('scores a type as another, in gold and predicted tags alike', async () => {
    expect((await report('--map', 'LOC=ORG')).micro).toMatchObject({ tp: 2, fp: 0, fn: 1 });
    expect((await report('--map', 'ORG=LOC', '--map', 'PER=person')).perType).toMatchObject({
      LOC: { tp: 1, fp: 0, fn: 0 },
      person: { tp: 1, fp: 0, fn: 1 },
    });
  });

  it('leaves a type out, and tells in the report what it did', async () => {
    const { perType, map } = await report('--map', 'PER=');
    expect([Object.keys(perType), map]).toEqual([['LOC', 'ORG'], { PER: null }]);
    expect(await report()).not.toHaveProperty('map');
  });

  it('holds for the entities seen in training', async () => {
    write('seen.txt', 'Ana B-person\nleft O\n');
    const { details } = await report('--train', 'seen.txt', '--map', 'person=PER');
    const { stderr } = await run('--predictions', 'small.txt', '--train', 'seen.txt', '--map', 'person=PER');
    expect(stderr).toBe('');
    expect(details.bySeen.seen).toMatchObject({ tp: 1, fp: 0, fn: 0 });
    expect((await report('--train', 'seen.txt')).details.bySeen.seen).toMatchObject({ tp: 0, fn: 0 });
  });

  it('is told of types that nothing has, and refused where it renames nothing', async () => {
    const { stderr } = await run('--predictions', 'small.txt', '--map', 'loc=LOC');
    expect(stderr).toBe('warning --map has no effect on loc: entities are of LOC ORG PER\n');
    write('none.txt', 'Ana O O\n');
    const none = await run('--predictions', 'none.txt', '--map', 'loc=LOC');
    expect(none.stderr).toBe('warning --map has no effect on loc: there is no entity\n');
    const { code } = await run('--predictions', 'small.txt', '--map', 'LOC');
    expect(code).toBe(2);
  });
});

describe('--json', () => {
  it('prints one object of fractions, hashes and gates', async () => {
    const { stdout } = await run('--predictions', 'small.txt', '--json', '--min', 'PER.recall=0.5');
    const file = { file: 'small.txt', sha256: sha256(SMALL) };
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      sentences: 2,
      tokens: 5,
      accuracy: 3 / 5,
      micro: { tp: 1, fp: 1, fn: 2, precision: 1 / 2, recall: 1 / 3, f1: 2 / 5 },
      perType: { LOC: { fn: 1 }, ORG: { fp: 1 }, PER: { tp: 1, fn: 1 } },
      predictions: file,
      data: [file],
      gates: [{ type: 'PER', metric: 'recall', minimum: 0.5, value: 0.5, passed: true }],
    });
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
  });

  it('keeps a type called __proto__', async () => {
    write('proto.txt', 'a B-__proto__ B-__proto__\n');
    const { stdout } = await run('--predictions', 'proto.txt', '--json');
    expect(stdout).toContain('"perType":{"__proto__":{"tp":1');
  });
});

describe('gates', () => {
  it('let a score at the minimum pass', async () => {
    expect((await run('--predictions', 'small.txt', '--min-f1', '0.4', '--min', 'PER.precision=1')).code).toBe(0);
  });

  it('are not asked of the bundled model, which a job would only meet by mistake', async () => {
    const { code, stdout, stderr } = await run('small.txt', '--min-f1', '0.1');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('a minimum is asked for, but of which model?');
    expect((await run('small.txt')).code).toBe(0);
  });

  it('that fail are named on one line, with exit code 5 and the score printed', async () => {
    const args = ['--min-f1', '0.5', '--min', 'PER.recall=0.4', '--min', 'accuracy=.9'];
    const { code, stdout, stderr } = await run('--predictions', 'small.txt', ...args);
    expect(code).toBe(5);
    expect(stdout).toMatch(/^processed 5 tokens/);
    expect(stderr).toBe('ner: f1 0.4 is below 0.5; accuracy 0.6 is below 0.9\n');
  });

  it('hold where the reader of the score has gone', async () => {
    const { code, stderr } = await runInProcess(['eval', '--predictions', 'small.txt', '--min-f1', '0.5'], {
      cwd: folder,
      onWrite: (_text, output) => {
        if (output === 'stdout') throw new ClosedOutput();
      },
    });
    expect([code, stderr]).toEqual([5, 'ner: f1 0.4 is below 0.5\n']);
  });

  it('are written as JUnit XML before they fail', async () => {
    const { code } = await run(
      '--predictions',
      'small.txt',
      '--min-f1',
      '0.5',
      '--min',
      'recall=0',
      '--junit',
      'junit.xml',
    );
    expect(code).toBe(5);
    const xml = readFileSync(path('junit.xml'), 'utf8');
    expect(xml).toContain('tests="2" failures="1"');
    expect(xml).toContain('message="f1 0.4 is below 0.5"');
  });

  it('are missed where their file is asked for without any', async () => {
    const { code, stderr } = await run('--predictions', 'small.txt', '--junit', 'none.xml');
    expect(code).toBe(0);
    expect(stderr).toBe('warning --junit has no test to write of: no minimum is asked for, by --min-f1 or --min\n');
    expect(readFileSync(path('none.xml'), 'utf8')).toContain('tests="0"');
  });

  it('of a run on bad data do not leave what an earlier run wrote', async () => {
    write('bad.txt', 'Ana PER PER\n');
    const gates = ['--min-f1', '0.1', '--junit', 'again.xml'];
    expect((await run('--predictions', 'small.txt', ...gates)).code).toBe(0);
    expect((await run(...gates)).code).toBe(2);
    expect(readFileSync(path('again.xml'), 'utf8')).toContain('message="no gold corpus given"');
    expect((await run('--predictions', 'bad.txt', ...gates)).code).toBe(3);
    const xml = readFileSync(path('again.xml'), 'utf8');
    expect(xml).toContain('tests="1" failures="0" errors="1"');
    expect(xml).toContain('<error type="error" message="bad.txt:1: ');
  });

  it.each([
    ['--min-f1', '80'],
    ['--min-f1', '-0.1'],
    ['--min', 'f1'],
    ['--min', 'PER.f2=0.5'],
    ['--min', 'PER.f1=1.5'],
  ])('%s %s is a wrong call', async (flag, value) => {
    expect(await run('--predictions', 'small.txt', flag, value)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('predictions in a file of their own', () => {
  const [gold, theirs] = ['gold.txt', 'theirs.jsonl'];
  beforeAll(() => {
    write(gold, SMALL.replace(/ \S+$/gm, ''));
    write(
      theirs,
      '{"tokens":["Ana","left","Oslo"],"tags":["S-PER","O","S-ORG"]}\n{"tokens":["Bo","ran"],"tags":["O","O"]}\n',
    );
  });

  it.each([
    ['tags', { tokens: ['Ana', 'left', 'Oslo'], tags: ['B-PER', 'O', 'B-LOC'], predicted: ['O', 'O', 'S-LOC'] }],
    [
      'entities',
      {
        text: 'Ana left Oslo',
        entities: [
          { type: 'PER', start: 0, end: 3 },
          { type: 'LOC', start: 9, end: 13 },
        ],
        predicted: [{ type: 'LOC', start: 9, end: 13 }],
      },
    ],
    ['nothing', { text: 'Ana left Oslo', entities: [{ type: 'PER', start: 0, end: 3 }], predicted: [] }],
  ])('are what ner tag has found, where a line keeps its own %s beside it', async (what, line) => {
    write('own-gold.txt', 'Ana B-PER\nleft O\nOslo B-LOC\n');
    write('found.jsonl', `${JSON.stringify(line)}\n`);
    const { code, stdout } = await run('own-gold.txt', '--predictions', 'found.jsonl', '--json');
    const found = what === 'nothing' ? 0 : 1;
    expect([code, JSON.parse(stdout).micro]).toMatchObject([0, { tp: found, fp: 0, fn: 2 - found }]);
    // the gold side of the same file stays what it is
    const same = await run('found.jsonl', '--predictions', 'own-gold.txt', '--json');
    expect(JSON.parse(same.stdout).micro).toMatchObject({ tp: what === 'nothing' ? 1 : 2, fn: 0 });
  });

  it('score as they do beside the gold tags, gates and JSON too', async () => {
    const { stdout } = await run('--predictions', 'small.txt');
    expect(await run(gold, '--predictions', theirs)).toEqual({ code: 0, stdout, stderr: '' });
    expect((await run(gold, '--predictions', theirs, '--min-f1', '0.9')).code).toBe(5);
    const { micro, predictions, data } = JSON.parse((await run(gold, '--predictions', theirs, '--json')).stdout);
    expect([micro.tp, predictions.file, data[0].file]).toEqual([1, theirs, gold]);
  });

  it('of other tokens are refused with the place', async () => {
    write('other.txt', 'Ana B-PER\nleft O\nRome B-LOC\n\nBo B-PER\nran O\n');
    expect(await run(gold, '--predictions', 'other.txt')).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'ner: other.txt:3: "Rome", where gold.txt:3 has "Oslo"\n' +
        'hint: gold tags and predictions must be of the same sentences, token by token, in the same order; ' +
        'what `ner tag --input columns` writes is\n',
    });
  });

  it('that are the gold tags themselves are told of, unless they stand beside them', async () => {
    write('copy.txt', 'Ana B-PER\nleft O\n');
    const { code, stderr } = await run('copy.txt', '--predictions', 'copy.txt');
    expect([code, stderr]).toEqual([
      0,
      'warning copy.txt and copy.txt hold the same: gold tags are compared with themselves\n',
    ]);
    const line = { text: 'Ana left', entities: [{ type: 'PER', start: 0, end: 3 }], predicted: [] };
    write('both.jsonl', `${JSON.stringify(line)}\n`);
    expect((await run('both.jsonl', '--predictions', 'both.jsonl')).stderr).toBe('');
  });
});

describe('a call that cannot be carried out', () => {
  it.each([
    [[], 'no gold corpus given'],
    [['--train', 'small.txt'], 'no gold corpus given'],
    [['--model', 'm.json', '--predictions', 'small.txt'], 'cannot be used with'],
    [['--predictions', '-', '--train', '-'], 'standard input can be read only once'],
    [['small.txt', '--tag-column', '0', '--model', 'm.json'], 'from 1 to'],
    [['--predictions', 'small.txt', '--tag-column', '2'], '--tag-column is of corpora, not of --predictions'],
    [['--predictions', 'small.txt', '--token-column', '1'], '--token-column is of corpora, not of --predictions'],
  ])('%j is refused with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('with --predictions, columns can be named of the training corpora', async () => {
    const { code, stderr } = await run('--predictions', 'small.txt', '--train', 'small.txt', '--tag-column', '2');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('names a file that is not there', async () => {
    const { code, stderr } = await run('--predictions', 'nowhere.txt');
    expect([code, stderr]).toEqual([1, 'ner: nowhere.txt: no such file\n']);
  });

  it('names the line of a value that is no tag', async () => {
    write('bad.txt', 'Ana B-PER B-PER\nleft O x\n');
    const { code, stderr } = await run('--predictions', 'bad.txt');
    expect(code).toBe(3);
    expect(stderr).toContain('bad.txt:2: ');
  });

  it('says before scoring that the JUnit file cannot be written', async () => {
    const { code, stdout, stderr } = await run('--predictions', 'small.txt', '--junit', folder);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('is a directory');
  });
});

const SENTENCES = [
  { tokens: ['Ana', 'Paz', 'left', 'Oslo'], tags: ['B-PER', 'I-PER', 'O', 'B-LOC'] },
  { tokens: ['Oslo', 'saw', 'Ana'], tags: ['B-LOC', 'O', 'B-PER'] },
];
const columns = (prefix: (tag: string) => string): string =>
  SENTENCES.map(({ tokens, tags }) => `${tokens.map((token, t) => `${token}\t${prefix(tags[t])}\n`).join('')}\n`).join(
    '',
  );

describe('a model', () => {
  let model: string;

  beforeAll(async () => {
    model = await trainTinyModel();
    write('model.json', model);
    write(
      'gold.tsv',
      columns((tag) => tag),
    );
  });

  it('that has learnt the gold corpus scores 100, with every token right', async () => {
    const { code, stdout, stderr } = await run('gold.tsv', '--model', 'model.json');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      'processed 7 tokens with 4 phrases; found: 4 phrases; correct: 4.\n' +
        'accuracy: 100.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00\n' +
        '              LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  2\n' +
        '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  2\n',
    );
  });

  it('predicts in the scheme of each corpus', async () => {
    write(
      'io.tsv',
      columns((tag) => tag.replace('B-', 'I-')),
    );
    const { stdout } = await run('io.tsv', 'gold.tsv', '--model', 'model.json', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ tokens: 14, accuracy: 1, micro: { tp: 8, fp: 0, fn: 0 } });
  });

  it('misses what the gold corpus has and it does not', async () => {
    write('other.tsv', 'Ana\tB-PER\nPaz\tI-PER\nleft\tB-MISC\nOslo\tB-LOC\n');
    const { stdout } = await run('other.tsv', '--model', 'model.json', '--json');
    expect(JSON.parse(stdout).perType).toMatchObject({ MISC: { tp: 0, fn: 1 }, PER: { tp: 1 }, LOC: { tp: 1 } });
  });

  it('is scored on a corpus without entities', async () => {
    write('plain.tsv', 'left\tO\nsaw\tO\n');
    const { code, stdout } = await run('plain.tsv', '--model', 'model.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^processed 2 tokens with 0 phrases;/);
  });

  it('is named with its hash and those of the gold corpora, and found by $NER_MODEL', async () => {
    const settings = { cwd: folder, env: { NER_MODEL: 'model.json' } };
    const { stdout } = await runInProcess(['eval', 'gold.tsv', '--json'], settings);
    expect(JSON.parse(stdout)).toMatchObject({
      model: { file: 'model.json', sha256: sha256(model) },
      data: [{ file: 'gold.tsv', sha256: sha256(columns((tag) => tag)) }],
    });
  });

  it('that is damaged ends with exit code 4', async () => {
    write('cut.json', model.slice(0, -100));
    expect(await run('gold.tsv', '--model', 'cut.json')).toMatchObject({ code: 4, stdout: '' });
  });

  it('reports the empty tokens of the gold corpus on standard error', async () => {
    write('empty.tsv', 'Ana\tB-PER\n\tO\n');
    const { code, stderr } = await run('empty.tsv', '--model', 'model.json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^empty\.tsv: 1 empty token\n {2}empty\.tsv:2: /);
  });
});

async function trainTinyModel(): Promise<string> {
  const settings = resolveSettings({ hidden: 8, epochs: 60, batchSize: 1, dropRare: false });
  const examples = SENTENCES.map(({ tokens, tags }) => ({ tokens, entities: entitiesOf(tags) }));
  const encoder = Encoder.build(examples, settings);
  const { tagger } = await train(
    createTagger(encoder, ['LOC', 'PER'], settings, new ReferenceKernels()),
    examples,
    examples,
  );
  const corpus = { sha256: [], sentences: 2, tokens: 7, entities: 4 };
  const record: TrainingRecord = {
    version: '0.0.0',
    kernels: 'reference',
    train: corpus,
    heldOut: false,
    dev: corpus,
    epochs: 60,
    bestEpoch: 60,
    stopped: 'finished',
    devScores: { precision: 1, recall: 1, f1: 1 },
  };
  return new TextDecoder().decode(await formatModel({ tagger, record }));
}
