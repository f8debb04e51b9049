import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../../support/cli.js';
import { TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'model.json');
  await workspace.write('broken.json', '{"hidden":');
  await workspace.write('unknown.json', '{"hiden":8}');
  await workspace.write('range.json', '{"hidden":0}');
  await workspace.write('list.json', '[]');
  await workspace.write('proto.json', '{"__proto__":{"hidden":4}}');
});
afterAll(() => workspace.remove());

const train = (...args: string[]): string[] => ['train', 'tiny.txt', '-o', 'new.json', ...args];
const tag = (...args: string[]): string[] => ['tag', '--model', 'model.json', ...args];

const CALLS: readonly [string, readonly string[], string][] = [
  ['train without a corpus', ['train'], 'no corpus to train on'],
  ['train --epoch', train('--epoch', '3'), "unknown option '--epoch'"],
  ['train --epochs without a value', train('--epochs'), "option '--epochs <n>' argument missing"],
  ['train --epochs 0', train('--epochs', '0'), 'expected a whole number from 1 to 100000'],
  ['train --epochs 1.5', train('--epochs', '1.5'), 'expected a whole number from 1 to 100000'],
  ['train --hidden many', train('--hidden', 'many'), 'expected a whole number from 1 to 8192'],
  ['train --hidden 0x10', train('--hidden', '0x10'), 'expected a whole number from 1 to 8192'],
  ['train --hidden ""', train('--hidden', ''), 'expected a whole number from 1 to 8192'],
  ['train --learning-rate -1', train('--learning-rate', '-1'), 'expected a number from 0 to 1000'],
  ['train --learning-rate NaN', train('--learning-rate', 'NaN'), 'expected a number from 0 to 1000'],
  ['train --momentum 1', train('--momentum', '1'), 'expected a number from 0 to 0.999999'],
  ['train --clip Infinity', train('--clip', 'Infinity'), 'expected a number from 0 to 1000000000'],
  ['train --cell rnn', train('--cell', 'rnn'), "argument 'rnn' is invalid. Allowed choices are elman, lstm, gru"],
  ['train --preset best', train('--preset', 'best'), "argument 'best' is invalid. Allowed choices are textbook"],
  ['train --config broken.json', train('--config', 'broken.json'), 'broken.json:1: not valid JSON at column '],
  ['train --config unknown.json', train('--config', 'unknown.json'), 'unknown.json: there is no setting "hiden"'],
  [
    'train --config range.json',
    train('--config', 'range.json'),
    'range.json: hidden: expected a whole number from 1 to 8192, found ',
  ],
  ['train --config list.json', train('--config', 'list.json'), 'list.json: '],
  ['train --config proto.json', train('--config', 'proto.json'), 'proto.json: '],
  ['train --tag-column 9', train('--tag-column', '9'), 'tiny.txt: there is no column 9 to be the tag column'],
  ['train with too large a network', train('--hidden', '8192', '--layers', '16'), ' MiB'],
  ['tag --threshold 2', tag('Ada', '--threshold', '2'), 'expected a number from 0 to 1'],
  ['tag --format xml', tag('Ada', '--format', 'xml'), "argument 'xml' is invalid"],
  ['tag with text and a file', tag('Ada', '-i', 'tiny.txt'), 'text to tag is given both as arguments and as a file'],
  ['tag of columns as text', tag('Ada', '--input', 'columns'), '--input columns is for files and standard input'],
  ['tag of probabilities in columns', tag('--input', 'columns', '--probabilities'), '--probabilities has no place in'],
  ['eval without a corpus', ['eval'], 'no gold corpus given'],
  ['eval of two predictors', ['eval', '--predictions', 'a', '--model', 'b'], 'cannot be used with option'],
  ['eval --min-f1 80', ['eval', 'tiny.txt', '--min-f1', '80'], '80'],
  ['inspect --weights Q', ['inspect', 'model.json', '--weights', 'Q'], 'the model has no parameter Q'],
  ['inspect of two models', ['inspect', 'model.json', 'model.json'], 'too many arguments'],
  ['vocab --limit -1', ['vocab', 'tiny.txt', '--limit', '-1'], 'expected a whole number from 0'],
  ['no command', [], 'Usage: ner'],
  ['an unknown command', ['trian'], "unknown command 'trian'"],
];

describe('a wrong call', () => {
  it.each(CALLS)('%s exits with 2, says what is wrong, and leaves nothing behind', async (_name, args, message) => {
    const before = await workspace.names();
    const { code, stdout, stderr } = await runBinary(args, { cwd: workspace.folder });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect([code, stdout]).toEqual([2, '']);
    expect(await workspace.names()).toEqual(before);
  });

  it('with a missing configuration is a missing file', async () => {
    const { code, stderr } = await runBinary(train('--config', 'none.json'), { cwd: workspace.folder });
    expect([code, stderr]).toEqual([1, 'ner: none.json: no such file\n']);
  });
});
