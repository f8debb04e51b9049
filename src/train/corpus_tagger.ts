import { type Batch, packForPrediction } from '../encode/batch.js';
import type { Encoder } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { type SharedKernels, WasmKernels } from '../kernels/wasm.js';
import type { Encodings } from '../model/each_batch.js';
import { EntityReader } from '../model/entity_reader.js';
import { groupsOf, type Piece, piecesOf } from '../model/pieces.js';
import { architectureOf } from '../model/settings.js';
import { tagRules } from '../model/tag_rules.js';
import type { Tagger } from '../model/tagger.js';
import type { Architecture } from '../network/architecture.js';
import { Ensemble, type Shift, type Voter } from '../network/ensemble.js';
import { Network } from '../network/network.js';
import { Parameters } from '../network/parameters.js';
import type { TagRules } from '../network/rules.js';
import type { Job } from '../parallel/serve.js';
import { shared } from '../parallel/shared.js';
import { createTeam, type Helpers } from '../parallel/team.js';
import { type EncodedCorpus, encodedCorpus, sentencesOf } from './corpus.js';

/** Sentences, and where their tags go. */
export interface CorpusToTag {
  /** The corpus as each encoding has it. */
  readonly corpora: readonly EncodedCorpus[];
  /** The tags that were predicted last, by the tokens of the corpus; shape [R]. */
  readonly predicted: Int32Array;
  /** Absent where the tags are all that is asked for. */
  readonly found?: FoundProbabilities;
}

/** Where the probabilities of the entities go that the tags spell. */
export interface FoundProbabilities {
  /** In the order of the network's outputs. */
  readonly tags: readonly string[];
  readonly temperature: number;
  /** At the first token of each entity its probability; shape [R]. */
  readonly probabilities: Float64Array;
}

/** Tags a corpus group by group; which groups it does makes no difference to any. */
export class CorpusTagger {
  /** Shape [encodings][pieces]. */
  private readonly pieces: readonly (readonly Piece[])[];
  private readonly groupList: readonly Int32Array[];

  constructor(
    private readonly task: CorpusToTag,
    private readonly kernels: Kernels,
    private readonly ensemble: Ensemble,
  ) {
    this.pieces = task.corpora.map((corpus) => piecesOf(sentencesOf(corpus)));
    this.groupList = [...groupsOf(this.pieces[0].map(({ encoded }) => encoded))];
  }

  /** How many groups there are. */
  get groups(): number {
    return this.groupList.length;
  }

  /** Writes the likeliest tags of a group. */
  tag(group: number): void {
    const { ensemble, task } = this;
    const encodings = this.pieces.map((list) => Array.from(this.groupList[group], (place) => list[place]));
    const batches = encodings.map((pieces) => packForPrediction(pieces.map(({ encoded }) => encoded)));
    ensemble.load(batches);
    ensemble.forward();
    const best = this.kernels.viewInts(ensemble.decode());
    const [[batch], [pieces]] = [batches, encodings];
    batch.order.forEach((place, i) => {
      const { sentence, offset } = pieces[place];
      const start = task.corpora[0].tokenStarts[sentence] + offset;
      for (let t = 0; t < batch.lengths[i]; t++) task.predicted[start + t] = best[batch.starts[t] + i];
    });
    if (task.found !== undefined) this.writeProbabilities(batch, pieces, task.found);
  }

  private writeProbabilities(batch: Batch, pieces: readonly Piece[], found: FoundProbabilities): void {
    const reader = new EntityReader(found.tags, this.kernels, this.ensemble);
    const lists = reader.decode(batch);
    reader.probabilities(lists, found.temperature).forEach((probabilities, i) => {
      const { sentence, offset } = pieces[i];
      const first = this.task.corpora[0].tokenStarts[sentence] + offset;
      probabilities.forEach((probability, e) => {
        found.probabilities[first + lists[i][e].start] = probability;
      });
    });
  }
}

