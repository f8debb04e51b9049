import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, Workspace } from '../support/small_model.js';

const TAGS = ['O', 'B-PER', 'I-PER', 'B-LOC'];
/** As datasets are exported: numbers for tags, and sometimes the text too. */
const LINES = [
  { tokens: ['Ada', 'Byron', 'left', 'Oslo'], ner_tags: [1, 2, 0, 3] },
  { text: 'Bo left Rome', tokens: ['Bo', 'left', 'Rome'], ner_tags: [1, 0, 3] },
];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  const write = (name: string, lines: readonly object[]) =>
    workspace.write(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await write('numbers.jsonl', LINES);
  const named = LINES.map((line) => ({ ...line, ner_tags: line.ner_tags.map((number) => TAGS[number]) }));
  await write('names.jsonl', named);
});
afterAll(() => workspace.remove());

const train = (name: string, ...args: string[]) => workspace.run(['train', name, '--dev', name, ...QUICK, ...args]);

describe('--tag-names', () => {
  it('reads numbers as the names would be, and is asked for where there are numbers', async () => {
    const { code, stderr } = await train('numbers.jsonl', '-o', 'none.json');
    expect(code).toBe(3);
    expect(stderr).toContain(
      '"ner_tags": 1 is not a tag (line 2 is wrong too)\nhint: name the tags that numbers stand for',
    );
    await train('numbers.jsonl', '--tag-names', TAGS.join(), '-o', 'numbers.json');
    await train('names.jsonl', '-o', 'names.json');
    const [numbers, names] = await Promise.all(
      ['numbers.json', 'names.json'].map(async (name) => JSON.parse(await workspace.read(name))),
    );
    expect(numbers.parameters).toEqual(names.parameters);
    expect(numbers.training.tagNames).toEqual(TAGS);
  });

  it('is remembered by the model, so that it is made again without it', async () => {
    expect((await workspace.run(['verify', 'numbers.json', 'numbers.jsonl', '--dev', 'numbers.jsonl'])).code).toBe(0);
  });

  it('is for ner eval and ner vocab too', async () => {
    for (const call of [['eval', '--model', 'names.json'], ['vocab']]) {
      expect((await workspace.run([...call, 'numbers.jsonl'])).code).toBe(3);
      expect((await workspace.run([...call, 'numbers.jsonl', '--tag-names', ' O, B-PER, I-PER, B-LOC'])).code).toBe(0);
    }
  });

  it('is told of where it has too few names, or what are none', async () => {
    const few = await train('numbers.jsonl', '--tag-names', 'O,B-PER,I-PER');
    expect([few.code, few.stderr]).toEqual([
      3,
      expect.stringContaining('hint: --tag-names has 3, for the numbers from 0'),
    ]);
    const wrong = await train('numbers.jsonl', '--tag-names', 'O,PER');
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('expected tags such as O,B-PER,I-PER; "PER" is none'),
    ]);
  });
});
