import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'm.json');
});
afterAll(() => workspace.remove());

describe('ner train', () => {
  it('warns of tokens that ner tag would cut otherwise, and not of a corpus cut as it does', async () => {
    const words = ['王小明 B-PER', '住在 O', '北京 B-LOC'].join('\n');
    await workspace.write('words.txt', `${words}\n\n`.repeat(5));
    const { stderr } = await workspace.run(['train', 'words.txt', ...QUICK, '-o', 'words.json']);
    expect(stderr).toContain(
      'warning words.txt: ner tag would cut 100 % of the tokens otherwise where it is given text',
    );
    const { stderr: usual } = await workspace.run(['train', 'tiny.txt', ...QUICK, '-o', 'usual.json']);
    expect(usual).not.toContain('would cut');
  });

  it.each([
    [['--cell', 'gru', '--activation', 'relu'], '--activation has no effect: it is of the cell elman'],
    [['--optimizer', 'adam', '--momentum', '0.5'], '--momentum has no effect: it is of the optimizer sgd'],
    [['--adam-beta2', '0.9'], '--adam-beta2 has no effect: it is of the optimizer adam'],
  ])('warns that %j says nothing', async (flags, message) => {
    const { stderr } = await workspace.run(['train', 'tiny.txt', ...QUICK, ...flags, '-o', 'idle.json']);
    expect(stderr).toContain(`warning ${message}\n`);
  });

  it('does not warn of a flag that is of some of several networks', async () => {
    const flags = ['--cell', 'gru', '--activation', 'relu', '--members', '2', '--variant', 'cell=elman'];
    const { stderr } = await workspace.run(['train', 'tiny.txt', ...QUICK, ...flags, '-o', 'used.json']);
    expect(stderr).not.toContain('no effect');
  });

  it('says that it takes the place of a model, and which one $NER_MODEL still names', async () => {
    const args = ['train', 'tiny.txt', '--dev', 'tiny.txt', ...QUICK, '-o', 'again.json'];
    const env = { NER_MODEL: 'm.json' };
    const first = await workspace.run(args, { env });
    expect(first.stderr).not.toContain('in place of');
    expect(first.stderr).toContain('warning $NER_MODEL still names another model for ner tag and ner eval: m.json\n');
    const second = await workspace.run(args, { env: { NER_MODEL: 'again.json' } });
    expect(second.stderr).toContain('output again.json, in place of the model that is there\n');
    expect(second.stderr).not.toContain('NER_MODEL');
  });

  it('says where the corpus went that stands behind --dev', async () => {
    const { code, stderr } = await workspace.run(['train', '--dev', 'dev.txt', 'tiny.txt']);
    expect(code).toBe(2);
    expect(stderr).toBe('ner: no corpus to train on\nhint: --dev took dev.txt and tiny.txt: write the corpus first\n');
  });
});

describe('ner train of a corpus with a misspelt type', () => {
  it('warns of types that differ only in case, be they in one file or in several', async () => {
    await workspace.write('upper.txt', 'Ada B-PER\nOslo B-LOC\n');
    await workspace.write('lower.txt', 'Bo B-per\nRome B-LOC\n');
    const args = [
      'train',
      'upper.txt',
      'lower.txt',
      '--dev',
      'tiny.txt',
      '-o',
      'cases.json',
      ...QUICK,
      '--epochs',
      '1',
    ];
    const { stderr } = await workspace.run(args);
    expect(stderr).toContain(
      'warning types that differ only in case: PER, per; are they meant? (ner convert --map per=PER makes them one)\n',
    );
    expect(stderr).not.toContain('LOC;');
  });

  const ADA = 'Ada B-PER\nleft O\n\n';

  it('warns of it where there are many entities, and not where all types are rare', async () => {
    await workspace.write('misspelt.txt', `${ADA.repeat(250)}Bo B-PRE\n\nOslo B-LCO\n\nRome B-LCO\n\n`);
    await workspace.write('small.txt', `${ADA.repeat(9)}Bo B-PRE\n`);
    const warnings = async (name: string): Promise<string[]> => {
      const args = ['train', name, '--dev', 'tiny.txt', '-o', 'typed.json', ...QUICK, '--epochs', '1'];
      const { stderr } = await workspace.run(args);
      return stderr.split('\n').filter((line) => line.includes('hardly'));
    };
    expect(await warnings('misspelt.txt')).toEqual([
      'warning types of hardly any entity, which are hardly learned: LCO (2), PRE (1); are they meant?',
    ]);
    expect(await warnings('small.txt')).toEqual([]);
  });
});

