import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../../support/cli.js';
import { withFirstWeight, withRightHash } from '../../support/model_file.js';
import { TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'model.json');
  const model = await workspace.read('model.json');
  const middle = model.indexOf('"data":"') + 20;
  const files: [string, string][] = [
    ['empty', ''],
    ['corpus', TINY],
    ['other', '{"name":"ner-trainer","version":"1.0.0"}\n'],
    ['truncated', model.slice(0, model.length / 2)],
    ['flipped', model.slice(0, middle) + (model[middle] === 'A' ? 'B' : 'A') + model.slice(middle + 1)],
    ['tampered', withFirstWeight(model, 0.5)],
    ['newer', model.replace('"version":1,', '"version":2,')],
    ['nan', withRightHash(model, (text) => withFirstWeight(text, Number.NaN))],
    ['shape', withRightHash(model, (text) => text.replace('"shape":[17,8]', '"shape":[8,17]'))],
    ['hidden', withRightHash(model, (text) => text.replace('"hidden":8', '"hidden":9'))],
  ];
  for (const [name, content] of files) await workspace.write(name, content);
});
afterAll(() => workspace.remove());

const COMMANDS: readonly [string, (model: string) => string[]][] = [
  ['tag', (model) => ['tag', 'Ada left', '--model', model]],
  ['eval', (model) => ['eval', 'tiny.txt', '--model', model]],
  ['inspect', (model) => ['inspect', model]],
];

describe.each(COMMANDS)('%s', (_name, call) => {
  it.each([
    ['missing', 1, 'missing: no such file'],
    ['empty', 4, 'empty: not a model'],
    ['corpus', 4, 'corpus: not a model'],
    ['other', 4, 'other: not a model'],
    ['truncated', 4, 'truncated: damaged model: it ends early or was changed: it is no longer valid JSON'],
    ['flipped', 4, 'flipped: damaged model: its SHA-256 is '],
    ['tampered', 4, 'tampered: damaged model: its SHA-256 is '],
    ['newer', 4, 'newer: a model of version 2; this program reads version 1'],
    ['nan', 4, 'nan: damaged model: weight 0 of parameter U is NaN, expected a finite number'],
    ['shape', 4, 'shape: damaged model: parameter U has shape 8 × 17, expected 17 × 8'],
    ['hidden', 4, 'hidden: damaged model: parameter U has shape 17 × 8, expected 17 × 9'],
  ])('refuses %s with exit code %i and says what is wrong', async (model, code, message) => {
    const outcome = await runBinary(call(model), { cwd: workspace.folder });
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(`ner: ${message}`);
    expect(outcome.stderr).not.toContain('    at ');
  });

  it('takes the model as it was written', async () => {
    const { code, stderr } = await runBinary(call('model.json'), { cwd: workspace.folder });
    expect([code, stderr.replace(/^warning the model was trained on tiny\.txt: .*\n$/, '')]).toEqual([0, '']);
  });
});
