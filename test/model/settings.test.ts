import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { UsageError } from '../../src/errors.js';
import {
  architectureOf,
  parsePartialSettings,
  resolveSettings,
  SETTING_NAMES,
  type Settings,
  settingsSchema,
} from '../../src/model/settings.js';

describe('settings', () => {
  it('are all there, each from the last part that gives it', () => {
    const settings = resolveSettings({ hidden: 5, epochs: 3 }, {}, { epochs: 7 });
    expect(Object.keys(settings)).toEqual(SETTING_NAMES);
    expect(settings).toMatchObject({ hidden: 5, epochs: 7, batchSize: 32, seed: 1 });
  });

  it('have rates of their own for each rule and kind of cell, unless given', () => {
    const rates = (...parts: readonly Partial<Settings>[]) => {
      const { learningRate, tableLearningRate } = resolveSettings(...parts);
      return [learningRate, tableLearningRate];
    };
    expect(rates()).toEqual([0.02, 0.5]);
    expect(rates({ cell: 'lstm' })).toEqual([0.1, 1]);
    expect(rates({ cell: 'gru' })).toEqual([0.1, 1]);
    expect(rates({ optimizer: 'adam', cell: 'gru' })).toEqual([0.002, 0.002]);
    expect(rates({ optimizer: 'adam', tableOptimizer: 'adagrad' })).toEqual([0.002, 0.03]);
    expect(rates({ cell: 'lstm', tableOptimizer: 'adam' })).toEqual([0.1, 0.002]);
    expect(rates({ optimizer: 'adam' }, { tableLearningRate: 0.3 })).toEqual([0.002, 0.3]);
  });

  it('drop columns of the input, or move it, only where there is a table of its own', () => {
    expect(() => resolveSettings({ dropoutInput: 0.4 })).toThrow(UsageError);
    expect(() => resolveSettings({ adversarial: 0.02 })).toThrow('adversarial: there is no sum of columns to change');
    const both = { dropoutInput: 0.4, adversarial: 0.02 };
    expect(() => resolveSettings(both)).toThrow('dropoutInput, adversarial: there is no sum of columns to change');
    expect(resolveSettings({ ...both, columnWidth: 112 })).toMatchObject(both);
  });

  it('of a model that was made without a later one mean its default', () => {
    const { columnWidth, averageEpochs, ...stored } = resolveSettings();
    expect(z.parse(settingsSchema(), stored)).toEqual({ ...stored, columnWidth, averageEpochs });
    const { hidden: _, ...broken } = stored;
    expect(() => z.parse(settingsSchema(), broken)).toThrow('hidden');
  });

  it('out of range are refused', () => {
    expect(() => resolveSettings({ hidden: 0 })).toThrow(UsageError);
    expect(() => resolveSettings({ momentum: 1 })).toThrow('settings: momentum: ');
    expect(() => resolveSettings({ seed: 0.5 })).toThrow('settings: seed: ');
  });

  it.each<[unknown, string]>([
    [{ hiden: 1 }, 'c.json: there is no setting "hiden"'],
    [{ hidden: '8' }, 'c.json: hidden: expected a whole number from 1 to 8192, found "8"'],
    [{ seed: 0.5 }, 'c.json: seed: expected a whole number from 0 to 4294967295, found 0.5'],
    [{ cell: 'rnn' }, 'c.json: cell: expected one of elman, lstm, gru, found "rnn"'],
    [{ bidirectional: 'yes' }, 'c.json: bidirectional: expected true or false, found "yes"'],
    [{ features: ['word'] }, 'c.json: features: expected a text in quotes, found a list'],
    [{ variant: {} }, 'c.json: variant: expected a list of texts, found an object'],
    [{ variant: ['cell=lstm', 5] }, 'c.json: variant: expected a list of texts, found 5 as number 2'],
    [{ learningRate: null }, 'c.json: learningRate: expected a number from 0 to 1000, found null'],
    [{ momentum: 1, epochs: 0 }, 'c.json: epochs: '],
    [null, 'c.json: expected an object of settings'],
    [[], 'c.json: expected an object of settings'],
    [3, 'c.json: expected an object of settings'],
  ])('%j in a file is refused by its name', (value, message) => {
    expect(() => parsePartialSettings(value, 'c.json')).toThrow(message);
  });

  it.each([
    ['hiden', 'did you mean hidden?'],
    ['lr', 'known settings: '],
    ['size', 'known settings: '],
    ['learning_rate', 'did you mean learningRate?'],
    ['gpu', 'known settings: features, '],
  ])('%s in a file is answered with what may be meant', (name, hint) => {
    expect(() => parsePartialSettings({ [name]: 1 }, 'c.json')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(hint) }),
    );
  });

  it('of a file may be any of them', () => {
    expect(parsePartialSettings({ hidden: 3, dropRare: false }, 'c.json')).toEqual({ hidden: 3, dropRare: false });
  });

  it('hold the architecture', () => {
    expect(architectureOf(resolveSettings({ cell: 'gru', layers: 2 }))).toEqual({
      cell: 'gru',
      activation: 'tanh',
      bidirectional: false,
      hidden: 128,
      layers: 2,
      columnWidth: 0,
      outputLayer: 'softmax',
    });
  });
});
