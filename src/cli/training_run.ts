import { sha256 } from '../hash.js';
import { formatModel } from '../model/json.js';
import type { TrainingRecord } from '../model/record.js';
import type { Tagger } from '../model/tagger.js';
import type { Helpers } from '../parallel/team.js';
import { visible } from '../text/visible.js';
import type { TrainingTask } from '../train/task.js';
import { type EpochReport, type TrainingHooks, type TrainingResult, train } from '../train/trainer.js';
import { appendText, isFile, isReplaceable, STANDARD, writeAtomically } from './files.js';
import { percent, TrainingProgress } from './progress.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';
import type { TrainingData } from './training_data.js';

/** Where the results of a run go. */
export interface Outputs {
  /** The model file. */
  readonly output: string;
  /** A line of JSON for every epoch, added to a file that is there already. */
  readonly history?: string;
  /** Whether the result is printed as JSON. */
  readonly json?: boolean;
  /** What the model is to say of itself. */
  readonly about?: string;
}

/** What a run that is shown needs besides. */
export interface ShownHooks {
  /** Aborting stops after the current batch; the best weights so far are kept. */
  readonly signal: AbortSignal;
  /** Called when it is aborted. */
  readonly onStop?: () => void;
  /** Called after every epoch, once it was shown; when `report.best`, the tagger holds the best weights so far. */
  readonly onEpoch: (report: EpochReport) => Promise<void> | void;
}

/** Trains a tagger and shows how it goes. Helpers share the work; the result is the same without. */
export async function trainShown(
  tagger: Tagger,
  data: Pick<TrainingData, 'train' | 'dev'>,
  helpers: Helpers<TrainingTask> | undefined,
  { signal, onStop, onEpoch }: ShownHooks,
  shell: Shell,
): Promise<TrainingResult> {
  const progress = new TrainingProgress(shell, tagger.settings.epochs, () => performance.now());
  await progress.prepare();
  signal.addEventListener('abort', () => {
    progress.clear();
    onStop?.();
  });
  try {
    const hooks: TrainingHooks = {
      signal,
      pause: pauses(),
      onBatch: (report) => progress.batch(report),
      onEpoch: async (report) => {
        await progress.epoch(report);
        await onEpoch(report);
      },
    };
    return await train(tagger, data.train, data.dev, hooks, helpers);
  } finally {
    progress.clear();
  }
}

/** Milliseconds of training after which timers and signals get their turn. */
const LONGEST_TURN = 50;

/** Lets timers and signals have their turn, where the last was long enough ago: other threads wait meanwhile. */
function pauses(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < LONGEST_TURN) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        last = performance.now();
        resolve();
      });
    });
  };
}

/** How a run went, for the record of its model. */
export interface Outcome {
  /** Of the package that trained. */
  readonly version: string;
  readonly epochs: number;
  readonly best: EpochReport;
  readonly stopped: TrainingRecord['stopped'];
  readonly about?: string | undefined;
}

/** The record of the model that a run has made. */
export function trainingRecord(
  { kernels }: Tagger,
  data: TrainingData,
  { version, epochs, best, stopped, about }: Outcome,
): TrainingRecord {
  const { precision, recall, f1 } = best.dev.micro;
  return {
    version,
    kernels: kernels.name,
    ...(about === undefined ? {} : { about }),
    train: data.trainRecord,
    ...(data.columns === undefined ? {} : { columns: data.columns }),
    heldOut: data.heldOut,
    dev: data.devRecord,
    epochs,
    bestEpoch: best.epoch,
    stopped,
    devScores: { precision, recall, f1 },
  };
}

/** Milliseconds of training between two savings of the model, at least: saving a large one takes as long as many batches. */
const SAVING_PAUSE = 10_000;

/** Empties the history, if one is to be written. */
export async function beginHistory({ history }: Pick<Outputs, 'history'>, shell: Shell): Promise<void> {
  if (history !== undefined) await writeAtomically(history, [], shell);
}

/** One training run: what it shows, and what it leaves behind. */
export class TrainingRun {
  private readonly epochs: EpochReport[] = [];
  /** The best epoch so far where its model is not saved yet. */
  private unsaved: EpochReport | undefined;
  /** The epoch whose model is in the file, and when it was written. */
  private saved: { readonly epoch: number; readonly time: number } | undefined;

