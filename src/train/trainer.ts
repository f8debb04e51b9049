import { ColumnIndex, packBatch, packTokens } from '../encode/batch.js';
import type { EncodedSentence, Encoder, TrainingInput } from '../encode/encoder.js';
import { RunError } from '../errors.js';
import { type Score, score } from '../evaluate/score.js';
import type { Kernels } from '../kernels/kernels.js';
import { architectureOf, type Settings } from '../model/settings.js';
import { Tagger } from '../model/tagger.js';
import { initialise } from '../network/initialise.js';
import { type Entity, tagSet, tagsOf } from '../text/tags.js';
import { epochBatches } from './batches.js';
import { restoreCheckpoint, saveCheckpoint } from './checkpoint.js';
import { largestBatch } from './footprint.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { keyedRandom, PLACE } from './random.js';
import { rateFactor } from './schedule.js';

/** A sentence and what is to be found in it. */
export interface Example extends TrainingInput {
  readonly entities: readonly Entity[];
}

/** How an epoch went. */
export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  /** Mean cross-entropy of a training token. */
  readonly loss: number;
  /** Mean norm of the dense gradient before clipping. */
  readonly gradientNorm: number;
  /** Exact-span scores on the dev set. */
  readonly dev: Score;
  /** Whether these weights are the best so far: by dev F1; while that is 0, the latest. */
  readonly best: boolean;
  /** Whether the epoch was cut short; such a one is scored only where no whole epoch came before it. */
  readonly partial: boolean;
}

export interface BatchReport {
  readonly epoch: number;
  /** Tokens of this epoch trained so far, and in all. */
  readonly tokens: number;
  readonly tokensInEpoch: number;
  /** Mean cross-entropy of a token in this epoch so far. */
  readonly loss: number;
}

/** What a run needs from outside: how it may be stopped, and whom it tells. */
export interface TrainingHooks {
  /** Aborting stops after the current batch; the best weights so far are kept. */
  readonly signal?: AbortSignal;
  /** Called between batches, so that timers and signals get their turn. */
  readonly pause?: () => Promise<void>;
  readonly onBatch?: (report: BatchReport) => void;
  /** Called after every epoch; when `report.best`, the tagger holds the best weights so far. */
  readonly onEpoch?: (report: EpochReport) => Promise<void> | void;
}

export interface TrainingResult {
  /** Holds the weights of the best epoch. */
  readonly tagger: Tagger;
  readonly epochs: readonly EpochReport[];
  readonly best: EpochReport;
  readonly stopped: 'finished' | 'patience' | 'interrupted';
}

/** The entity types of some examples, in code unit order. */
export function entityTypes(examples: readonly Example[]): string[] {
  const types = new Set(examples.flatMap(({ entities }) => entities.map(({ type }) => type)));
  return [...types].sort();
}

/** The tagger a run begins with: the tags of the training part's entity types, weights drawn by the seed. */
export function createTagger(encoder: Encoder, types: readonly string[], settings: Settings, kernels: Kernels): Tagger {
  const tagger = new Tagger(settings, encoder, tagSet(types, settings.scheme), kernels);
  const random = keyedRandom(settings.seed, PLACE.weights);
  const { initialisation, tableDeviation } = settings;
  initialise(tagger.parameters, architectureOf(settings), initialisation, kernels, random, tableDeviation);
  return tagger;
}

/**
 * Trains a tagger from `createTagger` by gradient descent on the cross-entropy and leaves it with the weights of the epoch
 * that was best on the dev set. Throws RunError when the loss is no longer a finite number.
 */
export async function train(
  tagger: Tagger,
  train: readonly Example[],
  dev: readonly Example[],
  hooks: TrainingHooks = {},
): Promise<TrainingResult> {
  const { settings, kernels, parameters } = tagger;
  const optimizer = createOptimizer(settings, parameters, kernels);
  const encoded = tagger.encoder.encodeTraining(train);
  const data = train.map((example, i) => ({
    encoded: encoded[i],
    gold: tagger.goldIds(example.entities, example.tokens.length),
  }));
  const devSet = devSetOf(tagger, dev);
  reserveLargest(tagger, data);
  const index = new ColumnIndex(tagger.encoder.size);
  const epochs: EpochReport[] = [];
  let best: EpochReport | undefined;
  let lastGain = 0;
  let checkpoint = saveCheckpoint(parameters, kernels);
  let stopped: TrainingResult['stopped'] = 'finished';
  for (let epoch = 1; epoch <= settings.epochs && stopped === 'finished'; epoch++) {
    const { loss, gradientNorm } = await trainEpoch({ tagger, optimizer, index, data }, epoch, hooks);
    if (hooks.signal?.aborted) stopped = 'interrupted';
    // An interrupted epoch counts only where nothing better is there yet.
    if (stopped === 'interrupted' && best !== undefined) break;
    if (!weightsAreFinite(tagger)) throw diverged(settings, epoch, 'a weight');
    const scored = scoreDev(tagger, devSet);
    const report = {
      epoch,
      loss,
      gradientNorm,
      dev: scored,
      best: isBetter(scored, best?.dev),
      partial: stopped === 'interrupted',
    };
    epochs.push(report);
    if (best === undefined || scored.micro.f1 > best.dev.micro.f1) lastGain = epoch;
    if (report.best) {
      best = report;
      checkpoint = saveCheckpoint(parameters, kernels);
    }
    await hooks.onEpoch?.(report);
    if (stopped === 'finished' && hasLostPatience(settings.patience, epoch - lastGain)) stopped = 'patience';
  }
  restoreCheckpoint(checkpoint, parameters, kernels);
  return { tagger, epochs, best: best as EpochReport, stopped };
}