/** A network of a model, without what cannot be posted. */
interface SharedVoter extends Pick<Voter, 'encoding'> {
  readonly architecture: Architecture;
  readonly parameters: Pick<Parameters, 'shapes' | 'tables' | 'dense'>;
}

/** What all that tag a corpus with a model share; can be posted. */
export interface TaggingTask extends CorpusToTag {
  /** Absent where one participant has the kernels for itself. */
  readonly kernels?: SharedKernels;
  readonly rules: TagRules;
  readonly voters: readonly [SharedVoter, ...SharedVoter[]];
  readonly shift?: Shift;
}

/** The jobs of a further thread. */
export function taggingJobs(task: TaggingTask): Job[] {
  if (task.kernels === undefined) throw new Error('these kernels cannot be shared');
  const kernels = WasmKernels.attach(task.kernels);
  const attach = ({ architecture, parameters, encoding }: SharedVoter): Voter => {
    const attached = new Parameters(parameters.shapes, kernels, parameters);
    return { network: new Network(kernels, architecture, attached, task.rules), encoding };
  };
  const [first, ...further] = task.voters;
  const voters = [attach(first), ...further.map(attach)] as const;
  const ensemble = new Ensemble(kernels, voters, first.architecture, task.rules, task.shift);
  return jobsOf(new CorpusTagger(task, kernels, ensemble));
}

function jobsOf(tagger: CorpusTagger): Job[] {
  return [(group) => tagger.tag(group)];
}

/** The tags of a sentence, and at the first token of each entity its probability if it was asked for; shape [T] both. */
export interface TaggedSentence {
  readonly tags: readonly string[];
  readonly probabilities?: Float64Array;
}

/**
 * The likeliest tags of sentences that the tagger has encoded, with probabilities if asked for. Helpers share the work where the
 * kernels can be shared, and change nothing of the result.
 * @throws RunError when a helping thread ends before its time
 */
export async function tagCorpus(
  tagger: Tagger,
  sentences: Encodings,
  withProbabilities: boolean,
  helpers?: Helpers<TaggingTask>,
): Promise<TaggedSentence[]> {
  const { kernels, ensemble, settings, tags, temperature } = tagger;
  const corpora = sentences.map((list) =>
    encodedCorpus(list.map((encoded) => ({ encoded, gold: new Int32Array(encoded.length) }))),
  );
  const [corpus] = corpora;
  const probabilities = withProbabilities ? shared(Float64Array, corpus.gold.length) : undefined;
  const [first, ...further] = tagger.members.map((member) => sharedVoter(member, tagger.encoders));
  const { shift } = ensemble;
  const task: TaggingTask = {
    ...(kernels instanceof WasmKernels ? { kernels: kernels.share() } : {}),
    rules: tagRules(tags, settings.scheme),
    voters: [first, ...further],
    ...(shift === undefined ? {} : { shift }),
    corpora,
    predicted: shared(Int32Array, corpus.gold.length),
    ...(probabilities === undefined ? {} : { found: { tags, temperature, probabilities } }),
  };
  const here = new CorpusTagger(task, kernels, ensemble);
  const team = createTeam(jobsOf(here), task, task.kernels === undefined ? undefined : helpers);
  try {
    await team.run(0, here.groups);
  } finally {
    await team.close();
  }
  return sentences[0].map((_, s) => {
    const [start, end] = [corpus.tokenStarts[s], corpus.tokenStarts[s + 1]];
    const named = Array.from(task.predicted.subarray(start, end), (id) => tags[id]);
    return probabilities === undefined
      ? { tags: named }
      : { tags: named, probabilities: probabilities.subarray(start, end) };
  });
}

function sharedVoter({ settings, parameters, encoder }: Tagger, encoders: readonly Encoder[]): SharedVoter {
  const { shapes, tables, dense } = parameters;
  return {
    architecture: architectureOf(settings),
    parameters: { shapes, tables, dense },
    encoding: encoders.indexOf(encoder),
  };
}
