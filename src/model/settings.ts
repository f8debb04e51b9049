import * as z from 'zod/mini';
import { UsageError } from '../errors.js';
import { ACTIVATIONS, type Architecture, CELLS, OUTPUT_LAYERS } from '../network/architecture.js';
import { INITIALISATIONS } from '../network/initialise.js';
import { SCHEMES } from '../text/tags.js';
import { parseClassWeights } from './class_weights.js';
import { settingError } from './setting_issue.js';
import { validate } from './validate.js';
import { WEIGHT_FORMATS } from './weights.js';

const OPTIMIZERS = ['sgd', 'adam'] as const;
const DECISIONS = ['tags', 'entities'] as const;
const TABLE_OPTIMIZERS = ['same', 'sgd', 'adam', 'adagrad'] as const;
const DECAYS = ['linear', 'none'] as const;

/** One setting of a training run: what it may be, what it is by default, and what `--help` says of it. */
export type Setting =
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default: string; readonly help: string }
  | { readonly kind: 'text'; readonly default: string; readonly help: string }
  | {
      readonly kind: 'list';
      readonly default: readonly string[];
      /** What an entry looks like. */
      readonly entry: string;
      readonly help: string;
    }
  | { readonly kind: 'flag'; readonly default: boolean; readonly help: string }
  | {
      readonly kind: 'integer' | 'number';
      readonly min: number;
      readonly max: number;
      readonly default: number;
      readonly help: string;
    };

function choice<const V extends readonly string[]>(values: V, initial: V[number], help: string) {
  return { kind: 'choice', values, default: initial, help } as const;
}

function flag(initial: boolean, help: string) {
  return { kind: 'flag', default: initial, help } as const;
}

function integer(min: number, max: number, initial: number, help: string) {
  return { kind: 'integer', min, max, default: initial, help } as const;
}

function number(min: number, max: number, initial: number, help: string) {
  return { kind: 'number', min, max, default: initial, help } as const;
}

/** A setting that models have been made without: those mean its default. */
function later<S extends object>(setting: S) {
  return { ...setting, later: true } as const;
}

/**
 * Every setting that shapes a model, in the order of the help. The defaults are the preset `textbook`. The rates' defaults
 * are those of SGD on the Elman cell; `defaultRates` knows the others.
 */
