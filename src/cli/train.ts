import { type Command, Option } from 'commander';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { traitsOf } from '../encode/traits.js';
import { UsageError } from '../errors.js';
import { TYPICAL } from '../model/presets.js';
import type { Settings } from '../model/settings.js';
import { beginsModel, type CorpusOptions } from '../text/corpus.js';
import { visible } from '../text/visible.js';
import { addCorpusOptions, placedSentences, refuseRepeatedInput } from './corpora.js';
import { crossValidate } from './cross_validation.js';
import { beginningOf, checkWritable, readBytes, refuseOverwriting, STANDARD } from './files.js';
import { addGazetteers, loadGazetteers } from './gazetteers.js';
import { warnOfIdleFlags } from './idle_flags.js';
import { DEFAULT_MODEL, MODEL_HEAD } from './models.js';
import { NODE } from './node_platform.js';
import { parseNumber } from './options.js';
import { prepare, trainingThreads } from './prepare.js';
import { addSettingSources, type PresetOptions, settingsMaker, tellPreset } from './presets.js';
import type { Shell } from './shell.js';
import { addThreads } from './threads.js';
import { helpersFor } from './train_threads.js';
import { loadTrainingCorpora, partsOf, type TrainingCorpora } from './training_data.js';
import { beginHistory, type Outputs, TrainingRun } from './training_run.js';

interface Options extends CorpusOptions, PresetOptions, Outputs {
  readonly dev?: string[];
  readonly madeFrom?: readonly string[];
  readonly printConfig?: boolean;
  readonly threads?: number;
  readonly folds?: number;
}

const DESCRIPTION =
  'Train a network on tagged corpora (column files or JSON Lines; - is standard input) and write it as one JSON file. The ' +
  'weights are those of the epoch that was best on the dev set; the file is there from the first epoch on, and Ctrl-C ' +
  'ends training with the best model so far (in the first epoch with what there is, but in place of no other model).';

/** How many threads train by default, at most. */
export const MOST_THREADS = 'one for each 16 sentences of a batch';

export function configure(command: Command, shell: Shell): void {
  command
    .description(DESCRIPTION)
    .argument('[corpus...]', 'tagged corpora to train on')
    .option('--dev <file...>', 'tagged corpora to choose the best epoch on; else a part is held out')
    .option('-o, --output <file>', 'where the model goes; - is standard output', DEFAULT_MODEL)
    .option(
      '--print-config',
      'print the settings (for the corpus, if one is given) as JSON for --config, and do no more',
    )
    .addOption(
      new Option(
        '--folds <k>',
        'score by cross-validation: train on all but one of k parts and score on that one, for each of them; ' +
          'only with --output a model is then written, as without --folds',
      ).argParser((value) => parseNumber(value, { kind: 'integer', min: 2, max: 1000 })),
    )
    .option('--history <file>', 'write a line of JSON for every epoch')
    .option('--about <text>', 'what the model is to say of itself: sources, licences; `ner inspect` shows it')
    .option(
      '--made-from <file...>',
      'files that the corpora were made from: `ner eval` warns of them as of the corpora, whose SHA-256 are in the model',
    )
    .option('--json', 'print the result as one JSON object on standard output');
  addThreads(command, MOST_THREADS);
  addSettingSources(addGazetteers(addCorpusOptions(command)));
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
  const settingsFor = await settingsMaker(options, shell);
  const { folds, output, printConfig = false } = options;
  if (printConfig && files.length === 0) return writeSettings(settingsFor(TYPICAL), shell);
  const writesModel = !printConfig && (folds === undefined || namesOutput);
  await refuseContradictions(files, options, shell);
  if (writesModel) await checkOutput(output, shell);
  const corpora = await loadTrainingCorpora(files, options.dev ?? [], options, settingsFor(TYPICAL), shell);
  const traits = traitsOf(placedSentences(corpora.train));
  const settings = settingsFor(traits);
  if (printConfig) return writeSettings(settings, shell);
  await tellPreset(options.preset, traits, settings, shell);
  await warnOfIdleFlags(options, settings, shell);
  const gazetteers = await loadGazetteers(options, shell);
  if (folds !== undefined) {
    await crossValidate(corpora, { folds, settings, gazetteers, threads: options.threads }, options, shell);
  }
  if (writesModel) await trainModel(corpora, settings, gazetteers, options, shell);
}

/** Sees that the model can be written, and takes the place of no corpus or whatever else somebody may miss. */
async function checkOutput(output: string, shell: Shell): Promise<void> {
  await checkWritable(output, shell);
  const beginning = await beginningOf(output, MODEL_HEAD, shell);
  if (beginning === undefined || beginning === '') return;
  if (beginsModel(beginning)) {
    await shell.stderr.write(`output ${visible(output)}, in place of the model that is there\n`);
    return;
  }
  throw new UsageError(`${output} is there already, and is no model that training could replace`, {
    hint: 'name another file for the model, or delete that one',
  });
}

async function writeSettings(settings: Settings, shell: Shell): Promise<void> {
  await shell.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
}

async function trainModel(
  corpora: TrainingCorpora,
  settings: Settings,
  gazetteers: readonly Gazetteer[],
  options: Options,
  shell: Shell,
): Promise<void> {
  const madeFrom = options.madeFrom && (await hashesOf(options.madeFrom, shell));
  const data = await partsOf(corpora, settings, shell);
  const threads = trainingThreads(options.threads, data.train, settings);
  const members = await prepare(data, settings, threads, shell, gazetteers);
  // after folds, their scores are the result that is printed, and the epochs are added to theirs
  const outputs = options.folds === undefined ? options : { ...options, json: false };
  if (options.folds === undefined) await beginHistory(options, shell);
  await new TrainingRun(members, data, outputs, shell, madeFrom).train(helpersFor(threads));
}

async function hashesOf(files: readonly string[], shell: Shell): Promise<string[]> {
  const hashes: string[] = [];
  for (const name of files) hashes.push(NODE.sha256(await readBytes(name, shell)));
  return hashes;
}

async function refuseContradictions(
  files: readonly string[],
  { dev = [], madeFrom = [], output, history, json, folds }: Options,
  shell: Shell,
): Promise<void> {
  if (files.length === 0) {
    const hint = dev.length > 1 ? `--dev took ${dev.map(visible).join(' and ')}: write the corpus first` : undefined;
    throw new UsageError('no corpus to train on', { hint: hint ?? 'ner train CORPUS… [--dev FILE…]' });
  }
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
  const read = [...files, ...dev, ...madeFrom];
  refuseRepeatedInput(read);
  await refuseOverwriting(read, [output, ...(history === undefined ? [] : [history])], shell);
}
