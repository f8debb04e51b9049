import { RunError } from '../errors.js';
import type { Settings } from '../model/settings.js';
import type { Team } from '../parallel/team.js';
import { isAveraged, type WeightAverage } from './average.js';
import { epochOrder, shardsOf } from './batches.js';
import { lengthsOf } from './corpus.js';
import type { Step } from './optimizer.js';
import { JOB } from './participant.js';
import { keyedRandom, PLACE } from './random.js';
import { rateFactor } from './schedule.js';
import { type TrainingTask, writeBatch } from './task.js';

export interface BatchReport {
  readonly epoch: number;
  /** Tokens of this epoch trained so far, and in all. */
  readonly tokens: number;
  readonly tokensInEpoch: number;
  /** Mean cross-entropy of a token in this epoch so far. */
  readonly loss: number;
}

/** What an epoch needs from outside: how it may be stopped, and whom it tells. */
export interface EpochHooks {
  /** Aborting stops after the current batch. */
  readonly signal?: AbortSignal;
  /** Called between batches, so that timers and signals get their turn; undefined where they had it just before. */
  readonly pause?: () => Promise<void> | undefined;
  readonly onBatch?: (report: BatchReport) => void;
}

/** What came of a batch: the loss of all its tokens, and the norm of the dense gradient before clipping. */
interface BatchResult {
  readonly loss: number;
  readonly gradientNorm: number;
}

/** What came of an epoch: the means of a token's loss, and of the batches' gradient norms. */
export interface EpochResult {
  readonly loss: number;
  readonly gradientNorm: number;
  /** How many batches it had before it was over, or cut short. */
  readonly batches: number;
}

/**
 * Trains the batches of an epoch, each by two jobs of the team: the gradients of its shards, then the weights, which are taken
 * into the average, if any, several times.
 * Throws RunError when the loss or the gradient is no longer a finite number.
 */
export async function trainEpoch(
  task: TrainingTask,
  team: Team,
  nextStep: (sentences: number, rateFactor: number) => Step,
  epoch: number,
  { signal, pause, onBatch }: EpochHooks,
  average?: WeightAverage,
): Promise<EpochResult> {
  const { settings, order } = task;
  const lengths = lengthsOf(task.tokenStarts);
  order.set(epochOrder(lengths, settings.batchSize, keyedRandom(settings.seed, PLACE.order, epoch)));
  const batches = Math.ceil(order.length / settings.batchSize);
  const tokensInEpoch = task.tokenStarts[task.tokenStarts.length - 1];
  let tokens = 0;
  let loss = 0;
  let norms = 0;
  let done = 0;
  for (; done < batches && !signal?.aborted; done++) {
    const first = done * settings.batchSize;
    const sentences = Math.min(settings.batchSize, order.length - first);
    const factor = rateFactor(settings.decay, (epoch - 1) * batches + done, settings.epochs * batches);
    const step = nextStep(sentences, factor);
    const batch = await trainBatch(task, team, { epoch, first, sentences }, step);
    if (!Number.isFinite(batch.loss)) throw diverged(settings, epoch, 'the loss');
    if (!Number.isFinite(batch.gradientNorm)) throw diverged(settings, epoch, 'the gradient');
    for (let i = first; i < first + sentences; i++) tokens += lengths[order[i]];
    loss += batch.loss;
    norms += batch.gradientNorm;
    if (average !== undefined && isAveraged(done + 1, batches)) average.add();
    onBatch?.({ epoch, tokens, tokensInEpoch, loss: loss / tokens });
    const turn = pause?.();
    if (turn !== undefined) await turn;
  }
  return { loss: loss / Math.max(tokens, 1), gradientNorm: norms / Math.max(done, 1), batches: done };
}

async function trainBatch(
  task: TrainingTask,
  team: Team,
  batch: { readonly epoch: number; readonly first: number; readonly sentences: number },
  step: Step,
): Promise<BatchResult> {
  const { epoch, first, sentences } = batch;
  const shards = shardsOf(sentences);
  // into more parts than there are participants, so that those who come late find smaller ones
  const parts = team.size === 1 ? 1 : 2 * team.size;
  writeBatch(task, { epoch, first, sentences, parts, step });
  await team.run(JOB.learn, shards);
  let loss = 0;
  for (const one of task.losses.subarray(0, shards)) loss += one;
  // the weights are left as they are where the loss is no number any more
  if (Number.isFinite(loss)) await team.run(JOB.move, 1 + parts);
  return { loss, gradientNorm: task.norm[0] };
}

/** That something is no longer a finite number, and which settings keep it one. */
export function diverged(settings: Settings, epoch: number, what: string): RunError {
  const smallerStep = settings.adversarial > 0 ? `--adversarial (now ${settings.adversarial}), ` : '';
  return new RunError(`${what} is no longer a finite number in epoch ${epoch}`, {
    hint:
      `a smaller --learning-rate (now ${settings.learningRate}) or --table-learning-rate (now ` +
      `${settings.tableLearningRate}), ${smallerStep}or a --clip norm (now ${settings.clip}) keeps it finite`,
  });
}
