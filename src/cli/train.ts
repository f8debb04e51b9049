import { constants } from 'node:buffer';
import { availableParallelism, totalmem } from 'node:os';
import { type Command, Option } from 'commander';
import { Encoder } from '../encode/encoder.js';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { UsageError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { PRESETS, parsePartialSettings, resolveSettings, type Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import type { ColumnOptions } from '../text/layout.js';
import { tagSet } from '../text/tags.js';
import { shardsOf } from '../train/batches.js';
import { type Footprint, footprint, loadOf } from '../train/footprint.js';
import { createTagger, type Example, entityTypes } from '../train/trainer.js';
import { addColumnOptions } from './corpora.js';
import { checkWritable, readBytes, refuseOverwriting, STANDARD } from './files.js';
import { addGazetteers, type GazetteerOptions, loadGazetteers, withGazetteers } from './gazetteers.js';
import { loadKernels } from './kernels.js';
import { DEFAULT_MODEL } from './models.js';
import { addSettings, givenSettings } from './options.js';
import { thousands } from './progress.js';
import type { Shell } from './shell.js';
import { addThreads } from './threads.js';
import { helpersFor } from './train_threads.js';
import { loadTrainingData, type TrainingData } from './training_data.js';
import { type Outputs, TrainingRun } from './training_run.js';

interface Options extends ColumnOptions, GazetteerOptions, Outputs, Readonly<Record<string, unknown>> {
  readonly dev?: string[];
  readonly preset: string;
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly threads?: number;
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
    .option('--history <file>', 'write a line of JSON for every epoch')
    .option('--json', 'print the result as one JSON object on standard output');
  addThreads(command, MOST_THREADS);
  addGazetteers(addColumnOptions(command));
  addSettings(command);
  command.action((files: string[], options: Options) => trainCommand(files, options, shell));
}

async function trainCommand(files: readonly string[], options: Options, shell: Shell): Promise<void> {
  const settings = await settingsFrom(options, shell);
  if (options.printConfig === true) {
    await shell.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
    return;
  }
  await refuseContradictions(files, options, shell);
  await checkWritable(options.output, shell);
  const data = await loadTrainingData(files, options.dev ?? [], options, settings, shell);
  const threads = trainingThreads(options.threads, data, settings);
  const tagger = await prepare(data, settings, threads, shell, await loadGazetteers(options, shell));
  await new TrainingRun(tagger, data, options, shell).train(helpersFor(threads));
}

async function refuseContradictions(
  files: readonly string[],
  { dev = [], output, history, json }: Options,
  shell: Shell,
): Promise<void> {
  if (files.length === 0) throw new UsageError('no corpus to train on', { hint: 'ner train CORPUS… [--dev FILE…]' });
  if (json === true && (output === STANDARD || history === STANDARD)) {
    throw new UsageError('--json and another output both go to standard output', { hint: 'name a file for the other' });
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

/** Builds the vocabulary, sees that the run fits, and draws the weights. */
export async function prepare(
  data: TrainingData,
  settings: Settings,
  threads: number,
  shell: Shell,
  gazetteers: readonly Gazetteer[] = [],
): Promise<Tagger> {
  const kernels = await loadKernels(shell);
  const encoder = Encoder.build(data.train, { ...settings, gazetteers });
  const types = entityTypes(data.train);
  const tags = tagSet(types, settings.scheme).length;
  const load = loadOf(settings, lengthsOf(data.train), lengthsOf(data.dev), tags, threads);
  const needed = footprint(settings, encoder, load, kernels);
  refuseWhatCannotFit(needed, kernels);
  const cell = settings.cell === 'elman' ? `elman (${settings.activation})` : settings.cell;
  await shell.stderr.write(
    `model  ${cell}, ${settings.hidden} units${settings.bidirectional ? ' each way' : ''}, ` +
      `${settings.layers} layer${settings.layers > 1 ? 's' : ''}, ${settings.features} one-hots of ` +
      `${thousands(encoder.size)} entries, ${tags} ${settings.scheme} tags: ${thousands(needed.weights)} weights\n`,
  );
  return createTagger(encoder, types, settings, kernels);
}

/** Tokens of all epochs below which starting threads costs more than they bring. */
const FEW_TOKENS = 50_000;

/** Threads to train with: as many as were asked for, else one for each core that can have a shard of a batch. */
export function trainingThreads(
  given: number | undefined,
  { train }: TrainingData,
  { epochs, batchSize }: Settings,
): number {
  if (given !== undefined) return given;
  const tokens = lengthsOf(train).reduce((sum, length) => sum + length, 0);
  return tokens * epochs < FEW_TOKENS ? 1 : Math.min(availableParallelism(), shardsOf(batchSize));
}

function lengthsOf(examples: readonly Example[]): number[] {
  return examples.map(({ tokens }) => tokens.length);
}

const WAY_OUT = 'a smaller --hidden, --batch-size or vocabulary (--min-count 2) needs less';

function refuseWhatCannotFit({ bytes, kernelBytes, fileLength }: Footprint, { mostBytes }: Kernels): void {
  // a container may allow less than the machine has; 0 or undefined where nothing is known of it
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const longest = constants.MAX_STRING_LENGTH;
  const refusal =
    (bytes > memory && `training needs ${mebibytes(bytes)} of memory; this machine has ${mebibytes(memory)}`) ||
    (kernelBytes > mostBytes &&
      `the network needs ${mebibytes(kernelBytes)}, more than WebAssembly can hold (${mebibytes(mostBytes)})`) ||
    (fileLength > longest &&
      `the model file would have ${mebibytes(fileLength)}, more than can be read back (${mebibytes(longest)})`);
  if (refusal !== false) throw new UsageError(refusal, { hint: WAY_OUT });
}

function mebibytes(bytes: number): string {
  return `${thousands(bytes / 2 ** 20)} MiB`;
}
