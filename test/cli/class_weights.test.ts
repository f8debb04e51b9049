import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('c.tsv', Array.from({ length: 40 }, () => TINY).join('\n'));
});
afterAll(() => workspace.remove());

const TRAIN = ['train', 'c.tsv', '--dev', 'c.tsv', ...QUICK];
const [CORPUS, DEV] = ['corpus', 'dev'].map((name) =>
  fileURLToPath(new URL(`../../data/${name}.tsv`, import.meta.url)),
);

/** The recall of PER on the bundled dev set after training with a weight. */
async function recall(outputLayer: string, weight: string): Promise<number> {
  const options = [
    '--preset',
    'textbook',
    '--hidden',
    '12',
    '--epochs',
    '6',
    '--output-layer',
    outputLayer,
    '--class-weight',
    `PER=${weight}`,
  ];
  await workspace.run(['train', CORPUS, '--dev', DEV, '-o', 'm.json', ...options]);
  const { stdout } = await workspace.run(['eval', DEV, '--model', 'm.json', '--json']);
  return JSON.parse(stdout).perType.PER.recall;
}

describe('ner train --class-weight', () => {
  it.each(['softmax', 'crf'])(
    'makes a %s find more of a type that counts more',
    async (outputLayer) => {
      expect(await recall(outputLayer, '5')).toBeGreaterThan((await recall(outputLayer, '0.2')) + 0.1);
    },
    60_000,
  );

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
