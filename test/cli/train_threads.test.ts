import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../support/cli.js';
import { TINY, Workspace } from '../support/small_model.js';

const CORPUS = fileURLToPath(new URL('../../data/corpus.tsv', import.meta.url));
const DEV = fileURLToPath(new URL('../../data/dev.tsv', import.meta.url));

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
});
afterAll(() => workspace.remove());

const LSTM = '--cell lstm --bidirectional --hidden 24 --epochs 2 --optimizer adam';
const DROPPING =
  '--features word,suffix:1-3,conjunctions:both --column-width 16 --hidden 24 --bidirectional --epochs 2 --optimizer adam ' +
  '--table-optimizer adagrad --dropout-input 0.4 --dropout-states 0.5 --average-epochs 1 --adversarial 0.1 --output-layer crf';

describe('--threads', () => {
  it.each([LSTM, DROPPING])(
    '1, 2, 3 and 8 make the same model, byte for byte: %s',
    async (options) => {
      const settings = options.split(' ');
      const hashes = await Promise.all(
        ['1', '2', '3', '8'].map(async (threads) => {
          const output = `model${threads}.json`;
          const args = ['train', CORPUS, '--dev', DEV, '-o', output, '--batch-size', '72', '--threads', threads];
          const { code, stderr } = await runBinary([...args, ...settings], { cwd: workspace.folder });
          expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('wrote') });
          return createHash('sha256')
            .update(await workspace.read(output))
            .digest('hex');
        }),
      );
      expect(new Set(hashes).size).toBe(1);
    },
    60_000,
  );

  it.each(['0', '1.5', '257', 'all'])('%s is no number of threads', async (threads) => {
    const { code, stderr } = await workspace.run(['train', 'tiny.txt', '--threads', threads]);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a whole number from 1 to 256');
  });
});

describe('a thread that fails', () => {
  /** A module that further threads load before all else. */
  const inThreads = async (name: string, code: string): Promise<Record<string, string>> => {
    const source = `const { isMainThread } = require('node:worker_threads');\nif (!isMainThread) { ${code} }`;
    await workspace.write(name, source);
    return { NODE_OPTIONS: `--require ${workspace.path(name)}` };
  };
  const train = (env: Record<string, string>) =>
    runBinary(['train', 'tiny.txt', '--dev', 'tiny.txt', '-o', 'lost.json', '--threads', '3', '--epochs', '100000'], {
      cwd: workspace.folder,
      env,
    });

  it('by ending ends the run with an error that says so', async () => {
    const { code, stderr } = await train(await inThreads('exit.cjs', 'Atomics.wait = () => process.exit(9);'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ner: a thread has ended before its work was done: exit code 9$/m);
    expect(stderr).toMatch(/^hint: --threads 1 does everything in one$/m);
  });

  it('by throwing ends the run with its message', async () => {
    const { code, stderr } = await train(
      await inThreads('throw.cjs', 'Atomics.wait = () => { throw new Error("out of luck"); };'),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ner: a thread has ended before its work was done: out of luck$/m);
  });
});
