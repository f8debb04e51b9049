import { Encoder } from '../encode/encoder.js';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { type Score, score } from '../evaluate/score.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Encodings } from '../model/each_batch.js';
import { encodingOf, memberSettings } from '../model/members.js';
import type { Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import type { Helpers } from '../parallel/team.js';
import { tagSet, tagsOf } from '../text/tags.js';
import { fitTemperature } from './calibrate.js';
import { sentencesOf } from './corpus.js';
import type { TrainingTask } from './task.js';
import {
  createTagger,
  type EncodedParts,
  type EpochReport,
  type Example,
  encodeParts,
  entityTypes,
  type TrainingHooks,
  type TrainingResult,
  trainNetwork,
} from './trainer.js';

/** The networks of a model before they are trained. Their weights lie in the kernels' memory one behind the other. */
export interface Members {
  /** Has the settings of the model; those that are trained after it join it. */
  readonly first: Tagger;
  /** Those, each made when its turn comes. */
  readonly further: readonly (() => Tagger)[];
}

/** What members are made with besides. */
export interface MemberNeeds {
  readonly gazetteers?: readonly Gazetteer[];
  /** Called before the weights of a network for so many tags are allocated; throws where it would not fit. */
  readonly fits?: (settings: Settings, encoder: Encoder, tags: number) => void;
}

/**
 * What `settings` ask for, vocabularies built from the training part. Members that see the same one-hots share an encoder.
 * @throws UsageError as `memberSettings`, `Encoder.build` and `createTagger`, and what `fits` throws
 */
export function createMembers(
  train: readonly Example[],
  settings: Settings,
  kernels: Kernels,
  { gazetteers = [], fits }: MemberNeeds = {},
): Members {
  const encoders = new Map<string, Encoder>();
  const types = entityTypes(train);
  const encoderFor = (member: Settings): Encoder => {
    const key = encodingOf(member);
    const encoder = encoders.get(key) ?? Encoder.build(train, { ...member, gazetteers });
    encoders.set(key, encoder);
    return encoder;
  };
  const create = (member: Settings): Tagger => {
    const encoder = encoderFor(member);
    fits?.(member, encoder, tagSet(types, member.scheme).length);
    return createTagger(encoder, types, member, kernels);
  };
  const [first, ...further] = memberSettings(settings);
  return { first: create(first), further: further.map((member) => () => create(member)) };
}

/** What a run of several networks needs from outside. */
export interface MembersHooks extends Omit<TrainingHooks, 'onEpoch'> {
  /** Called before a network is trained; members count from 1. */
  readonly onMember?: (tagger: Tagger, member: number) => Promise<void> | void;
  /** As that of one network; when `report.best` of the first member, the first tagger holds the best weights so far. */
  readonly onEpoch?: (report: EpochReport, member: number) => Promise<void> | void;
  /** Called when a network is trained and has joined those before, with the scores of all of them together on the dev set. */
  readonly onNetwork?: (results: MembersResult['results'], dev: Score) => Promise<void> | void;
}

export interface MembersResult {
  /** The first tagger, which the others have joined; its temperature is fitted to all of them. */
  readonly tagger: Tagger;
  /** How the training of each network went. */
  readonly results: readonly [TrainingResult, ...TrainingResult[]];
  /** Scores of all of them together on the dev set. */
  readonly dev: Score;
  /** As that of the last network, or `interrupted` where one that was begun did not join. */
  readonly stopped: TrainingResult['stopped'];
}

/**
 * Trains the networks of a model one after the other, each as `trainNetwork` does, and lets them decide together. Where training is
 * interrupted, only the first network counts unfinished.
 * Throws as `trainNetwork`; the first tagger then has what was trained before.
 */
export async function trainMembers(
  { first, further }: Members,
  train: readonly Example[],
  dev: readonly Example[],
  { onMember, onEpoch, onNetwork, ...hooks }: MembersHooks = {},
  helpers?: Helpers<TrainingTask>,
): Promise<MembersResult> {
  const encoded = new Map<Encoder, EncodedParts>();
  const partsFor = (tagger: Tagger): EncodedParts => {
    const parts = encoded.get(tagger.encoder) ?? encodeParts(tagger, train, dev);
    encoded.set(tagger.encoder, parts);
    return parts;
  };
  const trainOne = async (tagger: Tagger, member: number): Promise<TrainingResult> => {
    await onMember?.(tagger, member);
    const own: TrainingHooks = { ...hooks, onEpoch: (report) => onEpoch?.(report, member) };
    return await trainNetwork(tagger, partsFor(tagger), dev, own, helpers);
  };
  const results: [TrainingResult, ...TrainingResult[]] = [await trainOne(first, 1)];
  let [{ stopped }] = results;
  let together = results[0].best.dev;
  await onNetwork?.(results, together);
  for (const create of further) {
    if (hooks.signal?.aborted) stopped = 'interrupted';
    if (stopped === 'interrupted') break;
    const result = await trainNext(first, create, (tagger) => trainOne(tagger, results.length + 1));
    stopped = result.stopped;
    if (stopped === 'interrupted') break;
    results.push(result);
    together = scoreOf(first, encoded, dev);
    await onNetwork?.(results, together);
  }
  first.temperature = fitTemperature(
    first,
    devOf(first, encoded),
    dev.map(({ entities }) => entities),
  );
  return { tagger: first, results, dev: together, stopped };
}

/** Trains a further network, which joins the others unless it is interrupted: then its memory is given back. */
async function trainNext(
  first: Tagger,
  create: () => Tagger,
  trainOne: (tagger: Tagger) => Promise<TrainingResult>,
): Promise<TrainingResult> {
  first.release();
  const before = first.kernels.mark();
  const tagger = create();
  const result = await trainOne(tagger);
  if (result.stopped === 'interrupted') first.kernels.release(before);
  else first.joinedBy([...first.members.slice(1), tagger]);
  return result;
}

/** The dev set as each of the tagger's encoders has it. */
function devOf({ encoders }: Tagger, encoded: ReadonlyMap<Encoder, EncodedParts>): Encodings {
  return encoders.map((encoder) => {
    const parts = encoded.get(encoder);
    if (parts === undefined) throw new RangeError('an encoder that nothing was trained with');
    return sentencesOf(parts.dev);
  });
}

/** The scores of all members together, in the model's scheme as those of an epoch. */
function scoreOf(tagger: Tagger, encoded: ReadonlyMap<Encoder, EncodedParts>, dev: readonly Example[]): Score {
  const found = tagger.tagEncoded(devOf(tagger, encoded));
  return score(
    dev.map(({ entities, tokens: { length } }, s) => ({
      gold: tagsOf(entities, length, tagger.scheme),
      predicted: tagsOf(found[s], length, tagger.scheme),
    })),
  );
}
