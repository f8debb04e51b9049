import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Outcome, pressableSignals, runBinary } from '../support/cli.js';
import { withFirstWeight, withRightHash } from '../support/model_file.js';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

const ABOUT = 'Tales of Ada, CC BY 4.0';

let workspace: Workspace;
const run = (...args: string[]): Promise<Outcome> => runBinary(args, { cwd: workspace.folder });

async function trained(...args: string[]): Promise<void> {
  const { code, stderr } = await run('train', ...args);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  workspace = await Workspace.create();
  const sentences = TINY.split('\n\n');
  await workspace.write('one.txt', `${sentences.slice(0, 2).join('\n\n')}\n`);
  await workspace.write('two.txt', `${sentences.slice(2).join('\n\n')}\n`);
  await workspace.write('dev.txt', `${sentences[1]}\n`);
  await workspace.write('more.txt', `${sentences.reverse().join('\n\n')}\n`);
  await trained('one.txt', 'two.txt', '--dev', 'dev.txt', ...QUICK, '-o', 'given.json');
  await trained(
    'one.txt',
    'two.txt',
    ...QUICK,
    '--seed',
    '7',
    '--dev-share',
    '0.3',
    '--about',
    ABOUT,
    '-o',
    'held.json',
  );
}, 60_000);

afterAll(() => workspace.remove());

/** Writes a model with something changed and its hash made right again. */
async function changed(name: string, edit: (text: string) => string, from = 'given.json'): Promise<void> {
  await workspace.write(name, withRightHash(await workspace.read(from), edit));
}

describe('a model that training again gives', () => {
  it('passes with the dev set it was chosen on, and the line says its SHA-256', async () => {
    const { code, stdout } = await run('verify', 'given.json', 'one.txt', 'two.txt', '--dev', 'dev.txt');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^verified {2}given\.json: training again gives the same bytes, SHA-256 [0-9a-f]{64}\n$/);
  });

  it('passes with the part that its own seed and share hold out, and what is said about it', async () => {
    expect((await run('inspect', 'held.json')).stdout).toContain('\nabout       Tales of Ada, CC BY 4.0\n');
    const { code, stdout } = await run('verify', 'held.json', 'one.txt', 'two.txt', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, verified: true, reasons: [] });
  });

  it('passes with the columns it was trained on, without being told', async () => {
    const rows = TINY.split('\n').map((row) => row.replace(/^(\S+) (\S+)$/, 'O $2 $1 O'));
    await workspace.write('columns.txt', rows.join('\n'));
    await trained('columns.txt', '--token-column', '3', '--tag-column', '2', ...QUICK, '-o', 'columns.json');
    expect(JSON.parse(await workspace.read('columns.json')).training.columns).toEqual({ tokenColumn: 3, tagColumn: 2 });
    expect((await run('verify', 'columns.json', 'columns.txt')).code).toBe(0);
  });

  it('passes with the lists of names it was trained with, and not with others', async () => {
    await workspace.write('places.txt', 'Oslo\n');
    await workspace.write('others.txt', 'Rome\n');
    await trained('one.txt', '--gazetteer', 'LOC=places.txt', ...QUICK, '-o', 'lists.json');
    expect((await run('verify', 'lists.json', 'one.txt', '--gazetteer', 'LOC=places.txt')).code).toBe(0);
    const { code, stderr } = await run('verify', 'lists.json', 'one.txt', '--gazetteer', 'LOC=others.txt');
    expect(code).toBe(5);
    expect(stderr).toContain('the first difference is in vocabularies\nhint: it was trained with lists of names');
  });

  it('passes where a corpus was standard input, given as a file or again as -', async () => {
    const dev = ['--dev', 'dev.txt'];
    const stdin = await workspace.read('two.txt');
    await runBinary(['train', 'one.txt', '-', ...dev, ...QUICK, '-o', 'piped.json'], { cwd: workspace.folder, stdin });
    expect((await run('verify', 'piped.json', 'one.txt', 'two.txt', ...dev)).code).toBe(0);
    const again = await runBinary(['verify', 'piped.json', 'one.txt', '-', ...dev], { cwd: workspace.folder, stdin });
    expect(again.code).toBe(0);
  });

  // after a few epochs the network is sure of nothing, and there is nothing to fit; later there is
  it.each([3, 9, 60])('passes where training was interrupted in epoch %i', async (last) => {
    const { signals, press } = pressableSignals();
    const onWrite = (text: string): void => {
      if (new RegExp(`^epoch +${last}/`).test(text)) press('SIGINT');
    };
    const args = ['one.txt', '--dev', 'dev.txt', '--hidden', '8', '--epochs', '100000', '-o', 'stopped.json'];
    await workspace.run(['train', ...args], { signals, onWrite });
    const { training } = JSON.parse(await workspace.read('stopped.json'));
    expect(training).toMatchObject({ epochs: last, stopped: 'interrupted' });
    expect((await run('verify', 'stopped.json', 'one.txt', '--dev', 'dev.txt')).code).toBe(0);
  });
});

