import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Placed } from '../../src/encode/documents.js';
import { readCorpus } from '../../src/text/corpus.js';
import type { TaggedSentence } from '../../src/text/sentence.js';
import { cutFolds } from '../../src/train/folds.js';
import { pressableSignals } from '../support/cli.js';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

const CORPUS = Array.from({ length: 6 }, () => TINY).join('\n');
const TRAINING = [...QUICK, '--batch-size', '2', '--learning-rate', '0.2', '--seed', '3'];
const FOLDS = ['train', 'corpus.tsv', '--folds', '3', ...TRAINING];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('corpus.tsv', CORPUS);
});
afterAll(() => workspace.remove());

const columns = (sentences: readonly TaggedSentence[]): string =>
  sentences.map(({ tokens, tags }) => tokens.map((token, t) => `${token} ${tags[t]}\n`).join('')).join('\n');

describe('ner train --folds', () => {
  it('scores on each fold as the model does that is trained on the others by hand', async () => {
    const { code, stdout } = await workspace.run([...FOLDS, '--json']);
    expect(code).toBe(0);
    const { folds, f1, pooled } = JSON.parse(stdout);
    const sentences: readonly (TaggedSentence & Placed)[] = readCorpus(CORPUS.split('\n'), 'corpus.tsv', {}).sentences;
    const parts = cutFolds(sentences, 3, { seed: 3, devShare: 0.1, documentSentences: 0 });
    const total = { tp: 0, fp: 0, fn: 0 };
    for (const [i, { train, dev, held }] of parts.entries()) {
      await workspace.write('train.tsv', columns(train));
      await workspace.write('dev.tsv', columns(dev));
      await workspace.write('held.tsv', columns(held));
      await workspace.run(['train', 'train.tsv', '--dev', 'dev.tsv', '-o', 'm.json', ...TRAINING]);
      const evaluated = await workspace.run(['eval', 'held.tsv', '--model', 'm.json', '--json']);
      const { micro } = JSON.parse(evaluated.stdout);
      expect(folds[i]).toMatchObject({ fold: i + 1, sentences: held.length, f1: micro.f1, recall: micro.recall });
      for (const count of ['tp', 'fp', 'fn'] as const) total[count] += micro[count];
    }
    expect(pooled).toMatchObject({ sentences: 24, micro: total });
    expect(total.tp).toBeGreaterThan(0);
    const mean = folds.reduce((sum: number, fold: { f1: number }) => sum + fold.f1, 0) / 3;
    expect(f1.mean).toBeCloseTo(mean, 12);
  });

  it('prints the pooled score as the CoNLL script and a row for each fold, and writes no model', async () => {
    const before = await workspace.names();
    const { code, stdout } = await workspace.run(FOLDS);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^processed 120 tokens with 42 phrases; found: /);
    expect(stdout).toMatch(
      /\nfold {2}sentences {2}best epoch {2}precision {2}recall +F1\n( +[123] +8 .*\n){3}F1 of a fold: mean /,
    );
    expect(await workspace.names()).toEqual(before);
  });

  it('with --output writes the model that training without --folds gives', async () => {
    await workspace.run(['train', 'corpus.tsv', '-o', 'plain.json', ...TRAINING]);
    await workspace.run([...FOLDS, '-o', 'folds.json']);
    expect(await workspace.read('folds.json')).toBe(await workspace.read('plain.json'));
  });

  it('names the fold in the history, and goes on to the model that is written', async () => {
    await workspace.run([...FOLDS, '-o', 'folds.json', '--history', 'history.jsonl']);
    const lines = (await workspace.read('history.jsonl')).trimEnd().split('\n');
    const places = lines.map((line) => JSON.parse(line)).map(({ fold, epoch }) => [fold, epoch]);
    const [none] = [undefined];
    expect(places).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
      [none, 1],
      [none, 2],
    ]);
  });

  it('prints nothing when it is interrupted', async () => {
    const { signals, press } = pressableSignals();
    const onWrite = (text: string): void => {
      if (text.startsWith('fold   2')) press('SIGINT');
    };
    const { code, stdout, stderr } = await workspace.run(FOLDS, { signals, onWrite });
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toContain('interrupted: folds are reported together or not at all\n');
  });

  it('listens for signals no longer once a fold is done', async () => {
    const { signals } = pressableSignals();
    const listeners: number[] = [];
    const onWrite = (text: string): void => {
      if (text.startsWith('fold ')) listeners.push(getEventListeners(signals.listen(), 'abort').length);
    };
    expect((await workspace.run(FOLDS, { signals, onWrite })).code).toBe(0);
    expect(listeners).toHaveLength(3);
    expect(new Set(listeners).size).toBe(1);
  });

  it('refuses a dev set, more folds than sentences, and two outputs to the same stream', async () => {
    expect((await workspace.run([...FOLDS, '--dev', 'corpus.tsv'])).code).toBe(2);
    expect((await workspace.run([...FOLDS, '-o', '-'])).code).toBe(2);
    const tooMany = await workspace.run(['train', 'corpus.tsv', '--folds', '25', ...TRAINING]);
    expect([tooMany.code, tooMany.stderr]).toEqual([3, expect.stringContaining('24 sentences cannot be cut into 25')]);
  });
});