export const SETTINGS = {
  features: {
    kind: 'text',
    default: 'word',
    help: 'one-hot kinds of a token, separated by commas, as word,lower,prefix:1-4; docs/features.md tells them all',
  },
  lowercase: flag(false, 'lower-case words before looking them up'),
  minCount: integer(1, 1_000_000, 1, 'words, and what else is a one-hot, seen less often are unknown'),
  documentSentences: later(
    integer(0, 1_000_000, 0, 'sentences that are a document where the corpus marks none; 0: there are no documents'),
  ),
  dropRare: flag(true, 'train the unknown word by replacing a word seen n times with chance 1/(1+n)'),
  scheme: choice(SCHEMES, 'IOB2', 'tag scheme that the network learns'),
  cell: choice(CELLS, 'elman', 'recurrent unit'),
  activation: choice(ACTIVATIONS, 'tanh', 'g of the Elman unit'),
  bidirectional: flag(false, 'read every sentence from both ends'),
  hidden: integer(1, 8192, 128, 'units of a layer in one direction'),
  layers: integer(1, 16, 1, 'recurrent layers'),
  columnWidth: later(
    integer(0, 8192, 0, 'columns of one table that the first layer reads through a matrix; 0 makes the table U itself'),
  ),
  outputLayer: choice(OUTPUT_LAYERS, 'softmax', 'what turns scores into tags'),
  initialisation: choice(INITIALISATIONS, 'uniform', 'start of W: uniform in ±1/√H, or orthogonal'),
  tableDeviation: later(
    number(0, 10, 0, 'standard deviation of the start of column tables; 0 starts them like all weights'),
  ),
  dropoutInput: later(
    number(0, 0.95, 0, 'chance that a column of the input is dropped in a step; needs --column-width'),
  ),
  dropoutStates: later(number(0, 0.95, 0, 'chance that a state is dropped in a step before what reads it next')),
  adversarial: later(
    number(
      0,
      10,
      0,
      'how far the input of every second batch is moved against the network, as a share of its length; needs --column-width',
    ),
  ),
  bpttSteps: integer(0, 1_000_000, 0, 'cut the gradient every so many tokens; 0 lets it reach back all the way'),
  epochs: integer(1, 100_000, 12, 'passes over the training part'),
  batchSize: integer(1, 100_000, 32, 'sentences in a batch'),
  optimizer: choice(OPTIMIZERS, 'sgd', 'rule of the weight updates'),
  tableOptimizer: later(choice(TABLE_OPTIMIZERS, 'same', 'that of column tables: the same, or another')),
  learningRate: number(0, 1000, 0.02, 'of the dense weights (default: 0.02; lstm and gru 0.1; adam 0.002)'),
  tableLearningRate: number(
    0,
    1000,
    0.5,
    'of column tables, never with momentum (default: 0.5; lstm and gru 1; adam 0.002; adagrad 0.03)',
  ),
  momentum: number(0, 0.999999, 0.9, 'of SGD on the dense weights'),
  adamBeta2: later(number(0, 0.999999, 0.999, 'β2 of Adam on the dense weights')),
  classWeight: later({
    kind: 'list',
    default: [] as readonly string[],
    entry: 'type=n',
    help: 'how much the tokens of a type count, such as PER=2; may be repeated; all others count 1',
  }),
  clip: number(0, 1e9, 5, 'largest norm of the dense gradient; 0 never clips'),
  decay: choice(DECAYS, 'linear', 'of the learning rates: evenly towards 0 at the end, or none'),
  averageEpochs: later(
    integer(0, 100_000, 0, 'last epochs over which the weights are averaged, 8 times in each; 0 never averages'),
  ),
  weightFormat: later(
    choice(
      WEIGHT_FORMATS,
      'float32',
      'of weights in the model file; int8: tables in 8 bits with a scale a row, the rest float16',
    ),
  ),
  members: later(integer(1, 64, 1, 'networks of the model, trained one after the other, whose scores are averaged')),
  variant: later({
    kind: 'list',
    default: [] as readonly string[],
    entry: 'name=value',
    help:
      'what the second of several networks has otherwise, such as "cell=gru learning-rate=0.003"; may be repeated for the third and ' +
      'so on, and they take turns with the settings themselves',
  }),
  agreement: later(
    number(
      0,
      10,
      0,
      'how much the places of a word in a document that are of one type count for its other places there',
    ),
  ),
  decision: later(
    choice(
      DECISIONS,
      'tags',
      'what is looked for: the likeliest tags, or the entities that are more probable than a threshold fitted to the dev set',
    ),
  ),
  patience: integer(0, 100_000, 0, 'stop after so many epochs without a better dev F1; 0 never stops early'),
  devShare: number(0.01, 0.5, 0.1, 'share of the corpus held out when no dev set is given'),
  seed: integer(0, 4_294_967_295, 1, 'of everything drawn at random'),
} as const satisfies { readonly [name: string]: Setting };

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** The type of a setting's values. */
type ValueOf<S extends Setting> = S extends { readonly kind: 'choice' }
  ? S['values'][number]
  : S extends { readonly kind: 'flag' }
    ? boolean
    : S extends { readonly kind: 'text' }
      ? string
      : S extends { readonly kind: 'list' }
        ? readonly string[]
        : number;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** What a setting is called on the command line. */
export function flagOf(setting: string): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * All settings: what a model file holds, which may be without those that came later. (Built where it is needed, as it takes
 * milliseconds.)
 */
