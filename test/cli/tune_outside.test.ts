import { copyFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../support/cli.js';
import { QUICK, Workspace } from '../support/small_model.js';

const TRAINING = ['train', 'train.tsv', '--dev', 'dev.tsv', ...QUICK, '--hidden', '16', '--tune-outside'];

let workspace: Workspace;
let shown: string;
beforeAll(async () => {
  workspace = await Workspace.create();
  // of the dev part two epochs teach a network to find too little
  copyFileSync(new URL('../../data/corpus.tsv', import.meta.url), workspace.path('train.tsv'));
  copyFileSync(new URL('../../data/dev.tsv', import.meta.url), workspace.path('dev.tsv'));
  let isCopied = false;
  const { code, stderr } = await workspace.run([...TRAINING, '-o', 'tuned.json'], {
    onWrite: (text) => {
      if (isCopied || !text.startsWith('epoch 2')) return;
      copyFileSync(workspace.path('tuned.json'), workspace.path('killed.json'));
      isCopied = true;
    },
  });
  if (code !== 0 || !isCopied) throw new Error(stderr);
  shown = stderr;
});
afterAll(() => workspace.remove());

describe('ner train --tune-outside', () => {
  it('tells what it adds to the score of O, and the scores with it, which are those of the model', async () => {
    const [, score, f1] = /\nscore of O (-[\d.]+): dev F1 ([\d.]+) .*\n/.exec(shown) ?? [];
    expect(shown).toContain(`dev F1 ${f1}; wrote tuned.json\n`);
    const { outsideScore, training } = JSON.parse(await workspace.read('tuned.json'));
    expect(outsideScore).toBe(Number(score));
    for (const threads of ['1', '2']) {
      const args = ['eval', 'dev.tsv', '--model', 'tuned.json', '--json', '--threads', threads];
      const { stdout } = await runBinary(args, { cwd: workspace.folder });
      expect(JSON.parse(stdout).micro.f1).toBe(training.devScores.f1);
    }
    expect((100 * training.devScores.f1).toFixed(2)).toBe(f1);
  });

  it('finds more than the same network without', async () => {
    await workspace.run([...TRAINING, '--no-tune-outside', '-o', 'plain.json']);
    const [tuned, plain] = await Promise.all(
      ['tuned.json', 'plain.json'].map(async (name) => JSON.parse(await workspace.read(name))),
    );
    expect(tuned.parameters).toEqual(plain.parameters);
    expect(plain.outsideScore).toBeUndefined();
    expect(tuned.training.devScores.f1).toBeGreaterThan(plain.training.devScores.f1);
  });

  it('is told by ner inspect, and made again by ner verify', async () => {
    const { stdout } = await workspace.run(['inspect', 'tuned.json']);
    expect(stdout).toMatch(/\ndecides {5}with -[\d.]+ added to the score of O\n/);
    expect((await workspace.run(['verify', 'tuned.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
  });

  it('is not yet in the model of an epoch that a killed run leaves, which can be verified too', async () => {
    expect(await workspace.read('killed.json')).not.toContain('outsideScore');
    expect((await workspace.run(['verify', 'killed.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
  });

  it('fits several networks together', async () => {
    const { stderr } = await workspace.run([...TRAINING, '--members', '2', '-o', 'two.json']);
    expect(stderr).toMatch(/\n2 networks together, score of O -[\d.]+: dev F1 /);
    expect((await workspace.run(['verify', 'two.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
  });
});
