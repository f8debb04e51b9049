import { Encoder } from '../encode/encoder.js';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { featureKinds } from '../encode/features.js';
import type { Score } from '../evaluate/score.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Encodings } from '../model/each_batch.js';
import type { Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import { encodingOf, memberSettings } from '../model/variants.js';
import type { Helpers } from '../parallel/team.js';
import { tagSet } from '../text/tags.js';
import { sentencesOf } from './corpus.js';
import { type DecisionScores, fitDecision } from './decision.js';
import type { KeptNetwork } from './footprint.js';
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
  type WithBest,
} from './trainer.js';

/** The networks of a model before they are trained. Their weights lie in the kernels' memory one behind the other. */
export interface Members {
  /** Has the settings of the model; those that are trained after it join it. */
  readonly first: Tagger;
  readonly further: readonly FurtherMember[];
}

/** A network that is trained after others. */
export interface FurtherMember {
  readonly settings: Settings;
  /** Makes it, when its turn comes. Throws as `createTagger`, and what `fits` throws. */
  readonly create: () => Tagger;
}

/** What members are made with besides. */
export interface MemberNeeds {
  readonly gazetteers?: readonly Gazetteer[];
  /**
   * Called before the weights of a network for so many tags are allocated, with those of the same model whose vocabularies are known:
   * those before it, and any that share the first one's. Throws where it would not fit beside them.
   */
  readonly fits?: (network: KeptNetwork, besides: readonly KeptNetwork[], tags: number) => void;
}

/**
 * What `settings` ask for, vocabularies built from the training part. Members that see the same one-hots share an encoder.
 * @throws UsageError as `memberSettings`, `featureKinds` and `createTagger`, and what `fits` throws
 */
export function createMembers(
  train: readonly Example[],
  settings: Settings,
  kernels: Kernels,
  { gazetteers = [], fits }: MemberNeeds = {},
): Members {
  const all = memberSettings(settings);
  for (const member of all) featureKinds({ ...member, gazetteers }); // a wrong name is told before anything is trained
  const types = entityTypes(train);
  const encoders = new Map<string, Encoder>();
  const encoderFor = (member: Settings): Encoder => {
    const key = encodingOf(member);
    const encoder = encoders.get(key) ?? Encoder.build(train, { ...member, gazetteers });
    encoders.set(key, encoder);
    return encoder;
  };
  const create = (member: Settings): Tagger => {
    const encoder = encoderFor(member);
    const others = all
      .filter((other) => other !== member)
      .map((other) => [other, encoders.get(encodingOf(other))] as const);
    const besides = others.flatMap(([other, known]) =>
      known === undefined ? [] : [{ settings: other, encoder: known }],
    );
    fits?.({ settings: member, encoder }, besides, tagSet(types, member.scheme).length);
    return createTagger(encoder, types, member, kernels);
  };
  const [first, ...further] = all;
  return {
    first: create(first),
    further: further.map((member) => ({ settings: member, create: () => create(member) })),
  };
}

/** What a run of several networks needs from outside. */
export interface MembersHooks extends Omit<TrainingHooks, 'onEpoch'> {
  /** Called before a network is trained; members count from 1. */
  readonly onMember?: (tagger: Tagger, member: number) => Promise<void> | void;
  /** As that of one network; when `report.best` of the first member, the first tagger holds the best weights so far. */
  readonly onEpoch?: (report: EpochReport, member: number, withBest: WithBest) => Promise<void> | void;
  /** Called when a network is trained and has joined those before, with the scores of all of them together on the dev set. */
  readonly onNetwork?: (results: MembersResult['results'], dev: Score) => Promise<void> | void;
}

export interface MembersResult extends DecisionScores {
  /** The first tagger, which the others have joined; its threshold and its temperature are fitted to all of them. */
  readonly tagger: Tagger;
  /** How the training of each network went. */
  readonly results: readonly [TrainingResult, ...TrainingResult[]];
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
  const parts = new PartsOfEncoders(train, dev);
  const trainOne = async (tagger: Tagger, member: number): Promise<TrainingResult> => {
    await onMember?.(tagger, member);
    const own: TrainingHooks = { ...hooks, onEpoch: (report, withBest) => onEpoch?.(report, member, withBest) };
    const result = await trainNetwork(tagger, parts.of(tagger), dev, own, helpers);
    parts.keepOnlyDev(tagger, further.slice(member - 1));
    return result;
  };
  const decideTogether = (): DecisionScores => fitDecision(first, parts.devOf(first), dev);
  const results: [TrainingResult, ...TrainingResult[]] = [await trainOne(first, 1)];
  let [{ stopped }] = results;
  let together = decideTogether();
  await onNetwork?.(results, together.dev);
  for (const { create } of further) {
    if (hooks.signal?.aborted) stopped = 'interrupted';
    if (stopped === 'interrupted') break;
    const result = await trainNext(first, create, (tagger) => trainOne(tagger, results.length + 1));
    stopped = result.stopped;
    if (stopped === 'interrupted') break;
    results.push(result);
    together = decideTogether();
    await onNetwork?.(results, together.dev);
  }
  return { tagger: first, results, ...together, stopped };
}

/** The training part and the dev set as each encoder has them, as long as they are of use. */
class PartsOfEncoders {
  readonly #encoded = new Map<Encoder, { readonly train?: EncodedParts['train']; readonly dev: EncodedParts['dev'] }>();
  readonly #train: readonly Example[];
  readonly #dev: readonly Example[];

  constructor(train: readonly Example[], dev: readonly Example[]) {
    this.#train = train;
    this.#dev = dev;
  }

  /** What a tagger is trained and scored on. */
  of(tagger: Tagger): EncodedParts {
    const known = this.#encoded.get(tagger.encoder);
    if (known?.train !== undefined) return { train: known.train, dev: known.dev };
    const parts = encodeParts(tagger, this.#train, this.#dev);
    this.#encoded.set(tagger.encoder, parts);
    return parts;
  }

  /** Forgets what a tagger was trained on, unless one of those to come sees the same one-hots. */
  keepOnlyDev({ encoder, settings }: Tagger, toCome: readonly FurtherMember[]): void {
    const isNeeded = toCome.some((member) => encodingOf(member.settings) === encodingOf(settings));
    const known = this.#encoded.get(encoder);
    if (known !== undefined && !isNeeded) this.#encoded.set(encoder, { dev: known.dev });
  }

  /** The dev set as each of the tagger's encoders has it. */
  devOf({ encoders }: Tagger): Encodings {
    return encoders.map((encoder) => {
      const parts = this.#encoded.get(encoder);
      if (parts === undefined) throw new RangeError('an encoder that nothing was trained with');
      return sentencesOf(parts.dev);
    });
  }
}

/** Trains a further network, which joins the others unless it is interrupted or fails: then its memory is given back. */
async function trainNext(
  first: Tagger,
  create: () => Tagger,
  trainOne: (tagger: Tagger) => Promise<TrainingResult>,
): Promise<TrainingResult> {
  first.release();
  const before = first.kernels.mark();
  let hasJoined = false;
  try {
    const tagger = create();
    const result = await trainOne(tagger);
    hasJoined = result.stopped !== 'interrupted';
    if (hasJoined) first.joinedBy([...first.members.slice(1), tagger]);
    return result;
  } finally {
    if (!hasJoined) first.kernels.release(before);
  }
}
