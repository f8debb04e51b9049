import { constants } from 'node:buffer';
import { totalmem } from 'node:os';
import { type Command, Option } from 'commander';
import { Encoder } from '../encode/encoder.js';
import { DataError, UsageError } from '../errors.js';
import { sha256 } from '../hash.js';
import { ReferenceKernels } from '../kernels/reference.js';
import { formatModel } from '../model/json.js';
import type { CorpusRecord, TrainingRecord } from '../model/record.js';
import { PRESETS, parsePartialSettings, resolveSettings, type Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import type { ColumnOptions } from '../text/columns.js';
import { entitiesOf, tagSet } from '../text/tags.js';
import { footprint, largestBatch } from '../train/footprint.js';
import { keyedRandom, PLACE } from '../train/random.js';
import { splitCorpus } from '../train/split.js';
import {
  createTagger,
  type EpochReport,
  type Example,
  entityTypes,
  type TrainingResult,
  train,
} from '../train/trainer.js';
import { addColumnOptions, type LoadedCorpus, loadCorpora, reportNotices } from './corpora.js';
import { appendText, checkWritable, isReplaceable, readBytes, writeAtomically } from './files.js';
import { DEFAULT_MODEL } from './models.js';
import { addSettings, givenSettings } from './options.js';
import { percent, TrainingProgress, thousands } from './progress.js';
import type { Shell } from './shell.js';
import { visible } from './terminal.js';

interface Options extends ColumnOptions, Readonly<Record<string, unknown>> {
  readonly dev?: string[];
  readonly output: string;
  readonly preset: string;
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly history?: string;
  readonly json?: boolean;
}

const DESCRIPTION = `Train a network on tagged corpora (column files or JSON Lines; - is standard input) and write it as one
JSON file. The weights are those of the epoch that was best on the dev set; the file is there from the first
epoch on, and Ctrl-C ends training with the best model so far.`;

export function configure(command: Command, shell: Shell): void {
  command
    .description(DESCRIPTION)
    .argument('<corpus...>', 'tagged corpora to train on')
    .option('--dev <file...>', 'tagged corpora to choose the best epoch on; else a part is held out')
    .option('-o, --output <file>', 'where the model goes', DEFAULT_MODEL)
    .addOption(new Option('--preset <name>', 'settings to start from').choices([...PRESETS.keys()]).default('textbook'))
    .option('--config <file>', 'JSON file of settings, over the preset and under the flags')
    .option('--print-config', 'print the settings as such a file and do nothing else')
    .option('--history <file>', 'write a line of JSON for every epoch')
    .option('--json', 'print the result as one JSON object on standard output');
  addColumnOptions(command);
  addSettings(command);
  command.action((files: string[], options: Options) => trainCommand(files, options, shell));
}

async function trainCommand(files: readonly string[], options: Options, shell: Shell): Promise<void> {
  const settings = await settingsFrom(options, shell);
  if (options.printConfig === true) {
    await shell.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
    return;
  }
  await checkWritable(options.output, shell);
  const data = await loadData(files, options, settings, shell);
  const tagger = await prepare(data, settings, shell);
  const run = new Run(tagger, data, options, shell);
  await run.train();
}

async function settingsFrom(options: Options, shell: Shell): Promise<Settings> {
  const preset = PRESETS.get(options.preset) ?? {};
  const config = options.config === undefined ? {} : await readConfig(options.config, shell);
  return resolveSettings(preset, config, givenSettings(options));
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

/** What is trained and scored on. */
interface Data {
  readonly train: readonly Example[];
  readonly dev: readonly Example[];
  readonly trainRecord: CorpusRecord;
  readonly devRecord: CorpusRecord;
  readonly heldOut: boolean;
}

async function loadData(files: readonly string[], options: Options, settings: Settings, shell: Shell): Promise<Data> {
  const corpora = await loadCorpora([...files, ...(options.dev ?? [])], options, shell);
  await reportNotices(corpora, shell);
  const trainCorpora = corpora.slice(0, files.length);
  const devCorpora = corpora.slice(files.length);
  for (const corpus of trainCorpora) await describeCorpus('train', corpus, shell);
  for (const corpus of devCorpora) await describeCorpus('dev', corpus, shell);
  const data =
    devCorpora.length > 0 ? givenDev(trainCorpora, devCorpora) : await heldOutDev(trainCorpora, settings, shell);
  if (data.trainRecord.entities === 0) {
    throw new DataError('there is nothing to learn: the training part holds no entity', {
      at: { source: files.join(', ') },
      hint: 'is the tag column the right one? --tag-column N chooses another',
    });
  }
  await warnOfDev(data, shell);
  return data;
}

async function describeCorpus(role: string, corpus: LoadedCorpus, shell: Shell): Promise<void> {
  const { sentences, tokens, entities } = recordOf([corpus], examplesOf(corpus));
  const types = entityTypes(examplesOf(corpus)).map(visible).join(' ');
  const documents = corpus.documentStarts.length > 0 ? `${thousands(corpus.documentStarts.length)} documents, ` : '';
  await shell.stderr.write(
    `${role.padEnd(6)} ${visible(corpus.source)}: ${documents}${thousands(sentences)} sentences, ${thousands(tokens)} tokens, ` +
      `${thousands(entities)} entities (${types}), ${corpus.scheme}\n`,
  );
}

function examplesOf(corpus: LoadedCorpus): Example[] {
  return corpus.sentences.map(({ tokens, tags }) => ({ tokens, entities: entitiesOf(tags) }));
}

function recordOf(corpora: readonly LoadedCorpus[], examples: readonly Example[]): CorpusRecord {
  return {
    sha256: corpora.map((corpus) => corpus.sha256),
    sentences: examples.length,
    tokens: examples.reduce((sum, { tokens }) => sum + tokens.length, 0),
    entities: examples.reduce((sum, { entities }) => sum + entities.length, 0),
  };
}

function givenDev(trainCorpora: readonly LoadedCorpus[], devCorpora: readonly LoadedCorpus[]): Data {
  const trainPart = trainCorpora.flatMap(examplesOf);
  const dev = devCorpora.flatMap(examplesOf);
  const trainRecord = recordOf(trainCorpora, trainPart);
  return { train: trainPart, dev, trainRecord, devRecord: recordOf(devCorpora, dev), heldOut: false };
}

async function heldOutDev(corpora: readonly LoadedCorpus[], settings: Settings, shell: Shell): Promise<Data> {
  const examples: Example[] = [];
  const documentStarts: number[] = [];
  for (const corpus of corpora) {
    documentStarts.push(...corpus.documentStarts.map((start) => start + examples.length));
    examples.push(...examplesOf(corpus));
  }
  const random = keyedRandom(settings.seed, PLACE.split);
  const { train: trainPart, dev, unit } = splitCorpus(examples, documentStarts, settings.devShare, random);
  await shell.stderr.write(
    `dev    ${thousands(dev.length)} sentences held out by ${unit}, seed ${settings.seed} (--dev FILE gives a dev set)\n`,
  );
  const records = { trainRecord: recordOf(corpora, trainPart), devRecord: recordOf(corpora, dev) };
  return { train: trainPart, dev, ...records, heldOut: true };
}

async function warnOfDev({ train: trainPart, dev, devRecord }: Data, shell: Shell): Promise<void> {
  const known = new Set(entityTypes(trainPart));
  const unseen = entityTypes(dev).filter((type) => !known.has(type));
  if (unseen.length > 0) {
    await warn(
      shell,
      `the dev set has types that the training part has not: ${unseen.map(visible).join(', ')}; all are misses`,
    );
  }
  if (devRecord.entities === 0) await warn(shell, 'the dev set has no entity, so every dev F1 is 0');
}

async function warn(shell: Shell, message: string): Promise<void> {
  await shell.stderr.write(`${shell.stderr.chalk.yellow('warning')} ${message}\n`);
}

/** Builds the vocabulary, sees that the run fits, and draws the weights. */
async function prepare(data: Data, settings: Settings, shell: Shell): Promise<Tagger> {
  const kernels = new ReferenceKernels();
  const encoder = Encoder.build(data.train, settings);
  const types = entityTypes(data.train);
  const tags = tagSet(types, settings.scheme).length;
  const lengths = data.train.map(({ tokens }) => tokens.length);
  const rows = largestBatch(lengths, settings.batchSize);
  const { weights, bytes, fileLength } = footprint(settings, encoder, tags, rows, kernels.floatBytes);
  refuseWhatCannotFit(bytes, fileLength);
  const cell = settings.cell === 'elman' ? `elman (${settings.activation})` : settings.cell;
  await shell.stderr.write(
    `model  ${cell}, ${settings.hidden} units${settings.bidirectional ? ' each way' : ''}, ` +
      `${settings.layers} layer${settings.layers > 1 ? 's' : ''}, ${settings.features} one-hots of ` +
      `${thousands(encoder.size)} entries, ${tags} ${settings.scheme} tags: ${thousands(weights)} weights\n`,
  );
  return createTagger(encoder, types, settings, kernels);
}

const WAY_OUT = 'a smaller --hidden, --batch-size or vocabulary (--min-count 2) needs less';

function refuseWhatCannotFit(bytes: number, fileLength: number): void {
  // a container may allow less than the machine has; 0 or undefined where nothing is known of it
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  if (bytes > memory) {
    throw new UsageError(`training needs ${mebibytes(bytes)} of memory; this machine has ${mebibytes(memory)}`, {
      hint: WAY_OUT,
    });
  }
  if (fileLength > constants.MAX_STRING_LENGTH) {
    const longest = mebibytes(constants.MAX_STRING_LENGTH);
    throw new UsageError(
      `the model file would have ${mebibytes(fileLength)}, more than can be read back (${longest})`,
      {
        hint: WAY_OUT,
      },
    );
  }
}

function mebibytes(bytes: number): string {
  return `${thousands(bytes / 2 ** 20)} MiB`;
}

/** One training run: what it shows, and what it leaves behind. */
class Run {
  private readonly epochs: EpochReport[] = [];
  private best: EpochReport | undefined;

  constructor(
    private readonly tagger: Tagger,
    private readonly data: Data,
    private readonly options: Options,
    private readonly shell: Shell,
  ) {}

  async train(): Promise<void> {
    const { tagger, data, options, shell } = this;
    const progress = new TrainingProgress(shell, tagger.settings.epochs, () => performance.now());
    await progress.prepare();
    if (options.history !== undefined) await writeAtomically(options.history, [], shell);
    const signal = shell.signals.listen();
    signal.addEventListener('abort', () => {
      progress.clear();
      void shell.stderr.write('stopping with the best model so far; a second signal ends at once\n');
    });
    try {
      const result = await train(tagger, data.train, data.dev, {
        signal,
        pause: () => new Promise((resolve) => setImmediate(resolve)),
        onBatch: (report) => progress.batch(report),
        onEpoch: async (report) => {
          await progress.epoch(report, data.trainRecord.tokens);
          await this.keep(report);
        },
      });
      await this.finish(result);
    } catch (error) {
      progress.clear();
      if (this.best !== undefined) {
        await shell.stderr.write(`${visible(options.output)} holds the model of epoch ${this.best.epoch}\n`);
      }
      throw error;
    }
  }

  /** After an epoch: its line of history, and the model file if it is the best so far. */
  private async keep(report: EpochReport): Promise<void> {
    const { options, shell } = this;
    this.epochs.push(report);
    if (options.history !== undefined) {
      await appendText(options.history, `${JSON.stringify(epochJson(report))}\n`, shell);
    }
    if (!report.best || !(await isReplaceable(options.output, shell))) return;
    await this.write(this.record(report, 'interrupted'));
    this.best = report;
  }

  private async finish({ best, stopped }: TrainingResult): Promise<void> {
    const { options, shell } = this;
    const hash = await this.write(this.record(best, stopped));
    const { chalk } = shell.stderr;
    const f1 = chalk.bold(`dev F1 ${percent(best.dev.micro.f1)}`);
    const ended = stopped === 'finished' ? '' : ` (${stopped === 'patience' ? 'no longer improving' : 'interrupted'})`;
    await shell.stderr.write(`best   epoch ${best.epoch}${ended}: ${f1}; wrote ${visible(options.output)}\n`);
    if (best.dev.micro.f1 === 0) {
      await warn(shell, 'the model finds no entity of the dev set: train longer, on more data, or with other rates');
    }
    if (options.json === true) await shell.stdout.write(`${JSON.stringify(this.resultJson(best, stopped, hash))}\n`);
  }

  private record(best: EpochReport, stopped: TrainingRecord['stopped']): TrainingRecord {
    const { data, tagger, shell } = this;
    const { precision, recall, f1 } = best.dev.micro;
    return {
      version: shell.version,
      kernels: tagger.kernels.name,
      train: data.trainRecord,
      heldOut: data.heldOut,
      dev: data.devRecord,
      epochs: this.epochs.length,
      bestEpoch: best.epoch,
      stopped,
      devScores: { precision, recall, f1 },
    };
  }

  /** Returns the SHA-256 of the file. */
  private async write(record: TrainingRecord): Promise<string> {
    const chunks = await formatModel({ tagger: this.tagger, record });
    await writeAtomically(this.options.output, chunks, this.shell);
    return sha256(new TextEncoder().encode(chunks.join('')));
  }

  private resultJson(best: EpochReport, stopped: TrainingResult['stopped'], hash: string): object {
    return {
      schema: 1,
      output: this.options.output,
      sha256: hash,
      settings: this.tagger.settings,
      training: this.record(best, stopped),
      epochs: this.epochs.map(epochJson),
    };
  }
}

function epochJson({ epoch, loss, gradientNorm, dev, best }: EpochReport): object {
  const { precision, recall, f1 } = dev.micro;
  return { epoch, loss, gradientNorm, dev: { precision, recall, f1, accuracy: dev.accuracy }, best };
}