describe('a model of a part of its first epoch', () => {
  const stopped = async (pressSoon: (press: () => void) => void) => {
    const { signals, press } = pressableSignals();
    const onWrite = (text: string): void => {
      if (text.startsWith('model ')) pressSoon(() => press('SIGINT'));
    };
    const args = ['long.txt', '--dev', 'dev.txt', '--hidden', '128', '--batch-size', '1', '-o', 'part.json'];
    await workspace.run(['train', ...args], { signals, onWrite });
    return JSON.parse(await workspace.read('part.json')).training;
  };

  beforeAll(async () => {
    await workspace.write('long.txt', `${await workspace.read('one.txt')}\n`.repeat(3000));
  });

  it('passes wherever its training was stopped, and fails for another place', async () => {
    // a timer that has run out has its turn between two batches
    const { batches, stopped: how } = await stopped((press) => setTimeout(press));
    expect([how, batches > 0]).toEqual(['interrupted', true]);
    expect((await run('verify', 'part.json', 'long.txt', '--dev', 'dev.txt')).code).toBe(0);
    await changed(
      'other.json',
      (text) => text.replace(`"batches":${batches}`, `"batches":${batches - 1}`),
      'part.json',
    );
    expect((await run('verify', 'other.json', 'long.txt', '--dev', 'dev.txt')).code).toBe(5);
  });

  it('passes where no batch was trained', async () => {
    await rm(join(workspace.folder, 'part.json'));
    expect((await stopped((press) => press())).batches).toBe(0);
    expect((await run('verify', 'part.json', 'long.txt', '--dev', 'dev.txt')).code).toBe(0);
  });
});

it('an interruption ends without a verdict', async () => {
  const { signals, press } = pressableSignals();
  const onWrite = (text: string): void => {
    if (text.startsWith('epoch  1/') || text.startsWith('epoch 1/')) press('SIGINT');
  };
  const args = ['verify', 'given.json', 'one.txt', 'two.txt', '--dev', 'dev.txt'];
  const { code, stdout, stderr } = await workspace.run(args, { signals, onWrite });
  expect([code, stdout, stderr.endsWith('\ninterrupted: nothing is verified\n')]).toEqual([130, '', true]);
});

describe('a model that training again does not give', () => {
  const corpora = ['one.txt', 'two.txt', '--dev', 'dev.txt'];

  it('fails for one weight, which is named', async () => {
    await changed('weight.json', (text) => withFirstWeight(text, 0.25));
    const { code, stdout, stderr } = await run('verify', 'weight.json', ...corpora);
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toContain(
      'ner: weight.json: training again gives another model: the first difference is in weight 0 of parameter U\n',
    );
    expect(stderr).toContain('hint: the file was changed after training');
  });

  it('fails for a score in its record', async () => {
    await changed('score.json', (text) =>
      text.replace(/"devScores":\{"precision":[\d.]+/, '"devScores":{"precision":0.123'),
    );
    const { code, stdout, stderr } = await run('verify', 'score.json', ...corpora, '--json');
    expect(code).toBe(5);
    expect(stderr).toContain('the first difference is in training');
    expect(JSON.parse(stdout)).toMatchObject({ verified: false, difference: 'training' });
  });

  it('is first explained by another release that trained it', async () => {
    await changed('release.json', (text) =>
      withFirstWeight(text, 0.25).replace(/"version":"[^"]*"/, '"version":"0.0.9"'),
    );
    const { code, stderr } = await run('verify', 'release.json', ...corpora);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^hint: it was trained by ner-trainer 0\.0\.9, this is /m);
  });
});

describe('what a model was not trained on', () => {
  it.each<[string, number, string, string[]]>([
    [
      'another corpus',
      3,
      'more.txt: not what the model was trained on: its SHA-256 is',
      ['one.txt', 'more.txt', '--dev', 'dev.txt'],
    ],
    ['another dev set', 3, 'two.txt: not what the model was chosen on: ', ['one.txt', 'two.txt', '--dev', 'two.txt']],
    [
      'another order',
      2,
      'in another order: two.txt was number 2, now it is 1',
      ['two.txt', 'one.txt', '--dev', 'dev.txt'],
    ],
    ['a corpus too few', 2, 'was trained on 2 files, but 1 given', ['one.txt', '--dev', 'dev.txt']],
    ['no dev set', 2, 'was chosen on 1 file, but 0 given', ['one.txt', 'two.txt']],
  ])('%s is named before anything is trained', async (_name, code, message, args) => {
    const outcome = await run('verify', 'given.json', ...args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toContain('epoch');
  });

  it('a dev set for a model whose dev part was held out', async () => {
    const { code, stderr } = await run('verify', 'held.json', 'one.txt', 'two.txt', '--dev', 'dev.txt');
    expect(code).toBe(2);
    expect(stderr).toContain('a dev part that was held out of its training files');
  });

  it('other standard input', async () => {
    const { code, stderr } = await runBinary(['verify', 'given.json', 'one.txt', '-', '--dev', 'dev.txt'], {
      cwd: workspace.folder,
      stdin: TINY,
    });
    expect(code).toBe(3);
    expect(stderr).toContain('standard input: not what the model was trained with');
  });
});
