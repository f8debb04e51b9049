import { copyFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../support/cli.js';
import { QUICK, Workspace } from '../support/small_model.js';

const TRAINING = ['train', 'train.tsv', '--dev', 'dev.tsv', ...QUICK, '--hidden', '16', '--decision', 'entities'];

let workspace: Workspace;
let shown: string;
beforeAll(async () => {
  workspace = await Workspace.create();
  // of the dev part two epochs teach a network to find too little
  copyFileSync(new URL('../../data/corpus.tsv', import.meta.url), workspace.path('train.tsv'));
  copyFileSync(new URL('../../data/dev.tsv', import.meta.url), workspace.path('dev.tsv'));
  let isCopied = false;
  const { code, stderr } = await workspace.run([...TRAINING, '-o', 'fitted.json'], {
    onWrite: (text) => {
      if (isCopied || !text.startsWith('epoch 2')) return;
      copyFileSync(workspace.path('fitted.json'), workspace.path('killed.json'));
      isCopied = true;
    },
  });
  if (code !== 0 || !isCopied) throw new Error(stderr);
  shown = stderr;
});
afterAll(() => workspace.remove());

describe('ner train --decision entities', () => {
  it('tells how probable what it finds is at least, and the scores with it, which are those of the model', async () => {
    const [, least, f1] = /\nentities of probability (0\.\d+) and more: dev F1 ([\d.]+) .*\n/.exec(shown) ?? [];
    expect(shown).toContain(`dev F1 ${f1}; wrote fitted.json\n`);
    const { threshold, training } = JSON.parse(await workspace.read('fitted.json'));
    expect(threshold).toBe(Number(least));
    for (const threads of ['1', '2']) {
      const args = ['eval', 'dev.tsv', '--model', 'fitted.json', '--json', '--threads', threads];
      const { stdout } = await runBinary(args, { cwd: workspace.folder });
      expect(JSON.parse(stdout).micro.f1).toBe(training.devScores.f1);
    }
    expect((100 * training.devScores.f1).toFixed(2)).toBe(f1);
  });

  it('finds better than the likeliest tags of the same network', async () => {
    await workspace.run([...TRAINING, '--decision', 'tags', '-o', 'plain.json']);
    const [fitted, plain] = await Promise.all(
      ['fitted.json', 'plain.json'].map(async (name) => JSON.parse(await workspace.read(name))),
    );
    expect(fitted.parameters).toEqual(plain.parameters);
    expect(plain.threshold).toBeUndefined();
    expect(fitted.training.devScores.f1).toBeGreaterThan(plain.training.devScores.f1);
  });

  it('is told by ner inspect, and made again by ner verify', async () => {
    const { stdout } = await workspace.run(['inspect', 'fitted.json']);
    expect(stdout).toMatch(/\ndecides {5}on entities of probability 0\.\d+ and more\n/);
    expect((await workspace.run(['verify', 'fitted.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
  });

  it('has not yet fitted the model of an epoch that a killed run leaves, which can be verified too', async () => {
    expect(await workspace.read('killed.json')).not.toContain('"threshold"');
    expect((await workspace.run(['verify', 'killed.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
    const { stdout } = await workspace.run(['inspect', 'killed.json']);
    expect(stdout).toMatch(/\nbest epoch {2}1 of 1 \(unfinished\)\n/);
    expect(stdout).toMatch(
      /\ndecides {5}as not fitted to the dev set yet \(the scores are those of its likeliest tags\)\n(?!calibrated)/,
    );
  });

  it('fits several networks together', async () => {
    const { stderr } = await workspace.run([...TRAINING, '--members', '2', '-o', 'two.json']);
    expect(stderr).toMatch(/\n2 networks together, entities of probability 0\.\d+ and more: dev F1 /);
    expect((await workspace.run(['verify', 'two.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
  });
});

describe('ner train --agreement', () => {
  it('lets the places of a word in a document agree, the same for every number of threads', async () => {
    const args = [...TRAINING, '--document-sentences', '10', '--agreement', '1', '-o', 'agreeing.json'];
    const { stderr } = await workspace.run(args);
    expect(stderr).toMatch(/\nentities of probability 0\.\d+ and more, documents in agreement: dev F1 /);
    const { training, parameters } = JSON.parse(await workspace.read('agreeing.json'));
    expect(parameters).toEqual(JSON.parse(await workspace.read('fitted.json')).parameters);
    for (const threads of ['1', '2']) {
      const call = ['eval', 'dev.tsv', '--model', 'agreeing.json', '--json', '--threads', threads];
      expect(JSON.parse((await workspace.run(call)).stdout).micro.f1).toBe(training.devScores.f1);
    }
    const tagged = await workspace.run(['tag', '--input', 'columns', '-i', 'dev.tsv', '--model', 'agreeing.json']);
    await workspace.write('tagged.tsv', tagged.stdout);
    const scored = await workspace.run(['eval', '--predictions', 'tagged.tsv', '--json']);
    expect(JSON.parse(scored.stdout).micro.f1).toBe(training.devScores.f1);
    expect((await workspace.run(['verify', 'agreeing.json', 'train.tsv', '--dev', 'dev.tsv'])).code).toBe(0);
  });
});
