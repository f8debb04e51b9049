import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { parametersOf } from '../model/file_parameters.js';
import type { TrainingRecord } from '../model/record.js';
import { SETTING_NAMES, type SettingName, type Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import { weightCount } from '../network/parameters.js';
import { visible } from '../text/visible.js';
import { type HashedModel, type LoadedModel, loadHashedModel } from './models.js';
import { counted, percent, thousands } from './progress.js';
import type { Shell } from './shell.js';

interface Options {
  readonly json?: boolean;
  readonly weights?: string;
}

export function configure(command: Command, shell: Shell): void {
  command
    .description('Show what a model file holds: its settings, vocabulary, tags, parameters and how it was trained.')
    .argument('[model]', 'model file; else the one that `ner tag` would use')
    .option('--json', 'print it as one JSON object')
    .option('--weights <name>', 'print the numbers of one parameter, a row for each of its inputs, tabs between')
    .action(async (file: string | undefined, options: Options) => {
      const loaded = await loadHashedModel(shell, file);
      if (options.weights !== undefined) await printWeights(loaded, options.weights, shell);
      else await shell.stdout.write(options.json === true ? `${JSON.stringify(asJson(loaded))}\n` : asText(loaded));
    });
}

function asJson({ name, sha256, model: { tagger, record } }: HashedModel): object {
  return {
    schema: 1,
    model: { file: name, sha256 },
    settings: tagger.settings,
    tags: tagger.tags,
    vocabularies: vocabulariesOf(tagger),
    ...(tagger.members.length === 1
      ? {}
      : {
          members: tagger.members.map((member) => ({
            settings: member.settings,
            vocabularies: vocabulariesOf(member),
          })),
        }),
    parameters: parametersOf(tagger).map(({ name: parameter, shape: { rows, columns } }) => ({
      name: parameter,
      shape: [rows, columns],
    })),
    training: record,
    threshold: tagger.threshold,
    temperature: tagger.temperature,
  };
}

function vocabulariesOf({ encoder }: Tagger): { readonly feature: string; readonly size: number }[] {
  return encoder.vocabularies.map(({ size }, k) => ({ feature: encoder.kindNames[k], size }));
}

function asText({ name, sha256, model: { tagger, record } }: HashedModel): string {
  const { settings, tags, members } = tagger;
  const { f1, precision, recall } = record.devScores;
  const parameters = parametersOf(tagger);
  const width = Math.max(12, ...parameters.map((parameter) => parameter.name.length + 2));
  const weights = parameters.reduce((sum, { shape }) => sum + weightCount(shape), 0);
  const lines = [
    `model       ${visible(name)}`,
    `sha256      ${sha256}`,
    `trained by  ner-trainer ${record.version}, kernels ${record.kernels}, seed ${settings.seed}`,
    ...(record.about === undefined ? [] : [`about       ${visible(record.about)}`]),
    ...(record.madeFrom === undefined
      ? []
      : [`made from   ${counted(record.madeFrom.length, 'file')} (SHA-256 in --json)`]),
    `trained on  ${thousands(record.train.sentences)} sentences, ${thousands(record.train.tokens)} tokens, ` +
      `${thousands(record.train.entities)} entities`,
    ...trainingLines(record),
    `dev         F1 ${percent(f1)}  P ${percent(precision)}  R ${percent(recall)} on ` +
      `${thousands(record.dev.sentences)} sentences${record.heldOut ? ' held out' : ''}`,
    ...decisionLines(tagger, record),
    `tags        ${tags.map(visible).join(' ')}`,
    ...members.flatMap((member, m) => oneHotLines(member, members.slice(0, m))),
    `weights     ${thousands(weights)}`,
    ...parameters.map(
      (parameter) => `  ${parameter.name.padEnd(width)}${parameter.shape.rows} × ${parameter.shape.columns}`,
    ),
    'settings',
    ...SETTING_NAMES.flatMap((setting) => settingLines(setting, settings)),
    ...members.slice(1).flatMap((member, i) => changedSettings(member, settings, i + 2)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What was fitted to the dev set in the end. */
function decisionLines(
  { settings, threshold, temperature, decidesByTags }: Tagger,
  { stopped }: TrainingRecord,
): string[] {
  if (stopped === 'unfinished') {
    return ['decides     as not fitted to the dev set yet (the scores are those of its likeliest tags)'];
  }
  const what = decidesByTags ? 'by its likeliest tags' : `on entities of probability ${threshold} and more`;
  return [
    ...(settings.decision === 'tags' ? [] : [`decides     ${what}`]),
    `calibrated  with temperature ${temperature}`,
  ];
}

/** How training went, of each network where there are several. */
function trainingLines({ epochs, bestEpoch, stopped, batches, members }: TrainingRecord): string[] {
  if (batches !== undefined)
    return [`best epoch  none (${stopped} in the first, after ${counted(batches, 'batch', 'batches')})`];
  if (members === undefined) return [`best epoch  ${bestEpoch} of ${epochs} (${stopped})`];
  return members.map(({ epochs, bestEpoch, stopped, devScores }, m) => {
    return `network ${m + 1}   best epoch ${bestEpoch} of ${epochs} (${stopped}), dev F1 ${percent(devScores.f1)} alone`;
  });
}

/** The kinds of a network, unless one before has the same. */
function oneHotLines(member: Tagger, before: readonly Tagger[]): string[] {
  if (before.some(({ encoder }) => encoder === member.encoder)) return [];
  const heading = before.length === 0 ? 'one-hots' : `of ${before.length + 1}`;
  return vocabulariesOf(member).map(({ feature, size }) => `${heading.padEnd(12)}${feature}: ${thousands(size)}`);
}

/** What a further network has otherwise than the first. */
function changedSettings({ settings }: Tagger, first: Settings, number: number): string[] {
  const changed = SETTING_NAMES.filter(
    (name) => !OF_THE_MODEL.has(name) && String(settings[name]) !== String(first[name]),
  );
  return [`settings of network ${number}`, ...changed.flatMap((name) => settingLines(name, settings))];
}

/** A setting with its value, or a line for each entry of a list. */
function settingLines(name: SettingName, settings: Settings): string[] {
  const value = settings[name];
  const entries = Array.isArray(value) ? value : [value];
  if (entries.length === 0) return [`  ${name.padEnd(20)}none`];
  return entries.map((entry, i) => `  ${(i === 0 ? name : '').padEnd(20)}${entry}`);
}

const OF_THE_MODEL: ReadonlySet<string> = new Set(['members', 'variant']);

async function printWeights({ model: { tagger } }: LoadedModel, name: string, shell: Shell): Promise<void> {
  const parameters = parametersOf(tagger);
  const found = parameters.find((parameter) => parameter.name === name);
  if (found === undefined) {
    throw new UsageError(`the model has no parameter ${name}`, {
      hint: `it has ${parameters.map((parameter) => parameter.name).join(', ')}`,
    });
  }
  const { shape, weights } = found;
  for (let row = 0; row < shape.rows; row++) {
    const numbers = weights.subarray(row * shape.columns, (row + 1) * shape.columns);
    // nine digits tell any two float32 apart
    await shell.stdout.write(`${Array.from(numbers, (number) => Number(number.toPrecision(9))).join('\t')}\n`);
  }
}