function isBetter({ micro: { f1 } }: Score, best: Score | undefined): boolean {
  return best === undefined || f1 > best.micro.f1 || (f1 === 0 && best.micro.f1 === 0);
}

function hasLostPatience(patience: number, epochsWithoutGain: number): boolean {
  return patience > 0 && epochsWithoutGain >= patience;
}

interface TrainingSentence {
  readonly encoded: EncodedSentence;
  /** Tag ids; shape [T]. */
  readonly gold: Int32Array;
}

/** What stays the same from the first batch of a run to the last. */
interface Run {
  readonly tagger: Tagger;
  readonly optimizer: Optimizer;
  readonly index: ColumnIndex;
  readonly data: readonly TrainingSentence[];
}

async function trainEpoch(
  run: Run,
  epoch: number,
  { signal, pause, onBatch }: TrainingHooks,
): Promise<{ loss: number; gradientNorm: number }> {
  const { data } = run;
  const { settings } = run.tagger;
  const lengths = data.map(({ encoded }) => encoded.length);
  const { order, starts } = epochBatches(lengths, settings.batchSize, keyedRandom(settings.seed, PLACE.order, epoch));
  const batches = starts.length - 1;
  const tokensInEpoch = data.reduce((sum, { encoded }) => sum + encoded.length, 0);
  let tokens = 0;
  let loss = 0;
  let norms = 0;
  let done = 0;
  for (; done < batches && !signal?.aborted; done++) {
    const chosen = order.subarray(starts[done], starts[done + 1]);
    const factor = rateFactor(settings.decay, (epoch - 1) * batches + done, settings.epochs * batches);
    const step = trainBatch(run, chosen, epoch, factor);
    if (!Number.isFinite(step.loss)) throw diverged(settings, epoch, 'the loss');
    if (!Number.isFinite(step.gradientNorm)) throw diverged(settings, epoch, 'the gradient');
    tokens += step.tokens;
    loss += step.loss;
    norms += step.gradientNorm;
    onBatch?.({ epoch, tokens, tokensInEpoch, loss: loss / tokens });
    await pause?.();
  }
  return { loss: loss / Math.max(tokens, 1), gradientNorm: norms / Math.max(done, 1) };
}

function trainBatch(
  { tagger: { encoder, network, settings }, optimizer, index, data }: Run,
  chosen: Int32Array,
  epoch: number,
  factor: number,
): { loss: number; gradientNorm: number; tokens: number } {
  const sentences = Array.from(chosen, (place) => {
    const { encoded } = data[place];
    if (!settings.dropRare) return encoded;
    return encoder.dropRare(encoded, keyedRandom(settings.seed, PLACE.dropRare, epoch, place));
  });
  const batch = packBatch(sentences, index);
  const gold = packTokens(
    batch,
    Array.from(chosen, (place) => data[place].gold),
  );
  network.load(batch);
  network.forward();
  const loss = network.loss(gold);
  const gradients = network.backward(settings.bpttSteps);
  const gradientNorm = optimizer.step(gradients, chosen.length, factor);
  return { loss, gradientNorm, tokens: batch.rows };
}

function weightsAreFinite({ kernels, parameters }: Tagger): boolean {
  return [parameters.dense, ...parameters.tables].every((weights) => Number.isFinite(kernels.squaredNorm(weights)));
}

function diverged(settings: Settings, epoch: number, what: string): RunError {
  return new RunError(`${what} is no longer a finite number in epoch ${epoch}`, {
    hint:
      `a smaller --learning-rate (now ${settings.learningRate}) or --table-learning-rate (now ` +
      `${settings.tableLearningRate}), or a --clip norm (now ${settings.clip}) keeps it finite`,
  });
}

/** Takes memory for the largest batch there can be, so that none has to grow it later. */
function reserveLargest({ network, settings }: Tagger, data: readonly TrainingSentence[]): void {
  const lengths = data.map(({ encoded }) => encoded.length);
  const rows = largestBatch(lengths, settings.batchSize);
  const oneHots = largestBatch(
    data.map(({ encoded }) => encoded.ids.length),
    settings.batchSize,
  );
  network.reserve({ rows, steps: lengths.reduce((a, b) => Math.max(a, b), 0), oneHots, touched: oneHots });
}

/** The dev set as it is scored after every epoch. */
interface DevSet {
  readonly encoded: readonly EncodedSentence[];
  /** In the model's scheme; shape [T] each. */
  readonly gold: readonly (readonly string[])[];
}

function devSetOf({ encoder, scheme }: Tagger, dev: readonly Example[]): DevSet {
  return {
    encoded: encoder.encodeAll(dev),
    gold: dev.map(({ entities, tokens }) => tagsOf(entities, tokens.length, scheme)),
  };
}

function scoreDev(tagger: Tagger, { encoded, gold }: DevSet): Score {
  const found = tagger.tagEncoded(encoded);
  return score(gold.map((tags, i) => ({ gold: tags, predicted: tagsOf(found[i], tags.length, tagger.scheme) })));
}
