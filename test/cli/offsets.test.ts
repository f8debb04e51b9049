import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, Workspace } from '../support/small_model.js';

/** As doccano exports them: offsets count code points, and 😀 is two UTF-16 units. */
const LINES = [
  {
    text: '😀 Ada left Oslo',
    label: [
      [2, 5, 'PER'],
      [11, 15, 'LOC'],
    ],
  },
  {
    text: '😀😀 Bo left Oslo',
    label: [
      [3, 5, 'PER'],
      [11, 15, 'LOC'],
    ],
  },
];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('given.jsonl', LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await workspace.write(
    'own.jsonl',
    LINES.map((line) => `${JSON.stringify({ ...line, unit: 'codepoint' })}\n`).join(''),
  );
});
afterAll(() => workspace.remove());

const train = (...args: string[]) => workspace.run(['train', ...args, ...QUICK]);

describe('--offsets codepoint', () => {
  it('reads what is read where the lines say so themselves, and is told of where they do not', async () => {
    const { code, stderr } = await train('given.jsonl', '--dev', 'given.jsonl', '-o', 'none.json');
    expect(code).toBe(3);
    expect(stderr).toContain(
      'where they count characters, give --offsets codepoint, or "unit":"codepoint" in the line',
    );
    await train('given.jsonl', '--dev', 'given.jsonl', '--offsets', 'codepoint', '-o', 'flag.json');
    await train('own.jsonl', '--dev', 'own.jsonl', '-o', 'own.json');
    const [flag, own] = await Promise.all(
      ['flag.json', 'own.json'].map(async (name) => JSON.parse(await workspace.read(name))),
    );
    expect(flag.parameters).toEqual(own.parameters);
    expect([flag.training.offsets, own.training.offsets]).toEqual(['codepoint', undefined]);
  });

  it('is remembered by the model, so that it is made again without it', async () => {
    expect((await workspace.run(['verify', 'flag.json', 'given.jsonl', '--dev', 'given.jsonl'])).code).toBe(0);
  });

  it('is what messages count in', async () => {
    await workspace.write('off.jsonl', '{"text":"😀 Adam left","label":[[2,4,"PER"]]}\n');
    const { stderr } = await train('off.jsonl', '--offsets', 'codepoint');
    expect(stderr).toContain(
      'the entity "Ad" (2 to 4) does not end where a token ends; the nearest token is "Adam" (2 to 6)',
    );
  });

  it('is advised only where it can make a difference', async () => {
    const hintOf = async (line: object) => {
      await workspace.write('hint.jsonl', `${JSON.stringify(line)}\n`);
      return (await train('hint.jsonl')).stderr.split('hint: ')[1];
    };
    const text = 'Ada left 😀 Bo left';
    expect(await hintOf({ text, label: [[0, 4, 'PER']] })).toBe(
      '"Ada" alone is 0 to 3; --mend-spans mends such entities\n',
    );
    expect(await hintOf({ text, label: [[11, 13, 'PER']] })).toMatch(/^offsets count UTF-16 units/);
    expect(await hintOf({ text, unit: 'utf16', label: [[11, 13, 'PER']] })).toBe(
      '"B" alone is 12 to 13; --mend-spans mends such entities\n',
    );
    expect(await hintOf({ text, label: [[0, 99, 'PER']] })).toMatch(/^offsets count UTF-16 units/);
    expect(await hintOf({ text, label: [[0, 3, '']] })).toBeUndefined();
  });

  it('is advised where tokens are not what they say, or would be half a character', async () => {
    const spans = [{ start: 2, end: 5, label: 'PER' }];
    const token = (start: number, end: number, text?: string) => ({ start, end, text });
    const lineOf = (...tokens: object[]) => ({ text: '😀 Ada', tokens, spans });
    for (const [line, message] of [
      [lineOf(token(0, 1, '😀'), token(2, 5, 'Ada')), 'cuts a character in two'],
      [{ ...lineOf(token(2, 5, 'Ada')), spans: [] }, 'the token "Ada" has offsets that cover " Ad"'],
    ] as const) {
      await workspace.write('prodigy.jsonl', `${JSON.stringify(line)}\n`);
      for (const call of [
        ['vocab', 'prodigy.jsonl'],
        ['tag', '--model', 'flag.json', '--input', 'jsonl', '-i', 'prodigy.jsonl'],
      ]) {
        const { code, stderr } = await workspace.run(call);
        expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
        expect(stderr).toContain('give --offsets codepoint');
        expect((await workspace.run([...call, '--offsets', 'codepoint'])).code).toBe(0);
      }
    }
  });

  it('is refused for predictions, which have none', async () => {
    await workspace.write('predicted.txt', 'Ada B-PER B-PER\n');
    const { code, stderr } = await workspace.run(['eval', '--predictions', 'predicted.txt', '--offsets', 'utf16']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--offsets is of corpora')]);
  });

  it('is for ner eval and ner vocab too', async () => {
    for (const call of [['eval', '--model', 'flag.json'], ['vocab']]) {
      expect((await workspace.run([...call, 'given.jsonl'])).code).toBe(3);
      expect((await workspace.run([...call, 'given.jsonl', '--offsets', 'codepoint'])).code).toBe(0);
    }
  });
});
