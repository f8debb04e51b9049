import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, Workspace } from '../support/small_model.js';

/** As annotators mark them: with a blank behind, within a word, one within another, nothing but a blank. */
const LINES = [
  {
    text: '😀 Ada left Oslo.',
    unit: 'codepoint',
    label: [
      [2, 6, 'PER'],
      [11, 14, 'LOC'],
    ],
  },
  {
    text: 'Eva Paz left.',
    label: [
      [0, 7, 'PER'],
      [4, 7, 'PER'],
      [7, 8, 'PER'],
    ],
  },
  {
    text: 'Bo left Lima.',
    label: [
      [0, 2, 'PER'],
      [8, 12, 'LOC'],
    ],
  },
];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('given.jsonl', LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
});
afterAll(() => workspace.remove());

describe('--mend-spans', () => {
  it('is named where entities are no whole tokens, or overlap', async () => {
    for (const line of LINES.slice(0, 2)) {
      await workspace.write('one.jsonl', `${JSON.stringify(line)}\n`);
      const { code, stderr } = await workspace.run(['vocab', 'one.jsonl']);
      expect([code, stderr]).toEqual([3, expect.stringContaining('--mend-spans')]);
    }
  });

  it('takes entities as whole tokens, and of those that overlap the longest, and says so in the offsets of the line', async () => {
    const { code, stdout, stderr } = await workspace.run(['convert', 'given.jsonl', '--mend-spans']);
    expect([code, stdout]).toEqual([
      0,
      '😀\tO\nAda\tB-PER\nleft\tO\nOslo\tB-LOC\n.\tO\n\n' +
        'Eva\tB-PER\nPaz\tI-PER\nleft\tO\n.\tO\n\n' +
        'Bo\tB-PER\nleft\tO\nLima\tB-LOC\n.\tO\n\n',
    ]);
    expect(stderr).toBe(
      'given.jsonl: 2 entities taken as whole tokens\n' +
        '  given.jsonl:1: the entity "Ada " (2 to 6) is taken as "Ada" (2 to 5)\n' +
        '  given.jsonl:1: the entity "Osl" (11 to 14) is taken as "Oslo" (11 to 15)\n' +
        'given.jsonl: 2 entities left out\n' +
        '  given.jsonl:2: the entity "Paz" (4 to 7) is left out: it overlaps "Eva Paz" (0 to 7)\n' +
        '  given.jsonl:2: the entity " " (7 to 8) is left out: it covers no token\n' +
        'read   given.jsonl: 3 sentences, 13 tokens, 5 entities (LOC PER), IOB2\n',
    );
  });

  it('counts what it mends as odd, and --check names all of it', async () => {
    const cut = {
      text: 'Ana left Oslo',
      label: [
        [0, 2, 'A'],
        [4, 7, 'B'],
        [9, 12, 'C'],
        [3, 4, 'D'],
      ],
    };
    await workspace.write('many.jsonl', `${JSON.stringify(cut)}\n`.repeat(2));
    const { code, stderr } = await workspace.run(['convert', 'many.jsonl', '--mend-spans', '--check']);
    expect([code, stderr]).toEqual([5, expect.stringMatching(/\nner: 8 odd places\n$/)]);
    expect(stderr.match(/^ {2}many\.jsonl:\d: the entity .* is taken as /gm)).toHaveLength(6);
    expect((await workspace.run(['convert', 'many.jsonl', '--mend-spans'])).stderr).toContain('  … and 3 more\n');
  });

  it('is refused where entities stand behind 😀 and nobody says what offsets count: they may be whole tokens in the other unit', async () => {
    await workspace.write('doubtful.jsonl', '{"text":"😀😀 So Ana left","label":[[6,9,"PER"]]}\n');
    const call = ['convert', 'doubtful.jsonl', '--mend-spans'];
    const { code, stderr } = await workspace.run(call);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/--offsets codepoint.*--offsets utf16, and the entity is mended/),
    ]);
    expect((await workspace.run([...call, '--offsets', 'codepoint'])).stdout).toContain('So\tO\nAna\tB-PER\n');
    expect((await workspace.run([...call, '--offsets', 'utf16'])).stdout).toContain('So\tB-PER\nAna\tI-PER\n');
  });

  it('tells two types apart where one has to go', async () => {
    await workspace.write('types.jsonl', '{"text":"Bank of Oslo","label":[[0,12,"ORG"],[0,12,"LOC"]]}\n');
    const { stderr } = await workspace.run(['convert', 'types.jsonl', '--mend-spans']);
    expect(stderr).toContain('is left out: it overlaps "Bank of Oslo" (0 to 12), "LOC" and "ORG"\n');
  });

  it('is in the record of a model, by which `ner verify` trains again, and is there for `ner eval`', async () => {
    const trained = await workspace.run([
      'train',
      'given.jsonl',
      '--dev',
      'given.jsonl',
      '--mend-spans',
      '-o',
      'm.json',
      ...QUICK,
    ]);
    expect(trained.code).toBe(0);
    expect(JSON.parse(await workspace.read('m.json')).training.mendSpans).toBe(true);
    const verified = await workspace.run(['verify', 'm.json', 'given.jsonl', '--dev', 'given.jsonl']);
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('gives the same bytes')]);
    const call = ['eval', 'given.jsonl', '--model', 'm.json'];
    expect([(await workspace.run(call)).code, (await workspace.run([...call, '--mend-spans'])).code]).toEqual([3, 0]);
  });

  it('is refused where there are no corpora, but predictions', async () => {
    await workspace.write('predicted.txt', 'Ana B-PER B-PER\n');
    const { code, stderr } = await workspace.run(['eval', '--predictions', 'predicted.txt', '--mend-spans']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--mend-spans is of corpora')]);
  });
});
