import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Outcome, runBinary } from '../../support/cli.js';
import { BY_HEART, Workspace } from '../../support/small_model.js';

/** What is a key of every object, or is taken for an index, as words and as entity types. */
const STRANGE = ['__proto__', 'constructor', '10', 'hasOwnProperty', 'toString'];
const CORPUS = `${STRANGE.map((word) => `${word}\tB-${word}\nleft\tO\n`).join('\n')}\n`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('strange.tsv', CORPUS);
});
afterAll(() => workspace.remove());

const run = (args: readonly string[], stdin = ''): Promise<Outcome> =>
  runBinary(args, { cwd: workspace.folder, stdin });

it('words and types that are names of object members go through train, inspect, tag, eval and vocab unharmed', async () => {
  const trained = await run(['train', 'strange.tsv', '--dev', 'strange.tsv', '-o', 'm.json', ...BY_HEART]);
  expect(trained.code).toBe(0);
  expect(trained.stderr).toContain('5 entities (10 __proto__ constructor hasOwnProperty toString)');
  expect(trained.stderr).toContain('dev F1 100.00');

  const { tags } = JSON.parse((await run(['inspect', 'm.json', '--json'])).stdout);
  for (const type of STRANGE) expect(tags).toContain(`B-${type}`);

  const tagged = await run(['tag', '--model', 'm.json', '--input', 'columns'], CORPUS);
  const expected = CORPUS.replace(/^(.+)\t(.+)$/gm, '$1\t$2\t$2');
  expect(tagged).toMatchObject({ code: 0, stdout: expected });
  const jsonl = await run(
    ['tag', '--model', 'm.json', '--format', 'jsonl', '--input', 'tokens', '-i', '-'],
    '__proto__ left',
  );
  expect(JSON.parse(jsonl.stdout).entities).toEqual([{ type: '__proto__', start: 0, end: 9, text: '__proto__' }]);

  const scores = JSON.parse((await run(['eval', 'strange.tsv', '--model', 'm.json', '--json'])).stdout);
  expect(Object.keys(scores.perType).sort()).toEqual([...STRANGE].sort());
  for (const type of STRANGE) expect(new Map(Object.entries(scores.perType)).get(type)).toMatchObject({ tp: 1, f1: 1 });

  const figures = JSON.parse((await run(['vocab', 'strange.tsv', '--json'])).stdout);
  expect(new Map(Object.entries(figures.entities.perType))).toEqual(new Map(STRANGE.map((type) => [type, 1])));
  const { entries } = figures.vocabulary.features[0];
  expect(new Map(entries)).toEqual(new Map([['left', 5], ...STRANGE.map((word) => [word, 1] as const)]));
});

it('a gate on a type named __proto__ sees its score', async () => {
  const stdin = 'a B-__proto__ B-__proto__\nb B-__proto__ O\n';
  const args = ['eval', '--predictions', '-', '--min', '__proto__.recall=0.6'];
  expect(await run(args, stdin)).toMatchObject({ code: 5, stderr: expect.stringContaining('__proto__') });
});
