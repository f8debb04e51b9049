import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pressableSignals, runBinary } from '../support/cli.js';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

const CORPUS = Array.from({ length: 6 }, () => TINY).join('\n');
const TRAINING = [
  'train',
  'corpus.tsv',
  '--dev',
  'corpus.tsv',
  ...QUICK,
  '--learning-rate',
  '0.5',
  '--batch-size',
  '1',
  '--threads',
  '1',
];
const SEVERAL = [
  ...TRAINING,
  '--members',
  '3',
  '--variant',
  'cell=gru features=word,suffix:1-2 epochs=3 table-learning-rate=0.5',
];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('corpus.tsv', CORPUS);
  const { code, stderr } = await workspace.run([...SEVERAL, '-o', 'three.json', '--history', 'history.jsonl']);
  if (code !== 0) throw new Error(stderr);
});
afterAll(() => workspace.remove());

describe('ner train --members', () => {
  it('says what each network is and how they do together', async () => {
    const { stderr } = await workspace.run([...SEVERAL, '-o', 'other.json']);
    expect(stderr).toMatch(
      /network 1 of 3\n.*\n.*elman.*\n(epoch .*\n){2}network 2 of 3\n.*suffix:1-2 .*\n.*gru.*\n(epoch .*\n){3}2 networks together: dev F1 .*\nnetwork 3 of 3\n/,
    );
    expect(stderr).toMatch(
      /\n3 networks together: dev F1 ([\d.]+) .*\nbest {3}3 networks: dev F1 \1; wrote other\.json\n$/,
    );
    expect(await workspace.read('other.json')).toBe(await workspace.read('three.json'));
  });

  it('writes a line of history for every epoch of every network', async () => {
    const lines = (await workspace.read('history.jsonl')).trim().split('\n');
    const epochs = lines.map((line) => JSON.parse(line)).map(({ member, epoch }) => [member, epoch]);
    expect(epochs).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 1],
      [3, 2],
    ]);
  });

  it('makes one file, which eval scores as training told, tag reads, and verify makes again', async () => {
    const { training } = JSON.parse(await workspace.read('three.json'));
    expect(training.members.map(({ epochs }: { epochs: number }) => epochs)).toEqual([2, 3, 2]);
    const evaluated = await workspace.run(['eval', 'corpus.tsv', '--model', 'three.json', '--json']);
    expect(JSON.parse(evaluated.stdout).micro.f1).toBe(training.devScores.f1);
    const tagged = await workspace.run(['tag', '--model', 'three.json', 'Ada left Oslo']);
    expect(tagged.stdout).toMatch(/^Ada\tB-PER\nleft\tO\nOslo\tB-LOC\n/);
    const verified = await workspace.run(['verify', 'three.json', 'corpus.tsv', '--dev', 'corpus.tsv']);
    expect(verified.stderr).not.toContain('error');
    expect(verified.code).toBe(0);
  });

  it('trains each network as if it were alone', async () => {
    await workspace.run([...TRAINING, '-o', 'one.json']);
    const [three, one] = await Promise.all(
      ['three.json', 'one.json'].map(async (name) => JSON.parse(await workspace.read(name))),
    );
    expect(three.parameters.slice(0, one.parameters.length)).toEqual(one.parameters);
    const second = three.members[0].settings;
    await workspace.write('second.json', JSON.stringify(second));
    await workspace.run(['train', 'corpus.tsv', '--dev', 'corpus.tsv', '--config', 'second.json', '-o', 'two.json']);
    const two = JSON.parse(await workspace.read('two.json'));
    const inFile = three.parameters.filter(({ name }: { name: string }) => name.startsWith('2.'));
    expect(inFile.map(({ data }: { data: string }) => data)).toEqual(
      two.parameters.map(({ data }: { data: string }) => data),
    );
  });

  it('scores folds with all networks', async () => {
    const { code, stdout } = await workspace.run([
      ...SEVERAL.filter((_, i) => i !== 2 && i !== 3),
      '--folds',
      '2',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ settings: { members: 3 }, folds: [{ fold: 1 }, { fold: 2 }] });
  });

  it('warns of networks that pull the others down', async () => {
    const rates = 'learning-rate=1000 table-learning-rate=1000 clip=0';
    const poor = ['--members', '3', '--variant', rates, '--variant', rates];
    const { stderr } = await workspace.run([...TRAINING, ...poor, '--epochs', '10', '-o', 'poor.json']);
    expect(stderr).toMatch(/\nwarning network 1 alone has a better dev F1 than all together: [\d.]+\n/);
    const { stderr: good } = await workspace.run([...SEVERAL, '-o', 'other.json']);
    expect(good).not.toContain('than all together');
  });

  it('a network that diverges leaves the model of those before, which can be verified', async () => {
    // one step makes W so large that the states of a long sentence overflow
    await workspace.write('long.tsv', `${'Ada\tB-PER\nleft\tO\nOslo\tB-LOC\n'.repeat(200)}\n`.repeat(4));
    const training = ['train', 'long.tsv', '--dev', 'long.tsv', '--preset', 'textbook', '--epochs', '3'];
    const diverging = ['--members', '2', '--variant', 'activation=relu hidden=32 learning-rate=1000 clip=0'];
    const { code, stderr } = await workspace.run([...training, ...diverging, '-o', 'left.json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/is no longer a finite number/);
    expect(stderr).toContain('left.json holds the model of 1 network');
    expect((await workspace.run(['verify', 'left.json', 'long.tsv', '--dev', 'long.tsv'])).code).toBe(0);
  });

  it('interrupted in a further network leaves those before, which can be verified', async () => {
    const { signals, press } = pressableSignals();
    const endless = SEVERAL.map((word) => word.replace('epochs=3', 'epochs=90000'));
    let isSecond = false;
    const { code, stderr } = await workspace.run([...endless, '-o', 'stopped.json'], {
      signals,
      onWrite: (text) => {
        isSecond ||= text.startsWith('network 2 of 3');
        if (isSecond && text.startsWith('epoch')) press('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('best   epoch');
    const { training, members } = JSON.parse(await workspace.read('stopped.json'));
    expect(training).toMatchObject({ epochs: 2, stopped: 'interrupted' });
    expect(training.members).toBeUndefined();
    expect(members).toBeUndefined();
    const verified = await workspace.run(['verify', 'stopped.json', 'corpus.tsv', '--dev', 'corpus.tsv']);
    expect(verified.code).toBe(0);
  });

  it.each([
    [['--members', '2', '--variant', 'cell=rnn'], 'settings: cell: '],
    [['--members', '2', '--variant', 'scheme=IO'], '"scheme=IO" is not the value of a setting that may vary'],
    [['--variant', 'cell=gru'], 'variant "cell=gru" would be that of network 2, and there are 1'],
  ])('refuses %j before it reads a corpus', async (flags, message) => {
    const { code, stderr } = await workspace.run(['train', 'corpus.tsv', ...flags, '-o', 'none.json']);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('sentences');
  });
});

describe('what looks into a model of several networks', () => {
  it('ner inspect tells how each was trained, what it has otherwise, and any of its weights', async () => {
    const { stdout } = await workspace.run(['inspect', 'three.json']);
    expect(stdout).toMatch(/\nnetwork 2 {3}best epoch \d of 3 \(finished\), dev F1 [\d.]+ alone\n/);
    expect(stdout).toContain('\nof 2        suffix:1-2: ');
    expect(stdout).toMatch(/\nsettings of network 2\n {2}features +word,suffix:1-2\n {2}cell +gru\n/);
    const json = JSON.parse((await workspace.run(['inspect', 'three.json', '--json'])).stdout);
    expect(json.members.map(({ settings }: { settings: { cell: string } }) => settings.cell)).toEqual([
      ...['elman', 'gru', 'elman'],
    ]);
    const weights = await workspace.run(['inspect', 'three.json', '--weights', '2.V']);
    expect(weights.stdout.trim().split('\n').length).toBe(8);
  });

  it('ner gradients shows the reach of every network', async () => {
    const { code, stdout } = await workspace.run(['gradients', '--model', 'three.json', '--json', 'Ada left Oslo']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).models.map(({ model }: { model: string }) => model)).toEqual([
      ...['three.json, network 1', 'three.json, network 2', 'three.json, network 3'],
    ]);
  });

  it('is tagged by threads as by one', async () => {
    await workspace.write('long.txt', 'Ada Byron left Oslo for Acme Corp in Bengaluru .\n'.repeat(15_000));
    const [one, two] = await Promise.all(
      ['1', '2'].map((threads) =>
        runBinary(['tag', '--input', 'tokens', '--model', 'three.json', '--threads', threads, '-i', 'long.txt'], {
          cwd: workspace.folder,
        }),
      ),
    );
    expect(one.code).toBe(0);
    expect(one.stdout.length).toBeGreaterThan(1_000_000);
    expect(two.stdout === one.stdout).toBe(true);
  });
});
