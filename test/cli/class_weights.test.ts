import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('c.tsv', Array.from({ length: 40 }, () => TINY).join('\n'));
});
afterAll(() => workspace.remove());

const TRAIN = ['train', 'c.tsv', '--dev', 'c.tsv', ...QUICK, '--batch-size', '64', '--epochs', '1'];

/** How many entities of a type the model finds that is trained with more options. */
async function found(type: string, ...more: string[]): Promise<number> {
  await workspace.run([...TRAIN, '-o', 'm.json', ...more]);
  const { stdout } = await workspace.run(['eval', 'c.tsv', '--model', 'm.json', '--json']);
  const tally = JSON.parse(stdout).perType[type];
  return tally.tp + tally.fp;
}

describe('ner train --class-weight', () => {
  it.each(['softmax', 'crf'])('makes a %s find more of a type that counts more', async (outputLayer) => {
    const layer = ['--output-layer', outputLayer, '--learning-rate', '0.1'];
    const heavier = await found('LOC', ...layer, '--class-weight', 'LOC=20');
    expect(heavier).toBeGreaterThan(await found('LOC', ...layer));
  });

  it('may be repeated, is recorded, and gives the same model on two threads', async () => {
    const weights = ['--class-weight', 'PER=2', '--class-weight', 'ORG=0.5'];
    for (const threads of ['1', '2']) {
      const { code } = await workspace.run([...TRAIN, ...weights, '--threads', threads, '-o', `${threads}.json`]);
      expect(code).toBe(0);
    }
    expect(await workspace.read('2.json')).toBe(await workspace.read('1.json'));
    expect(JSON.parse(await workspace.read('1.json')).settings.classWeight).toEqual(['PER=2', 'ORG=0.5']);
    expect((await workspace.run(['verify', '1.json', 'c.tsv', '--dev', 'c.tsv'])).code).toBe(0);
  });

  it('is refused for a type that the corpus has not, and where it is no weight', async () => {
    const absent = await workspace.run([...TRAIN, '--class-weight', 'MISC=2']);
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('class weight for MISC')]);
    expect(absent.stderr).toContain('its types are LOC, ORG, PER');
    expect((await workspace.run([...TRAIN, '--class-weight', 'PER'])).code).toBe(2);
    const folds = await workspace.run(['train', 'c.tsv', '--folds', '2', ...QUICK, '--class-weight', 'MISC=2']);
    expect(folds.code).toBe(2);
  });
});
