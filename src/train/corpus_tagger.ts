import { type Batch, packForPrediction } from '../encode/batch.js';
import type { EncodedSentence } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { type SharedKernels, WasmKernels } from '../kernels/wasm.js';
import { EntityReader } from '../model/entity_reader.js';
import { groupsOf, type Piece, piecesOf } from '../model/pieces.js';
import { architectureOf } from '../model/settings.js';
import { tagRules } from '../model/tag_rules.js';
import type { Tagger } from '../model/tagger.js';
import type { Architecture } from '../network/architecture.js';
import { Network } from '../network/network.js';
import { Parameters } from '../network/parameters.js';
import type { TagRules } from '../network/rules.js';
import type { Job } from '../parallel/serve.js';
import { shared } from '../parallel/shared.js';
import { createTeam, type Helpers } from '../parallel/team.js';
import { type EncodedCorpus, encodedCorpus, sentenceAt } from './corpus.js';

/** Sentences, and where their tags go. */
export interface CorpusToTag {
  readonly corpus: EncodedCorpus;
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
  private readonly pieces: readonly Piece[];
  private readonly groupList: readonly Int32Array[];

  constructor(
    private readonly task: CorpusToTag,
    private readonly kernels: Kernels,
    private readonly network: Network,
  ) {
    const sentences = task.corpus.tokenStarts.length - 1;
    this.pieces = piecesOf(Array.from({ length: sentences }, (_, s) => sentenceAt(task.corpus, s)));
    this.groupList = [...groupsOf(this.pieces.map(({ encoded }) => encoded))];
  }

  /** How many groups there are. */
  get groups(): number {
    return this.groupList.length;
  }

  /** Writes the likeliest tags of a group. */
  tag(group: number): void {
    const { network, task } = this;
    const pieces = Array.from(this.groupList[group], (place) => this.pieces[place]);
    const batch = packForPrediction(pieces.map(({ encoded }) => encoded));
    network.load(batch);
    network.forward();
    const best = this.kernels.viewInts(network.decode());
    batch.order.forEach((place, i) => {
      const { sentence, offset } = pieces[place];
      const start = task.corpus.tokenStarts[sentence] + offset;
      for (let t = 0; t < batch.lengths[i]; t++) task.predicted[start + t] = best[batch.starts[t] + i];
    });
    if (task.found !== undefined) this.writeProbabilities(batch, pieces, task.found);
  }

  private writeProbabilities(batch: Batch, pieces: readonly Piece[], found: FoundProbabilities): void {
    const reader = new EntityReader(found.tags, this.kernels, this.network);
    const lists = reader.decode(batch);
    reader.probabilities(lists, found.temperature).forEach((probabilities, i) => {
      const { sentence, offset } = pieces[i];
      const first = this.task.corpus.tokenStarts[sentence] + offset;
      probabilities.forEach((probability, e) => {
        found.probabilities[first + lists[i][e].start] = probability;
      });
    });
  }
}

/** What all that tag a corpus with a model share; can be posted. */
export interface TaggingTask extends CorpusToTag {
  /** Absent where one participant has the kernels for itself. */
  readonly kernels?: SharedKernels;
  readonly architecture: Architecture;
  readonly rules: TagRules;
  readonly parameters: Pick<Parameters, 'shapes' | 'tables' | 'dense'>;
}

/** The jobs of a further thread. */
export function taggingJobs(task: TaggingTask): Job[] {
  if (task.kernels === undefined) throw new Error('these kernels cannot be shared');
  const kernels = WasmKernels.attach(task.kernels);
  const { shapes, tables, dense } = task.parameters;
  const network = new Network(
    kernels,
    task.architecture,
    new Parameters(shapes, kernels, { tables, dense }),
    task.rules,
  );
  return jobsOf(new CorpusTagger(task, kernels, network));
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
 * The likeliest tags of sentences that the tagger's encoder encoded, with probabilities if asked for. Helpers share the work where the
 * kernels can be shared, and change nothing of the result.
 * @throws RunError when a helping thread ends before its time
 */
export async function tagCorpus(
  { kernels, network, parameters, settings, tags, temperature }: Tagger,
  sentences: readonly EncodedSentence[],
  withProbabilities: boolean,
  helpers?: Helpers<TaggingTask>,
): Promise<TaggedSentence[]> {
  const corpus = encodedCorpus(sentences.map((encoded) => ({ encoded, gold: new Int32Array(encoded.length) })));
  const probabilities = withProbabilities ? shared(Float64Array, corpus.gold.length) : undefined;
  const { shapes, tables, dense } = parameters;
  const task: TaggingTask = {
    ...(kernels instanceof WasmKernels ? { kernels: kernels.share() } : {}),
    architecture: architectureOf(settings),
    rules: tagRules(tags, settings.scheme),
    parameters: { shapes, tables, dense },
    corpus,
    predicted: shared(Int32Array, corpus.gold.length),
    ...(probabilities === undefined ? {} : { found: { tags, temperature, probabilities } }),
  };
  const tagger = new CorpusTagger(task, kernels, network);
  const team = createTeam(jobsOf(tagger), task, task.kernels === undefined ? undefined : helpers);
  try {
    await team.run(0, tagger.groups);
  } finally {
    await team.close();
  }
  return sentences.map((_, s) => {
    const [start, end] = [corpus.tokenStarts[s], corpus.tokenStarts[s + 1]];
    const named = Array.from(task.predicted.subarray(start, end), (id) => tags[id]);
    return probabilities === undefined
      ? { tags: named }
      : { tags: named, probabilities: probabilities.subarray(start, end) };
  });
}