export function settingsSchema(): z.ZodMiniType<Settings> {
  const schemas = schemasByName((name) => {
    const setting: Setting & { readonly later?: boolean } = SETTINGS[name];
    return setting.later ? z._default(schemaOf(setting), setting.default) : schemaOf(setting);
  });
  return z.strictObject(schemas) as z.ZodMiniType<unknown> as z.ZodMiniType<Settings>;
}

/** Some settings: what a preset, a configuration file or the flags give. */
function partialSettingsSchema(): z.ZodMiniType<Partial<Settings>> {
  return z.strictObject(schemasByName((name) => z.optional(schemaOf(SETTINGS[name]))));
}

function schemasByName(schema: (name: SettingName) => z.ZodMiniType): Record<string, z.ZodMiniType> {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, schema(name)]));
}

function schemaOf(setting: Setting): z.ZodMiniType {
  switch (setting.kind) {
    case 'choice':
      return z.enum(setting.values as [string, ...string[]]);
    case 'text':
      return z.string();
    case 'list':
      return z.array(z.string());
    case 'flag':
      return z.boolean();
    case 'integer':
      return z.int().check(z.minimum(setting.min), z.maximum(setting.max));
    case 'number':
      return z.number().check(z.minimum(setting.min), z.maximum(setting.max));
  }
}

/** Gates divide the gradient among themselves, so gated cells bear and need larger steps of SGD; others set their own scale. */
export function defaultRates({
  optimizer = 'sgd',
  tableOptimizer = 'same',
  cell,
}: Partial<Settings>): Pick<Settings, 'learningRate' | 'tableLearningRate'> {
  const gated = cell === 'lstm' || cell === 'gru';
  const learningRate = { sgd: gated ? 0.1 : 0.02, adam: 0.002 }[optimizer];
  const tableRates = { sgd: gated ? 1 : 0.5, adam: 0.002, adagrad: 0.03 };
  return { learningRate, tableLearningRate: tableRates[tableOptimizer === 'same' ? optimizer : tableOptimizer] };
}

/**
 * Complete settings: the defaults, overridden by each of the given parts in turn. Throws UsageError where a value is not
 * one the setting can have.
 */
export function resolveSettings(...parts: readonly Partial<Settings>[]): Settings {
  const given: Partial<Settings> = Object.assign({}, ...parts);
  const defaults = Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].default]));
  const settings = parseSettings(settingsSchema(), { ...defaults, ...defaultRates(given), ...given }, 'settings');
  refuseWithoutColumns(settings);
  parseClassWeights(settings.classWeight);
  return settings;
}

function refuseWithoutColumns(settings: Settings): void {
  const needing = NEED_COLUMNS.filter((name) => settings[name] > 0);
  if (needing.length === 0 || settings.columnWidth > 0) return;
  throw new UsageError(`settings: ${needing.join(', ')}: there is no sum of columns to change`, {
    hint: `give columnWidth (--column-width) too, 48 say, or ${needing.map((name) => `--${flagOf(name)} 0`).join(' and ')}`,
  });
}

/** What is done to the sum of a token's columns. */
const NEED_COLUMNS = ['dropoutInput', 'adversarial'] as const;

/** The settings that a configuration file gives. Throws UsageError naming the file and the setting that is wrong. */
export function parsePartialSettings(value: unknown, source: string): Partial<Settings> {
  return parseSettings(partialSettingsSchema(), value, source);
}

function parseSettings<S>(schema: z.ZodMiniType<S>, value: unknown, source: string): S {
  const validated = validate(schema, value);
  if ('data' in validated) return validated.data;
  throw settingError(value, validated.issue, SETTINGS, source);
}

export function architectureOf(settings: Settings): Architecture {
  const { cell, activation, bidirectional, hidden, layers, columnWidth, outputLayer } = settings;
  return { cell, activation, bidirectional, hidden, layers, columnWidth, outputLayer };
}
