import { type Command, Option } from 'commander';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { UsageError } from '../errors.js';
import { PRESETS, parsePartialSettings, resolveSettings, type Settings } from '../model/settings.js';
import type { ColumnOptions } from '../text/layout.js';
import { addColumnOptions } from './corpora.js';
import { crossValidate } from './cross_validation.js';
import { checkWritable, readBytes, refuseOverwriting, STANDARD } from './files.js';
import { addGazetteers, type GazetteerOptions, loadGazetteers, withGazetteers } from './gazetteers.js';
import { DEFAULT_MODEL } from './models.js';
import { addSettings, givenSettings, parseNumber } from './options.js';
import { prepare, trainingThreads } from './prepare.js';
import type { Shell } from './shell.js';
import { addThreads } from './threads.js';
import { helpersFor } from './train_threads.js';
import { loadTrainingCorpora, partsOf, type TrainingCorpora } from './training_data.js';
import { beginHistory, type Outputs, TrainingRun } from './training_run.js';

interface Options extends ColumnOptions, GazetteerOptions, Outputs, Readonly<Record<string, unknown>> {
  readonly dev?: string[];
  readonly preset: string;
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly threads?: number;
  readonly folds?: number;
}

const DESCRIPTION =
  'Train a network on tagged corpora (column files or JSON Lines; - is standard input) and write it as one JSON file. The ' +
  'weights are those of the epoch that was best on the dev set; the file is there from the first epoch on, and Ctrl-C ' +
  'ends training with the best model so far.';

/** How many threads train by default, at most. */
export const MOST_THREADS = 'one for each 16 sentences of a batch';

export function configure(command: Command, shell: Shell): void {
  command
    .description(DESCRIPTION)
    .argument('[corpus...]', 'tagged corpora to train on')
    .option('--dev <file...>', 'tagged corpora to choose the best epoch on; else a part is held out')
    .option('-o, --output <file>', 'where the model goes', DEFAULT_MODEL)
    .addOption(new Option('--preset <name>', 'settings to start from').choices([...PRESETS.keys()]).default('textbook'))
    .option('--config <file>', 'JSON file of settings, over the preset and under the flags')
    .option('--print-config', 'print the settings as such a file and do nothing else')
    .addOption(
      new Option(
        '--folds <k>',
        'score by cross-validation: train on all but one of k parts and score on that one, for each of them; ' +
          'only with --output a model is then written, as without --folds',
      ).argParser((value) => parseNumber(value, { kind: 'integer', min: 2, max: 1000 })),
    )
    .option('--history <file>', 'write a line of JSON for every epoch')
    .option('--json', 'print the result as one JSON object on standard output');
  addThreads(command, MOST_THREADS);
  addGazetteers(addColumnOptions(command));
  addSettings(command);
  command.action((files: string[], options: Options) =>
    trainCommand(files, options, command.getOptionValueSource('output') === 'cli', shell),
  );
}

/** `namesOutput`: whether the user said where the model goes. */
async function trainCommand(
  files: readonly string[],
  options: Options,
  namesOutput: boolean,
  shell: Shell,
): Promise<void> {
  const settings = await settingsFrom(options, shell);
  if (options.printConfig === true) {
    await shell.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
    return;
  }
  const { folds, output } = options;
  const writesModel = folds === undefined || namesOutput;
  await refuseContradictions(files, options, shell);
  if (writesModel) await checkWritable(output, shell);
  const corpora = await loadTrainingCorpora(files, options.dev ?? [], options, settings, shell);
  const gazetteers = await loadGazetteers(options, shell);
  if (folds !== undefined) {
    await crossValidate(corpora, { folds, settings, gazetteers, threads: options.threads }, options, shell);
  }
  if (writesModel) await trainModel(corpora, settings, gazetteers, options, shell);
}

async function trainModel(
  corpora: TrainingCorpora,
  settings: Settings,
  gazetteers: readonly Gazetteer[],
  options: Options,
  shell: Shell,
): Promise<void> {
  const data = await partsOf(corpora, settings, shell);
  const threads = trainingThreads(options.threads, data.train, settings);
  const tagger = await prepare(data, settings, threads, shell, gazetteers);
  // after folds, their scores are the result that is printed, and the epochs are added to theirs
  const outputs = options.folds === undefined ? options : { ...options, json: false };
  if (options.folds === undefined) await beginHistory(options, shell);
  await new TrainingRun(tagger, data, outputs, shell).train(helpersFor(threads));
}

async function refuseContradictions(
  files: readonly string[],
  { dev = [], output, history, json, folds }: Options,
  shell: Shell,
): Promise<void> {
  if (files.length === 0) throw new UsageError('no corpus to train on', { hint: 'ner train CORPUS… [--dev FILE…]' });
  if (folds !== undefined && dev.length > 0) {
    throw new UsageError('--folds takes its dev parts from the corpus, so --dev has no use', {
      hint: 'leave one of them out',
    });
  }
  if ((json === true || folds !== undefined) && (output === STANDARD || history === STANDARD)) {
    const flag = json === true ? '--json' : '--folds';
    throw new UsageError(`${flag} and another output both go to standard output`, {
      hint: 'name a file for the other',
    });
  }
  await refuseOverwriting([...files, ...dev], [output, ...(history === undefined ? [] : [history])], shell);
}

async function settingsFrom(options: Options, shell: Shell): Promise<Settings> {
  const preset = PRESETS.get(options.preset) ?? {};
  const config = options.config === undefined ? {} : await readConfig(options.config, shell);
  const settings = resolveSettings(preset, config, givenSettings(options));
  return { ...settings, features: withGazetteers(settings.features, options) };
}

async function readConfig(file: string, shell: Shell): Promise<Partial<Settings>> {
  const text = new TextDecoder().decode(await readBytes(file, shell));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`not JSON: ${(error as Error).message}`, { at: { source: file } });
  }
  return parsePartialSettings(value, file);
}