  constructor(
    private readonly tagger: Tagger,
    private readonly data: TrainingData,
    private readonly outputs: Outputs,
    private readonly shell: Shell,
  ) {}

  /** Helpers share the work; the result is the same without. */
  async train(helpers: Helpers<TrainingTask> | undefined): Promise<void> {
    const { tagger, data, outputs, shell } = this;
    const hooks: ShownHooks = {
      signal: shell.signals.listen(),
      onStop: () => void shell.stderr.write('stopping with the best model so far; a second signal ends at once\n'),
      onEpoch: (report) => this.keep(report),
    };
    try {
      await this.finish(await trainShown(tagger, data, helpers, hooks, shell));
    } catch (error) {
      if (this.unsaved !== undefined) await this.save(this.unsaved);
      if (this.saved !== undefined) {
        await shell.stderr.write(`${visible(outputs.output)} holds the model of epoch ${this.saved.epoch}\n`);
      }
      throw error;
    }
  }

  /** After an epoch: its line of history, and the model file if it is the best so far and none was written just before. */
  private async keep(report: EpochReport): Promise<void> {
    const { outputs, shell } = this;
    this.epochs.push(report);
    if (outputs.history !== undefined) {
      await appendText(outputs.history, `${JSON.stringify(epochJson(report))}\n`, shell);
    }
    if (!report.best || report.partial || !(await isReplaceable(outputs.output, shell))) return;
    const putOff = this.saved !== undefined && performance.now() - this.saved.time < SAVING_PAUSE;
    if (putOff) this.unsaved = report;
    else await this.save(report);
  }

  /** Writes the model of the best epoch so far, which the tagger holds, before the run is over. */
  private async save(best: EpochReport): Promise<void> {
    this.unsaved = undefined;
    await this.write(this.record(best, 'interrupted'));
    this.saved = { epoch: best.epoch, time: performance.now() };
  }

  private async finish({ best, stopped }: TrainingResult): Promise<void> {
    const { outputs, shell } = this;
    if (best.partial && (await isFile(outputs.output, shell))) {
      const kept = `${visible(outputs.output)} is left as it was`;
      await shell.stderr.write(`interrupted before the first epoch was over: ${kept}\n`);
      return;
    }
    const written = await this.write(this.record(best, stopped));
    const { chalk } = shell.stderr;
    const f1 = chalk.bold(`dev F1 ${percent(best.dev.micro.f1)}`);
    const ended = stopped === 'finished' ? '' : ` (${stopped === 'patience' ? 'no longer improving' : 'interrupted'})`;
    await shell.stderr.write(`best   epoch ${best.epoch}${ended}: ${f1}; wrote ${shownOutput(outputs.output)}\n`);
    if (best.dev.micro.f1 === 0) {
      await warn(shell, 'the model finds no entity of the dev set: train longer, on more data, or with other rates');
    }
    if (outputs.json === true) {
      const hash = await sha256(written);
      await shell.stdout.write(`${JSON.stringify(this.resultJson(best, stopped, hash))}\n`);
    }
  }

  private record(best: EpochReport, stopped: TrainingRecord['stopped']): TrainingRecord {
    return trainingRecord(this.tagger, this.data, {
      version: this.shell.version,
      epochs: this.epochs.length,
      best,
      stopped,
      about: this.outputs.about,
    });
  }

  /** Returns what was written. */
  private async write(record: TrainingRecord): Promise<Uint8Array> {
    const bytes = await formatModel({ tagger: this.tagger, record });
    await writeAtomically(this.outputs.output, [bytes], this.shell);
    return bytes;
  }

  private resultJson(best: EpochReport, stopped: TrainingResult['stopped'], hash: string): object {
    return {
      schema: 1,
      output: this.outputs.output,
      sha256: hash,
      settings: this.tagger.settings,
      training: this.record(best, stopped),
      epochs: this.epochs.map(epochJson),
    };
  }
}

function shownOutput(name: string): string {
  return name === STANDARD ? 'it to standard output' : visible(name);
}

export function epochJson({ epoch, loss, gradientNorm, dev, best, partial }: EpochReport): object {
  const { precision, recall, f1 } = dev.micro;
  return { epoch, loss, gradientNorm, dev: { precision, recall, f1, accuracy: dev.accuracy }, best, partial };
}
