import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { encodingOf, mapVariant, memberSettings } from '../../src/model/variants.js';

describe('the settings of networks', () => {
  it('are those of the model where there is one', () => {
    const settings = resolveSettings({ hidden: 5 });
    expect(memberSettings(settings)).toEqual([settings]);
  });

  it('take turns: the model’s, each variant, and again', () => {
    const variant = [
      'cell=gru learning-rate=0.003',
      'hidden=9  bidirectional=true drop-rare=false features=word,lower',
    ];
    const settings = resolveSettings({ hidden: 5, members: 5, variant });
    const [first, second, third, fourth, fifth] = memberSettings(settings);
    expect(first).toEqual(settings);
    const alone = { members: 1, variant: [] };
    expect(second).toEqual({
      ...settings,
      ...alone,
      cell: 'gru',
      ...{ learningRate: 0.003, tableLearningRate: 1 },
      seed: second.seed,
    });
    const changed = { hidden: 9, bidirectional: true, dropRare: false, features: 'word,lower' };
    expect(third).toEqual({ ...settings, ...alone, ...changed, seed: third.seed });
    expect(fourth).toEqual({ ...settings, ...alone, seed: fourth.seed });
    expect(fifth).toEqual({ ...second, seed: fifth.seed });
  });

  it('have the default rates of their own cell and optimiser, where the model has its own', () => {
    const ratesOf = (settings: Partial<Settings>, variant: string): number[] => {
      const [, { learningRate, tableLearningRate }] = memberSettings(
        resolveSettings(settings, { members: 2, variant: [variant] }),
      );
      return [learningRate, tableLearningRate];
    };
    for (const [settings, variant, alone] of [
      [{}, 'cell=lstm', { cell: 'lstm' }],
      [{}, 'optimizer=adam', { optimizer: 'adam' }],
      [{ cell: 'gru' }, 'cell=elman table-optimizer=adagrad', { cell: 'elman', tableOptimizer: 'adagrad' }],
    ] as const) {
      const { learningRate, tableLearningRate } = resolveSettings(settings, alone);
      expect(ratesOf(settings, variant)).toEqual([learningRate, tableLearningRate]);
    }
    expect(ratesOf({}, 'cell=lstm learning-rate=0.3')).toEqual([0.3, 1]);
    expect(ratesOf({ learningRate: 0.004 }, 'cell=lstm')).toEqual([0.004, 1]);
  });

  it('have seeds of their own, different for neighbouring seeds of the model', () => {
    const seeds = [0, 1, 2, 3, 4_294_967_295].flatMap((seed) =>
      memberSettings(resolveSettings({ members: 8, seed })).map((settings) => settings.seed),
    );
    expect(new Set(seeds).size).toBe(40);
    for (const seed of seeds) expect(resolveSettings({ seed }).seed).toBe(seed);
  });

  it.each([
    ['cell=rnn', 'variant "cell=rnn": settings: cell: '],
    ['hidden=', 'variant "hidden=": hidden is "", expected a number'],
    ['hidden=two', 'variant "hidden=two": hidden is "two", expected a number'],
    ['hidden=0', 'variant "hidden=0": settings: hidden: '],
    ['bidirectional=yes', 'bidirectional is "yes", expected true or false'],
    ['cell=gru hidden=3 cell=lstm', 'variant "cell=gru hidden=3 cell=lstm": cell is given twice'],
    ['hidden', 'variant "hidden": "hidden" is not the value of a setting that may vary'],
    ['scheme=IO', '"scheme=IO" is not the value of a setting that may vary'],
    ['seed=3', '"seed=3" is not the value of a setting that may vary'],
    ['dropout-input=0.3', 'dropoutInput: there is no sum of columns to change'],
  ])('are refused where a variant is "%s"', (variant, message) => {
    const settings = resolveSettings({ members: 2, variant: [variant] });
    expect(() => memberSettings(settings)).toThrow(UsageError);
    expect(() => memberSettings(settings)).toThrow(message);
  });

  it('are refused where a variant is of no network', () => {
    const settings = resolveSettings({ members: 2, variant: ['cell=gru', 'cell=lstm'] });
    expect(() => memberSettings(settings)).toThrow('variant "cell=lstm" would be that of network 3, and there are 2');
    expect(() => memberSettings(resolveSettings({ variant: ['cell=gru'] }))).toThrow('network 2, and there are 1');
  });

  it('share an encoder where what shapes one-hots is equal', () => {
    const settings = resolveSettings();
    expect(encodingOf(resolveSettings({ cell: 'gru', hidden: 3, seed: 9 }))).toBe(encodingOf(settings));
    for (const change of [{ features: 'lower' }, { minCount: 2 }, { lowercase: true }, { documentSentences: 5 }]) {
      expect(encodingOf(resolveSettings(change))).not.toBe(encodingOf(settings));
    }
  });
});

it('a variant can be changed by what it changes', () => {
  const text = ' cell=gru  features=word,lower min-count=2';
  expect(mapVariant(text, (_, value) => value)).toBe('cell=gru features=word,lower min-count=2');
  expect(mapVariant(text, (name, value) => (name === 'minCount' ? undefined : `${value}x`))).toBe(
    'cell=grux features=word,lowerx',
  );
});