describe('ner eval', () => {
  const evaluate = (name: string) => workspace.run(['eval', name, '--model', 'm.json']);

  it('warns of gold types that the model does not know', async () => {
    await workspace.write('more.txt', 'Ada B-PER\nsang O\nFaust B-WORK\n');
    expect((await evaluate('more.txt')).stderr).toBe('warning the model does not know WORK: all are misses\n');
    await workspace.write('same.txt', 'Ada B-PER\nsang O\n');
    expect((await evaluate('same.txt')).stderr).toBe('');
  });

  it('warns of what the model was trained on, under any name, and notes what it was chosen by', async () => {
    await workspace.write('copy.txt', TINY);
    await workspace.write('apart.txt', 'Ada B-PER\nsang O\n');
    await workspace.run(['train', 'tiny.txt', '--dev', 'apart.txt', ...QUICK, '-o', 'chosen.json']);
    const { code, stderr } = await workspace.run(['eval', 'copy.txt', 'apart.txt', '--model', 'chosen.json']);
    expect([code, stderr]).toEqual([
      0,
      'warning the model was trained on copy.txt: its scores there say nothing of other texts\n' +
        'note   the model was chosen by its scores on apart.txt\n',
    ]);
  });

  it('warns of what a corpus was made from, which the model remembers and ner verify keeps', async () => {
    await workspace.write('source.txt', 'Ada I-PER\nleft O\n');
    const args = ['tiny.txt', '--dev', 'tiny.txt', ...QUICK, '--made-from', 'source.txt', '-o', 'made.json'];
    await workspace.run(['train', ...args]);
    const { code, stderr } = await workspace.run(['eval', 'source.txt', '--model', 'made.json']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning the model was trained on what was made from source.txt: its scores there say nothing of other texts\n',
    );
    expect((await workspace.run(['verify', 'made.json', 'tiny.txt', '--dev', 'tiny.txt'])).code).toBe(0);
    expect((await workspace.run(['inspect', 'made.json'])).stdout).toContain(
      '\nmade from   1 file (SHA-256 in --json)\ntrained on ',
    );
  });

  it('tells what the model knows where it knows none of them', async () => {
    await workspace.write('others.txt', 'Ada B-person\nleft O\nOslo B-place\n');
    const { code, stderr } = await evaluate('others.txt');
    expect(code).toBe(0);
    expect(stderr).toBe(
      'warning the model does not know person place: all are misses; it knows LOC ORG PER (--map FROM=TO renames types)\n',
    );
  });
});

describe('ner tag', () => {
  it.each([
    ['jsonl', 'JSON Lines', '{"text":"Ada left"}\n'],
    ['columns', 'columns', 'Ada\tB-PER\nleft\tO\n'],
  ])('of a file that is %s, but was not said to be, says so', async (kind, name, content) => {
    await workspace.write('given', content);
    const tag = (...more: string[]) => workspace.run(['tag', '--model', 'm.json', '-i', 'given', ...more]);
    const { code, stderr } = await tag();
    expect([code, stderr]).toEqual([
      0,
      `warning given looks like ${name} and is tagged as text; --input ${kind} reads it as what it is\n`,
    ]);
    expect((await tag('--input', kind)).stderr).toBe('');
    expect((await tag('--input', 'tokens')).stderr).toContain(`looks like ${name} and is tagged as tokens`);
  });

  it('notices that also where lines come in one by one', async () => {
    const stdin = ['\n', 'Ada\tB-PER\n', 'left\tO\n', 'Oslo\tB-LOC\n'].map((line) => Buffer.from(line));
    const { stderr } = await workspace.run(['tag', '--model', 'm.json'], { stdin });
    expect(stderr).toBe(
      'warning standard input looks like columns and is tagged as text; --input columns reads it as what it is\n',
    );
  });

  it.each([
    ['tiny.txt', 'the file'],
    ['-', 'standard input'],
  ])('tags %s as text, but says how to tag %s', async (word, what) => {
    const { code, stdout, stderr } = await workspace.run(['tag', '--model', 'm.json', word]);
    expect([code, stdout]).toEqual([0, expect.stringContaining(word)]);
    expect(stderr).toBe(`warning "${word}" is tagged as text; -i ${word} tags ${what}\n`);
  });
});
