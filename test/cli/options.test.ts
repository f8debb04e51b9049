import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseNumber } from '../../src/cli/options.js';
import { PRESETS, TYPICAL } from '../../src/model/presets.js';
import { resolveSettings, SETTING_NAMES } from '../../src/model/settings.js';
import { TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
});
afterAll(() => workspace.remove());

/** The settings that a call of train would use, with a corpus or without, over those of the textbook. */
const settingsOf = (...args: string[]): Promise<Record<string, unknown>> => printed('--preset', 'textbook', ...args);

async function printed(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await workspace.run(['train', '--print-config', ...args]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('--print-config', () => {
  it('prints every setting: without a corpus, those of the preset default for a newspaper', async () => {
    const settings = resolveSettings(PRESETS.get('default')?.settingsFor(TYPICAL) ?? {});
    expect(Object.keys(settings)).toEqual(SETTING_NAMES);
    expect(await printed()).toEqual(settings);
    expect(await printed('--preset', 'default')).toEqual(settings);
  });

  it('with a corpus prints those for it, and trains nothing', async () => {
    const { epochs, features } = await printed('tiny.txt', '-o', 'untrained.json');
    expect(epochs).toBeGreaterThan(Number((await printed()).epochs));
    expect(features).toContain('conjunctions');
    expect(await workspace.names()).not.toContain('untrained.json');
  });

  it('of the preset textbook prints the defaults of all settings, for any corpus', async () => {
    expect(await settingsOf()).toEqual(resolveSettings());
    expect(await settingsOf('tiny.txt')).toEqual(resolveSettings());
    expect(resolveSettings()).toMatchObject({
      cell: 'elman',
      activation: 'tanh',
      hidden: 128,
      bidirectional: false,
      features: 'word',
      outputLayer: 'softmax',
      scheme: 'IOB2',
      optimizer: 'sgd',
    });
  });

  it('through --config gives the same settings, and the same model as the flags', async () => {
    const flags = [
      '--preset',
      'textbook',
      '--hidden',
      '6',
      '--epochs',
      '2',
      '--cell',
      'gru',
      '--no-drop-rare',
      '--decay',
      'none',
      '--seed',
      '5',
    ];
    const { stdout } = await workspace.run(['train', 'tiny.txt', '--print-config', ...flags]);
    await workspace.write('config.json', stdout);
    expect(await settingsOf('--config', 'config.json')).toEqual(JSON.parse(stdout));
    await workspace.run(['train', 'tiny.txt', '--config', 'config.json', '-o', 'a.json']);
    await workspace.run(['train', 'tiny.txt', ...flags, '-o', 'b.json']);
    expect(await workspace.read('a.json')).toBe(await workspace.read('b.json'));
  });
});

describe('settings', () => {
  it('of a file go before those of the preset, and flags before both', async () => {
    await workspace.write('part.json', '{"hidden":16,"lowercase":true,"dropRare":true}');
    const settings = await settingsOf('--config', 'part.json', '--hidden', '32', '--no-drop-rare');
    expect(settings).toMatchObject({ hidden: 32, lowercase: true, dropRare: false, epochs: 12 });
    expect(await settingsOf('--config', 'part.json', '--no-lowercase')).toMatchObject({ lowercase: false, hidden: 16 });
  });

  it('of adam have its rates, unless these are given', async () => {
    expect(await settingsOf('--optimizer', 'adam')).toMatchObject({ learningRate: 0.002, tableLearningRate: 0.002 });
    expect(await settingsOf('--optimizer', 'adam', '--learning-rate', '0.1')).toMatchObject({
      learningRate: 0.1,
      tableLearningRate: 0.002,
    });
  });

  it('of gated cells have larger rates of SGD', async () => {
    for (const cell of ['lstm', 'gru']) {
      expect(await settingsOf('--cell', cell)).toMatchObject({ learningRate: 0.1, tableLearningRate: 1 });
    }
    expect(await settingsOf('--cell', 'lstm', '--optimizer', 'adam')).toMatchObject({ learningRate: 0.002 });
  });

  it('all have a flag of their name', async () => {
    const help = (await workspace.run(['train', '--help'])).stdout.replace(/\s+/g, ' ');
    for (const name of SETTING_NAMES) {
      const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(help).toMatch(new RegExp(`--(no-)?${flag} `));
    }
    expect(help).toContain('--no-drop-rare');
    expect(help).not.toContain('--no-lowercase');
    expect(help).toContain('recurrent unit [elman] (choices: "elman", "lstm", "gru") ');
    expect(help).toContain('passes over the training part [12]');
    expect(help).toMatch(/--learning-rate <n> of the dense weights \([^)]*adam 0\.002\) --/);
  });
});

describe('a number', () => {
  const range = { kind: 'number', min: -1, max: 10 } as const;

  it.each([
    ['1', 1],
    ['+1', 1],
    ['-0.5', -0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e1', 10],
    ['1E-2', 0.01],
    ['-1', -1],
  ])('%s is read', (text, value) => expect(parseNumber(text, range)).toBe(value));

  it.each(['', ' ', '1 ', '1,5', '0x1', '1_0', 'Infinity', 'NaN', 'e1', '.', '--1', '10.01', '-1.01'])(
    '%j is refused with the range',
    (text) => expect(() => parseNumber(text, range)).toThrow('expected a number from -1 to 10'),
  );

  it('that must be whole is refused where it is not', () => {
    expect(parseNumber('3', { ...range, kind: 'integer' })).toBe(3);
    expect(() => parseNumber('2.5', { ...range, kind: 'integer' })).toThrow('expected a whole number from -1 to 10');
  });
});
