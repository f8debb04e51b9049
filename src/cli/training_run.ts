import { resolve } from 'node:path';
import type { Score } from '../evaluate/score.js';
import { formatModel } from '../model/json.js';
import type { TrainingRecord } from '../model/record.js';
import type { Helpers } from '../parallel/team.js';
import { visible } from '../text/visible.js';
import { type Members, type MembersHooks, type MembersResult, trainMembers } from '../train/members.js';
import { type Outcome, trainingRecord } from '../train/record.js';
import type { TrainingTask } from '../train/task.js';
import type { EpochReport, WithBest } from '../train/trainer.js';
import { appendText, isFile, isReplaceable, STANDARD, writeAtomically } from './files.js';
import { NODE } from './node_platform.js';
import { describeNetwork } from './prepare.js';
import { counted, percent, TrainingProgress } from './progress.js';
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
  /** Called after every batch of every network. */
  readonly onBatch?: () => void;
  /** As those of `trainMembers`, called once what they tell was shown. */
  readonly onEpoch: NonNullable<MembersHooks['onEpoch']>;
  readonly onNetwork?: MembersHooks['onNetwork'];
}

/** Trains the networks of a model and shows how it goes. Helpers share the work; the result is the same without. */
export async function trainShown(
  members: Members,
  data: Pick<TrainingData, 'train' | 'dev'>,
  helpers: Helpers<TrainingTask> | undefined,
  { signal, onStop, onBatch, onEpoch, onNetwork }: ShownHooks,
  shell: Shell,
): Promise<MembersResult> {
  const networks = 1 + members.further.length;
  const progress = new TrainingProgress(shell, () => performance.now());
  await progress.prepare();
  const stop = (): void => {
    progress.clear();
    onStop?.();
  };
  signal.addEventListener('abort', stop);
  try {
    const hooks: MembersHooks = {
      signal,
      pause: pauses(),
      onMember: async (tagger, member) => {
        if (networks > 1) await shell.stderr.write(`network ${member} of ${networks}\n`);
        await describeNetwork(tagger, shell);
      },
      onStart: (epochs) => progress.begin(epochs),
      onBatch: (report) => {
        progress.batch(report);
        onBatch?.();
      },
      onEpoch: async (report, member, withBest) => {
        await progress.epoch(report);
        await onEpoch(report, member, withBest);
      },
      onNetwork: async (results, dev) => {
        await progress.together(results.length, members.first, dev);
        await onNetwork?.(results, dev);
      },
    };
    return await trainMembers(members, data.train, data.dev, hooks, helpers);
  } finally {
    signal.removeEventListener('abort', stop);
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

/** Milliseconds of training between two savings of the model, at least: saving a large one takes as long as many batches. */
const SAVING_PAUSE = 10_000;

/** Empties the history, if one is to be written. */
export async function beginHistory({ history }: Pick<Outputs, 'history'>, shell: Shell): Promise<void> {
  if (history !== undefined) await writeAtomically(history, [], shell);
}

/** One training run: what it shows, and what it leaves behind. */
export class TrainingRun {
  /** Of each network that was begun. */
  private readonly epochs: EpochReport[][] = [];
  /** The best epoch of the first network so far where its model is not saved yet. */
  private unsaved: EpochReport | undefined;
  /** What the file holds, and when it was written. */
  private saved: { readonly what: string; readonly time: number } | undefined;

  constructor(
    private readonly members: Members,
    private readonly data: TrainingData,
    private readonly outputs: Outputs,
    private readonly shell: Shell,
    /** SHA-256 of what the corpora were made from, if anything was named. */
    private readonly madeFrom?: readonly string[],
  ) {}

  /** Helpers share the work; the result is the same without. */
  async train(helpers: Helpers<TrainingTask> | undefined): Promise<void> {
    const { members, data, outputs, shell } = this;
    const hooks: ShownHooks = {
      signal: shell.signals.listen(),
      onStop: () => {
        const kept = this.epochs.length === 0 ? 'what there is' : 'the best model so far';
        void shell.stderr.write(`stopping with ${kept}; a second signal ends at once\n`);
      },
      onEpoch: (report, member, withBest) => this.keep(report, member, withBest),
      onNetwork: (results, dev) => this.saveNetworks(results, dev),
    };
    try {
      await this.finish(await trainShown(members, data, helpers, hooks, shell));
    } catch (error) {
      if (this.unsaved !== undefined) await this.saveEpoch(this.unsaved);
      if (this.saved !== undefined) {
        await shell.stderr.write(`${visible(outputs.output)} holds the model of ${this.saved.what}\n`);
      }
      throw error;
    }
  }

  /** After an epoch: its line of history, and the model file of the best so far if none was written just before. */
  private async keep(report: EpochReport, member: number, withBest: WithBest): Promise<void> {
    const { outputs, shell } = this;
    if (this.epochs.length < member) this.epochs.push([]);
    this.epochs[member - 1].push(report);
    if (outputs.history !== undefined) {
      await appendText(outputs.history, `${JSON.stringify(this.lineOf(report, member))}\n`, shell);
    }
    // the model has no part of a further network before that has joined
    if (member > 1 || report.partial || !(await isReplaceable(outputs.output, shell))) return;
    if (report.best) this.unsaved = report;
    const best = this.unsaved;
    const putOff = this.saved !== undefined && performance.now() - this.saved.time < SAVING_PAUSE;
    if (best !== undefined && !putOff) await withBest(() => this.saveEpoch(best));
  }

  /** Writes the model of the first network's best epoch so far, which the tagger holds, before its training is over. */
  private async saveEpoch(best: EpochReport): Promise<void> {
    const [epochs] = this.epochs;
    const outcome = { epochs, best, stopped: 'interrupted' } as const;
    await this.save([outcome], best.dev, 'unfinished', `epoch ${best.epoch}`);
  }

  /** Writes the model of the networks so far, where more are to follow. */
  private async saveNetworks(networks: Outcome['networks'], dev: Score): Promise<void> {
    const { members, outputs, shell } = this;
    const isLast = networks.length === 1 + members.further.length;
    if (isLast || networks[0].best.partial || !(await isReplaceable(outputs.output, shell))) return;
    await this.save(networks, dev, 'interrupted', counted(networks.length, 'network'));
  }

  private async save(
    networks: Outcome['networks'],
    dev: Score,
    stopped: Outcome['stopped'],
    what: string,
  ): Promise<void> {
    this.unsaved = undefined;
    await this.write(this.record(networks, dev, stopped));
    this.saved = { what, time: performance.now() };
  }

  private async finish({ results, dev, likeliest, stopped }: MembersResult): Promise<void> {
    const { outputs, shell } = this;
    // what the tagger decides by is fitted now, so it is no longer the model of an epoch
    this.unsaved = undefined;
    const [{ best }] = results;
    if (best.partial && (await isFile(outputs.output, shell))) {
      await shell.stderr.write(
        `interrupted before the first epoch was over: ${visible(outputs.output)} is left as it was, since what is there may be better; ` +
          'where --output names no file yet, what there is gets written\n',
      );
      return;
    }
    const record = this.record(results, dev, stopped);
    const written = await this.write(record);
    // whatever fails from here on, that is the model
    this.saved = {
      what: results.length === 1 ? `epoch ${best.epoch}` : `${results.length} networks`,
      time: performance.now(),
    };
    const { chalk } = shell.stderr;
    const f1 = chalk.bold(`dev F1 ${percent(dev.micro.f1)}`);
    const ended = stopped === 'finished' ? '' : ` (${stopped === 'patience' ? 'no longer improving' : 'interrupted'})`;
    const what = best.partial ? `part of ${this.saved.what}` : this.saved.what;
    await shell.stderr.write(`best   ${what}${ended}: ${f1}; wrote ${shownOutput(outputs.output)}\n`);
    if (dev.micro.f1 === 0) {
      await warn(shell, 'the model finds no entity of the dev set: train longer, on more data, or with other rates');
    }
    await this.warnOfWorse(results, likeliest);
    await this.warnOfOtherModel();
    if (outputs.json === true) {
      const hash = NODE.sha256(written);
      await shell.stdout.write(`${JSON.stringify(this.resultJson(record, hash))}\n`);
    }
  }

  /** Who has named a model to be used by default would use that one still. */
  private async warnOfOtherModel(): Promise<void> {
    const { NER_MODEL: named } = this.shell.env;
    if (!named || resolve(this.shell.cwd, named) === resolve(this.shell.cwd, this.outputs.output)) return;
    await warn(this.shell, `$NER_MODEL still names another model for ner tag and ner eval: ${visible(named)}`);
  }

  /** Networks that know too little pull the others down. Both scores are those of the likeliest tags. */
  private async warnOfWorse(networks: Outcome['networks'], dev: Score): Promise<void> {
    const alone = networks.map(({ best }) => best.dev.micro.f1);
    const most = Math.max(...alone);
    if (networks.length === 1 || dev.micro.f1 >= most) return;
    const which = alone.indexOf(most) + 1;
    await warn(this.shell, `network ${which} alone has a better dev F1 than all together: ${percent(most)}`);
  }

  private record(networks: Outcome['networks'], dev: Score, stopped: TrainingRecord['stopped']): TrainingRecord {
    const { version } = this.shell;
    return trainingRecord(this.members.first, this.data.record, {
      version,
      networks,
      dev,
      stopped,
      about: this.outputs.about,
      madeFrom: this.madeFrom,
    });
  }

  /** Returns what was written. */
  private async write(record: TrainingRecord): Promise<Uint8Array> {
    const bytes = await formatModel({ tagger: this.members.first, record }, NODE);
    await writeAtomically(this.outputs.output, [bytes], this.shell);
    return bytes;
  }

  /** An epoch as JSON, with the number of its network where there are several. */
  private lineOf(report: EpochReport, member: number): object {
    return this.members.further.length === 0 ? epochJson(report) : { member, ...epochJson(report) };
  }

  private resultJson(record: TrainingRecord, hash: string): object {
    return {
      schema: 1,
      output: this.outputs.output,
      sha256: hash,
      settings: this.members.first.settings,
      training: record,
      epochs: this.epochs.flatMap((epochs, m) => epochs.map((report) => this.lineOf(report, m + 1))),
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
