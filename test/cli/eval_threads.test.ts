import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { runBinary } from '../support/cli.js';

const DEV = fileURLToPath(new URL('../../data/dev.tsv', import.meta.url));
const MODEL = fileURLToPath(new URL('../../models/english.json', import.meta.url));

it('eval says the same for every number of threads', async () => {
  const outcomes = await Promise.all(
    ['1', '2', '5'].map((threads) =>
      runBinary(['eval', DEV, DEV, '--details', '--model', MODEL, '--threads', threads]),
    ),
  );
  expect(outcomes[0]).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('processed 6040 tokens') });
  expect(outcomes.slice(1)).toEqual([outcomes[0], outcomes[0]]);
}, 60_000);
