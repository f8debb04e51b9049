import { UsageError } from '../errors.js';
import { resolveSettings, SETTINGS, type Setting, type SettingName, type Settings } from './settings.js';

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
 * the variants in turn, the model's settings among them, and a seed of their own.
 * @throws UsageError where a variant is none, or is of no network
 */
export function memberSettings(settings: Settings): [Settings, ...Settings[]] {
  const { members, variant } = settings;
  if (variant.length >= members) {
    throw new UsageError(
      `variant "${variant[members - 1]}" would be that of network ${members + 1}, and there are ${members}`,
      {
        hint: `--members ${variant.length + 1} gives every variant a network`,
      },
    );
  }
  const changes = [{}, ...variant.map(parseVariant)];
  const further = Array.from({ length: members - 1 }, (_, i) => {
    const m = i + 1;
    const seed = (settings.seed + m * SEED_STEP) % 2 ** 32;
    return resolveSettings(settings, changes[m % changes.length], { seed, members: 1, variant: [] });
  });
  return [settings, ...further];
}

/** The settings that an encoder depends on: taggers with equal ones see the same one-hots. */
export function encodingOf({ features, lowercase, minCount, documentSentences }: Settings): string {
  return JSON.stringify({ features, lowercase, minCount, documentSentences });
}

/** `cell=gru learning-rate=0.003` as settings. */
function parseVariant(text: string): Partial<Settings> {
  const changes = text.split(' ').flatMap((part) => (part === '' ? [] : [parseChange(part, text)]));
  return Object.fromEntries(changes) as Partial<Settings>;
}

function parseChange(part: string, variant: string): [SettingName, unknown] {
  const at = part.indexOf('=');
  const name = VARYING.find((setting) => flagOf(setting) === part.slice(0, Math.max(at, 0)));
  if (name === undefined) {
    throw new UsageError(`variant "${variant}": "${part}" is not the value of a setting that may vary`, {
      hint: `NAME=VALUE with one of ${VARYING.map(flagOf).join(', ')}`,
    });
  }
  return [name, valueFor(SETTINGS[name], part.slice(at + 1))];
}

/** Of the kind that the setting has, where the text is one: else the text itself, which is then refused. */
function valueFor({ kind }: Setting, text: string): unknown {
  if (kind === 'flag') return text === 'true' || (text === 'false' ? false : text);
  return (kind === 'integer' || kind === 'number') && text !== '' ? Number(text) : text;
}

/** What a setting is called on the command line. */
export function flagOf(setting: string): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
