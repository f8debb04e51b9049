import { UsageError } from '../errors.js';
import {
  defaultRates,
  flagOf,
  resolveSettings,
  SETTINGS,
  type Setting,
  type SettingName,
  type Settings,
} from './settings.js';

/** What the networks of a model may have of their own: not what shapes the tags, the file or the dev part. */
const VARYING: readonly SettingName[] = [
  'features',
  'lowercase',
  'minCount',
  'dropRare',
  'cell',
  'activation',
  'bidirectional',
  'hidden',
  'layers',
  'columnWidth',
  'initialisation',
  'tableDeviation',
  'dropoutInput',
  'dropoutStates',
  'adversarial',
  'bpttSteps',
  'epochs',
  'batchSize',
  'optimizer',
  'tableOptimizer',
  'learningRate',
  'tableLearningRate',
  'momentum',
  'adamBeta2',
  'clip',
  'decay',
  'averageEpochs',
  'patience',
];

/** Between the seeds of networks; odd, so that no two of them share one. */
const SEED_STEP = 0x9e3779b1;

/**
 * The settings of each network of a model: the first has those of the model, the others theirs as if they were trained alone, with
 * the variants in turn, the model's settings among them, and a seed of their own. A variant of another cell or optimiser has the rates
 * that such a network has by default, unless it says others or the model has others than its own defaults.
 * @throws UsageError where a variant is none, or is of no network
 */
export function memberSettings(settings: Settings): [Settings, ...Settings[]] {
  const { members, variant } = settings;
  if (variant.length >= members) {
    throw new UsageError(
      `variant "${variant[members - 1]}" would be that of network ${members + 1}, and there are ${members}`,
      { hint: `--members ${variant.length + 1} gives every variant a network` },
    );
  }
  const varied = [settings, ...variant.map((text) => variedSettings(settings, text))];
  const further = Array.from({ length: members - 1 }, (_, i): Settings => {
    const m = i + 1;
    const seed = (settings.seed + m * SEED_STEP) % 2 ** 32;
    return { ...varied[m % varied.length], seed, members: 1, variant: [] };
  });
  return [settings, ...further];
}

/** The settings that an encoder depends on: taggers with equal ones see the same one-hots. */
export function encodingOf({ features, lowercase, minCount, documentSentences }: Settings): string {
  return JSON.stringify({ features, lowercase, minCount, documentSentences });
}

/** A variant with each of its changes replaced by what `change` makes of it, or left out. */
export function mapVariant(text: string, change: (name: SettingName, value: string) => string | undefined): string {
  return changesOf(text)
    .flatMap(([name, value]) => {
      const changed = change(name, value);
      return changed === undefined ? [] : [`${flagOf(name)}=${changed}`];
    })
    .join(' ');
}

function variedSettings(settings: Settings, text: string): Settings {
  const changes = Object.fromEntries(
    changesOf(text).map(([name, value]) => [name, valueFor(SETTINGS[name], value, () => refusal(text, name, value))]),
  ) as Partial<Settings>;
  try {
    return resolveSettings(settings, ratesFor(settings, changes), changes);
  } catch (error) {
    if (error instanceof UsageError) {
      throw new UsageError(`variant "${text}": ${error.message}`, error.hint === undefined ? {} : { hint: error.hint });
    }
    throw error;
  }
}

/** The default rates of a network with the changes, of those that are the defaults without them. */
function ratesFor(settings: Settings, changes: Partial<Settings>): Partial<Settings> {
  const [before, after] = [defaultRates(settings), defaultRates({ ...settings, ...changes })];
  const names = ['learningRate', 'tableLearningRate'] as const;
  return Object.fromEntries(names.filter((name) => settings[name] === before[name]).map((name) => [name, after[name]]));
}

/** `cell=gru learning-rate=0.003` as settings and the texts of their values. */
function changesOf(text: string): [SettingName, string][] {
  const changes = text.split(' ').flatMap((part) => (part === '' ? [] : [changeOf(part, text)]));
  const names = changes.map(([name]) => name);
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== undefined) throw new UsageError(`variant "${text}": ${flagOf(repeated)} is given twice`);
  return changes;
}

function changeOf(part: string, variant: string): [SettingName, string] {
  const at = part.indexOf('=');
  const name = VARYING.find((setting) => flagOf(setting) === part.slice(0, Math.max(at, 0)));
  if (name === undefined) {
    throw new UsageError(`variant "${variant}": "${part}" is not the value of a setting that may vary`, {
      hint: `NAME=VALUE with one of ${VARYING.map(flagOf).join(', ')}`,
    });
  }
  return [name, part.slice(at + 1)];
}

/** Of the kind that the setting has. */
function valueFor({ kind }: Setting, text: string, refuse: () => Error): unknown {
  if (kind === 'flag') {
    if (text !== 'true' && text !== 'false') throw refuse();
    return text === 'true';
  }
  if (kind !== 'integer' && kind !== 'number') return text;
  if (text === '' || !Number.isFinite(Number(text))) throw refuse();
  return Number(text);
}

function refusal(variant: string, name: SettingName, value: string): UsageError {
  const expected = SETTINGS[name].kind === 'flag' ? 'true or false' : 'a number';
  return new UsageError(`variant "${variant}": ${flagOf(name)} is "${value}", expected ${expected}`);
}
