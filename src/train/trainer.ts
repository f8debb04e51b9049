import type { EncodedSentence, Encoder, TrainingInput } from '../encode/encoder.js';
import { UsageError } from '../errors.js';
import type { Score } from '../evaluate/score.js';
import type { Kernels } from '../kernels/kernels.js';
import { tagWeights } from '../model/class_weights.js';
import { architectureOf, type Settings } from '../model/settings.js';
import { Tagger } from '../model/tagger.js';
import { roundWeights } from '../model/weights.js';
import { initialise } from '../network/initialise.js';
import { createTeam, type Helpers, type Team } from '../parallel/team.js';
import { type Entity, tagSet } from '../text/tags.js';
import { WeightAverage } from './average.js';
import { type Checkpoint, renewCheckpoint, restoreCheckpoint, saveCheckpoint } from './checkpoint.js';
import { type EncodedCorpus, encodedCorpus, sentencesOf } from './corpus.js';
import { createTask } from './create_task.js';
import { type DecisionScores, fitDecision } from './decision.js';
import { DevScorer } from './dev.js';
import { endTeam } from './end_team.js';
import { diverged, type EpochHooks, type EpochResult, trainEpoch } from './epoch.js';
import { stepsOf } from './optimizer.js';
import { JOB, Participant } from './participant.js';
import { keyedRandom, PLACE } from './random.js';
import type { TrainingTask } from './task.js';

/** A sentence and what is to be found in it. */
export interface Example extends TrainingInput {
  readonly entities: readonly Entity[];
}

/** How an epoch went. */
export interface EpochReport extends EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Exact-span scores on the dev set. */
  readonly dev: Score;
  /** Whether these weights are the best so far: by dev F1; while that is 0, the latest. */
  readonly best: boolean;
  /** Whether the epoch was cut short; such a one is scored only where no whole epoch came before it. */
  readonly partial: boolean;
}

/** What a run needs from outside: how it may be stopped (keeping the best weights so far), and whom it tells. */
export interface TrainingHooks extends EpochHooks {
  /** Called when all is laid out and the first of so many epochs begins. */
  readonly onStart?: (epochs: number) => void;
  /** Called after every epoch. `withBest` does something while the tagger holds the best weights so far. */
  readonly onEpoch?: (report: EpochReport, withBest: WithBest) => Promise<void> | void;
}

export type WithBest = (action: () => Promise<void>) => Promise<void>;

export interface TrainingResult {
  /** Holds the weights of the best epoch. */
  readonly tagger: Tagger;
  readonly epochs: readonly EpochReport[];
  readonly best: EpochReport;
  readonly stopped: 'finished' | 'patience' | 'interrupted';
}

/** The entity types of some examples, in code unit order. */
export function entityTypes(examples: readonly Example[]): string[] {
  const types = new Set<string>();
  for (const { entities } of examples) for (const { type } of entities) types.add(type);
  return [...types].sort();
}

/**
 * The tagger a run begins with: the tags of the training part's entity types, weights drawn by the seed.
 * @throws UsageError where a type has a class weight, but no entity is of it
 */
export function createTagger(encoder: Encoder, types: readonly string[], settings: Settings, kernels: Kernels): Tagger {
  const tags = tagSet(types, settings.scheme);
  tagWeights(settings.classWeight, tags); // throws where there is no such type
  const tagger = new Tagger(settings, encoder, tags, kernels);
  const random = keyedRandom(settings.seed, PLACE.weights);
  const { initialisation, tableDeviation } = settings;
  initialise(tagger.parameters, architectureOf(settings), initialisation, kernels, random, tableDeviation);
  return tagger;
}

/** The training part and the dev set as an encoder has them, with the ids of the gold tags. */
export interface EncodedParts {
  readonly train: EncodedCorpus;
  readonly dev: EncodedCorpus;
}

/** What a tagger, or another with its encoder and tags, is trained and scored on. */
export function encodeParts(tagger: Tagger, train: readonly Example[], dev: readonly Example[]): EncodedParts {
  const { encoder } = tagger;
  return {
    train: corpusOf(tagger, train, encoder.encodeTraining(train)),
    dev: corpusOf(tagger, dev, encoder.encodeAll(dev)),
  };
}

/**
 * Trains a tagger from `createTagger`, one network alone, as `trainNetwork` does, and in the end fits its temperature, and
 * its threshold if its settings ask for one, to the dev set. The scores of epochs are those of the likeliest tags.
 * @throws UsageError where its settings are of several networks; otherwise throws as `trainNetwork`
 */
export async function train(
  tagger: Tagger,
  train: readonly Example[],
  dev: readonly Example[],
  hooks: TrainingHooks = {},
  helpers?: Helpers<TrainingTask>,
): Promise<TrainingResult & DecisionScores> {
  if (tagger.settings.members > 1) {
    throw new UsageError(`the settings are of ${tagger.settings.members} networks, and this is one`, {
      hint: '`createMembers` makes all of them, and `trainMembers` trains them',
    });
  }
  const parts = encodeParts(tagger, train, dev);
  const result = await trainNetwork(tagger, parts, dev, hooks, helpers);
  return { ...result, ...fitDecision(tagger, [sentencesOf(parts.dev)], dev) };
}

