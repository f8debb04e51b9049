import { Encoder } from '../src/encode/encoder.js';
import { resolveSettings, type Settings } from '../src/model/settings.js';
import type { Helpers } from '../src/parallel/team.js';
import type { TrainingTask } from '../src/train/task.js';
import { createTagger, type Example, entityTypes, train } from '../src/train/trainer.js';
import { createKernels } from './ours.js';

/** Sentences of the dev set: few, since training is what is timed. */
const DEV = 32;

/** What a run needs. */
export interface EpochsOptions {
  readonly settings: Partial<Settings>;
  readonly helpers?: Helpers<TrainingTask> | undefined;
  /** Seconds since any moment. */
  readonly seconds: () => number;
}

/** A run of `train` that goes on by one epoch whenever it is asked to. */
export class Epochs {
  private readonly interruption = new AbortController();
  private running: Promise<unknown> | undefined;
  private epochDone = (): void => {};
  private goOn = (): void => {};

  constructor(
    private readonly examples: readonly Example[],
    private readonly options: EpochsOptions,
  ) {}

  /** Tokens a second of the next epoch. The first one includes encoding. */
  async next(): Promise<number> {
    const { seconds } = this.options;
    const done = new Promise<void>((resolve) => {
      this.epochDone = resolve;
    });
    const begin = seconds();
    if (this.running === undefined) this.running = this.run();
    else this.goOn();
    await Promise.race([done, this.running]);
    return tokensIn(this.examples) / (seconds() - begin);
  }

  /** Ends the run, and its threads. */
  async stop(): Promise<void> {
    this.interruption.abort();
    this.goOn();
    await this.running;
  }

  private async run(): Promise<void> {
    const { examples, options } = this;
    // without decay all rates stay such that nothing diverges or stands still
    const rates = { decay: 'none', learningRate: 0.01, tableLearningRate: 0.1 } as const;
    const settings = resolveSettings({ epochs: 1000, ...rates, ...options.settings });
    const encoder = Encoder.build(examples, settings);
    const tagger = createTagger(encoder, entityTypes(examples), settings, await createKernels());
    const onEpoch = async (): Promise<void> => {
      this.epochDone();
      await new Promise<void>((resolve) => {
        this.goOn = resolve;
      });
    };
    const hooks = { onEpoch, signal: this.interruption.signal };
    await train(tagger, examples, examples.slice(0, DEV), hooks, options.helpers);
  }
}

export function tokensIn(examples: readonly Example[]): number {
  return examples.reduce((sum, { tokens }) => sum + tokens.length, 0);
}
