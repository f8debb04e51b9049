import { type Batch, packForPrediction } from '../encode/batch.js';
import type { Encoder } from '../encode/encoder.js';
import type { FloatArray, Kernels } from '../kernels/kernels.js';
import { type SharedKernels, WasmKernels } from '../kernels/wasm.js';
import type { Encodings } from '../model/each_batch.js';
import { groupsOf, type Piece, piecesOf } from '../model/pieces.js';
import { type Scores, unpack } from '../model/scores.js';
import { architectureOf } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import type { Architecture } from '../network/architecture.js';
import { Ensemble, type Voter } from '../network/ensemble.js';
import { Network } from '../network/network.js';
import { Parameters } from '../network/parameters.js';
import type { Job } from '../parallel/serve.js';
import { shared } from '../parallel/shared.js';
import { createTeam, type Helpers } from '../parallel/team.js';
import { type EncodedCorpus, encodedCorpus, sentencesOf } from './corpus.js';
import { endTeam } from './end_team.js';

/** A corpus as each encoding has it, and where its tags or its logits go. */
export interface CorpusToTag {
  readonly corpora: readonly EncodedCorpus[];
  /** The likeliest tags, by the tokens of the corpus; shape [R]. */
  readonly predicted?: Int32Array;
  /** o, shape [R,K]. */
  readonly logits?: FloatArray;
}

/** One-hots of a corpus that stays laid out, in every thread that tags of it. */
const MOST_KEPT = 4_000_000;

/** Tags or scores a corpus group by group; which groups it does makes no difference to any. */
export class CorpusTagger {
  /** Shape [encodings][pieces]. */
  private readonly pieces: readonly (readonly Piece[])[];
  private readonly groupList: readonly Int32Array[];
  /** Those that were laid out before, by their groups. */
  private readonly kept: PackedGroup[] = [];

  /** @param isRepeated whether the same groups are tagged again and again: then they stay laid out, unless there is too much of them */
  constructor(
    private readonly task: CorpusToTag,
    private readonly kernels: Kernels,
    private readonly ensemble: Ensemble,
    private readonly isRepeated = false,
  ) {
    this.pieces = task.corpora.map((corpus) => piecesOf(sentencesOf(corpus)));
    this.groupList = [...groupsOf(this.pieces[0])];
  }

  /** How many groups there are. */
  get groups(): number {
    return this.groupList.length;
  }

  /** Writes what is asked for of a group. */
  tag(group: number): void {
    const { ensemble, kernels, task } = this;
    const { batches, pieces } = this.kept[group] ?? this.pack(group);
    ensemble.load(batches);
    ensemble.forward();
    const [batch] = batches;
    const starts = task.corpora[0].tokenStarts;
    if (task.logits !== undefined) {
      const logits = kernels.view(ensemble.logits);
      unpack(batch, pieces, logits.length / batch.rows, logits, starts, task.logits);
    }
    if (task.predicted !== undefined) {
      unpack(batch, pieces, 1, kernels.viewInts(ensemble.decode()), starts, task.predicted);
    }
  }

  private pack(group: number): PackedGroup {
    const encodings = this.pieces.map((list) => Array.from(this.groupList[group], (place) => list[place]));
    const batches = encodings.map((pieces) => packForPrediction(pieces.map(({ encoded }) => encoded)));
    const pieces = Array.from(batches[0].order, (place) => encodings[0][place]);
    const packed = { batches, pieces };
    if (this.isRepeated && this.task.corpora[0].input.ids.length <= MOST_KEPT) this.kept[group] = packed;
    return packed;
  }
}

/** Sentences as they are laid out in every encoding: the i-th longest is the i-th piece. */
interface PackedGroup {
  readonly batches: readonly Batch[];
  readonly pieces: readonly Piece[];
}

/** A network of a model, without what cannot be posted. */
interface SharedVoter extends Pick<Voter, 'encoding'> {
  readonly architecture: Architecture;
  readonly parameters: Pick<Parameters, 'shapes' | 'tables' | 'dense'>;
}

/** What all that score a corpus with a model share; can be posted. */
export interface ScoringTask extends CorpusToTag {
  /** Absent where one participant has the kernels for itself. */
  readonly kernels?: SharedKernels;
  readonly voters: readonly [SharedVoter, ...SharedVoter[]];
}

/** The jobs of a further thread. */
export function scoringJobs(task: ScoringTask): Job[] {
  if (task.kernels === undefined) throw new Error('these kernels cannot be shared');
  const kernels = WasmKernels.attach(task.kernels);
  const attach = ({ architecture, parameters, encoding }: SharedVoter): Voter => {
    const attached = new Parameters(parameters.shapes, kernels, parameters);
    return { network: new Network(kernels, architecture, attached), encoding };
  };
  const [first, ...further] = task.voters;
  const voters = [attach(first), ...further.map(attach)] as const;
  return jobsOf(new CorpusTagger(task, kernels, new Ensemble(kernels, voters, first.architecture)));
}

function jobsOf(tagger: CorpusTagger): Job[] {
  return [(group) => tagger.tag(group)];
}

/**
 * The scores of sentences that the tagger has encoded. Helpers share the work where the kernels can be shared, and change nothing of
 * the result.
 * @throws RunError when a helping thread ends before its time
 */
export async function scoreCorpus(
  tagger: Tagger,
  sentences: Encodings,
  helpers?: Helpers<ScoringTask>,
): Promise<Scores> {
  const { kernels, ensemble, tags } = tagger;
  const corpora = sentences.map((list) =>
    encodedCorpus(list.map((encoded) => ({ encoded, gold: new Int32Array(encoded.length) }))),
  );
  const [{ tokenStarts, gold }] = corpora;
  const [first, ...further] = tagger.members.map((member) => sharedVoter(member, tagger.encoders));
  const length = gold.length * tags.length;
  const logits = kernels.floatBytes === 8 ? new Float64Array(length) : shared(Float32Array, length);
  const task: ScoringTask = {
    ...(kernels instanceof WasmKernels ? { kernels: kernels.share() } : {}),
    voters: [first, ...further],
    corpora,
    logits,
  };
  const here = new CorpusTagger(task, kernels, ensemble);
  const team = createTeam(jobsOf(here), task, task.kernels === undefined ? undefined : helpers);
  try {
    await team.run(0, here.groups);
  } finally {
    await endTeam(team, kernels);
  }
  return { starts: tokenStarts, logits };
}

function sharedVoter({ settings, parameters, encoder }: Tagger, encoders: readonly Encoder[]): SharedVoter {
  const { shapes, tables, dense } = parameters;
  return {
    architecture: architectureOf(settings),
    parameters: { shapes, tables, dense },
    encoding: encoders.indexOf(encoder),
  };
}