/**
 * Trains the network of a tagger by gradient descent on the cross-entropy and leaves it with the weights of the epoch
 * that was best on the dev set; in the last epochs, where they are averaged, that is the average so far. Helpers share the work where
 * the kernels can be shared, and change nothing of the result. All memory but that of the weights is given back.
 * Throws RunError when the loss is no longer a finite number, and when a helping thread ends before its time; the tagger then has
 * the weights of the best epoch before.
 */
export async function trainNetwork(
  tagger: Tagger,
  parts: EncodedParts,
  dev: readonly Example[],
  hooks: TrainingHooks = {},
  helpers?: Helpers<TrainingTask>,
): Promise<TrainingResult> {
  tagger.release();
  const { kernels, parameters, settings } = tagger;
  const before = kernels.mark();
  const checkpoint = saveCheckpoint(parameters, kernels);
  let team: Team | undefined;
  try {
    const task = createTask(tagger, parts.train, parts.dev);
    const average = settings.averageEpochs > 0 ? new WeightAverage(parameters, kernels) : undefined;
    const participant = new Participant(task, kernels, tagger.network);
    const scorer = new DevScorer(tagger, dev);
    const all = createTeam(participant.jobs, task, task.kernels === undefined ? undefined : helpers);
    team = all;
    const scoreDev = async (): Promise<Score> => {
      await all.run(JOB.tag, participant.groups);
      return scorer.score(task.predicted);
    };
    return await trainEpochs(tagger, task, all, scoreDev, hooks, checkpoint, average);
  } finally {
    if (team !== undefined) await endTeam(team, kernels);
    // also after an error, when nobody moves weights any more
    restoreCheckpoint(checkpoint, parameters, kernels);
    tagger.release();
    kernels.release(before);
  }
}

function corpusOf(tagger: Tagger, examples: readonly Example[], encoded: readonly EncodedSentence[]): EncodedCorpus {
  return encodedCorpus(
    examples.map(({ entities, tokens }, s) => ({
      encoded: encoded[s],
      gold: tagger.goldIds(entities, tokens.length),
    })),
  );
}

async function trainEpochs(
  tagger: Tagger,
  task: TrainingTask,
  team: Team,
  scoreDev: () => Promise<Score>,
  hooks: TrainingHooks,
  checkpoint: Checkpoint,
  average?: WeightAverage,
): Promise<TrainingResult> {
  const { settings, kernels, parameters } = tagger;
  const nextStep = stepsOf(settings);
  const epochs: EpochReport[] = [];
  let best: EpochReport | undefined;
  let lastGain = 0;
  const exact = settings.weightFormat === 'float32' ? undefined : saveCheckpoint(parameters, kernels);
  let stopped: TrainingResult['stopped'] = 'finished';
  const withBest: WithBest = async (action) => {
    const current = saveCheckpoint(parameters, kernels);
    restoreCheckpoint(checkpoint, parameters, kernels);
    try {
      await action();
    } finally {
      restoreCheckpoint(current, parameters, kernels);
    }
  };
  hooks.onStart?.(settings.epochs);
  for (let epoch = 1; epoch <= settings.epochs && stopped === 'finished'; epoch++) {
    const averaged = epoch > settings.epochs - settings.averageEpochs ? average : undefined;
    const trained = await trainEpoch(task, team, nextStep, epoch, hooks, averaged);
    if (hooks.signal?.aborted) stopped = 'interrupted';
    // An interrupted epoch counts only where nothing better is there yet.
    if (stopped === 'interrupted' && best !== undefined) break;
    if (!weightsAreFinite(tagger)) throw diverged(settings, epoch, 'a weight');
    // what is scored and kept is the average, as it will be in the file; training goes on from the weights themselves
    if (averaged?.isEmpty === false) averaged.exchange();
    if (exact !== undefined) {
      renewCheckpoint(exact, parameters, kernels);
      roundWeights(parameters, kernels, settings);
    }
    const scored = await scoreDev();
    const isBest = isBetter(scored, best?.dev);
    const report = { epoch, ...trained, dev: scored, best: isBest, partial: stopped === 'interrupted' };
    epochs.push(report);
    if (best === undefined || scored.micro.f1 > best.dev.micro.f1) lastGain = epoch;
    if (isBest) {
      best = report;
      renewCheckpoint(checkpoint, parameters, kernels);
    }
    await hooks.onEpoch?.(report, isBest ? (action) => action() : withBest);
    if (exact !== undefined) restoreCheckpoint(exact, parameters, kernels);
    if (averaged?.isEmpty === false) averaged.exchange();
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

function weightsAreFinite({ kernels, parameters }: Tagger): boolean {
  return [parameters.dense, ...parameters.tables].every((weights) => Number.isFinite(kernels.squaredNorm(weights)));
}
