import { cutDocuments } from '../encode/documents.js';
import type { Encoder, Input } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { type NetworkSizes, parameterShapes } from '../network/architecture.js';
import { Ensemble } from '../network/ensemble.js';
import { Network } from '../network/network.js';
import { Parameters, type Weights } from '../network/parameters.js';
import { type Entity, eachPrefix, OUTSIDE, type Scheme } from '../text/tags.js';
import type { Passage } from './agreement.js';
import { bestEntities } from './best_entities.js';
import { Decider } from './decider.js';
import type { Encodings } from './each_batch.js';
import { type Scores, scoresOf } from './scores.js';
import { architectureOf, type Settings } from './settings.js';
import { tagRules } from './tag_rules.js';

/**
 * An entity that the network found, and how sure it is: the share of all tag sequences that the scheme allows, by their probabilities, that
 * have this entity, of scores divided by the tagger's temperature.
 */
export interface FoundEntity extends Entity {
  /** In [0, 1]. */
  readonly probability: number;
}

/** Half of a good F1: what a threshold is before it is fitted to a dev set. */
export const UNFITTED_THRESHOLD = 0.45;

/** The threshold of a model whose likeliest tags are better on its dev set than any entities by their probabilities. */
export const BY_TAGS = 0;

/**
 * Vocabularies, tags and a network: everything between tokens and entities. Others may have joined it: then the scores of all their
 * networks are averaged.
 */
export class Tagger {
  readonly network: Network;
  readonly parameters: Parameters;
  /** T: what scores are divided by where probabilities are asked for (Guo et al. 2017); the tags are the same for every T. */
  temperature = 1;
  /** How probable what is found must be at least, where the settings look for entities (`bestEntities`); or `BY_TAGS`. */
  threshold = UNFITTED_THRESHOLD;
  private readonly tagIds: ReadonlyMap<string, number>;
  private others: readonly Tagger[] = [];
  private deciding: { readonly ensemble: Ensemble; readonly decider: Decider } | undefined;

  /** `tags` in the order of the network's outputs. The weights begin as zeros where none are given. */
  constructor(
    readonly settings: Settings,
    readonly encoder: Encoder,
    readonly tags: readonly string[],
    readonly kernels: Kernels,
    weights?: Weights,
  ) {
    const sizes: NetworkSizes = { columns: encoder.size, wideColumns: encoder.wideSize, tags: tags.length };
    this.parameters = new Parameters(parameterShapes(architectureOf(settings), sizes), kernels, weights);
    const rules = tagRules(tags, settings.scheme);
    this.network = new Network(kernels, architectureOf(settings), this.parameters, rules);
    this.tagIds = new Map(tags.map((tag, id) => [tag, id]));
  }

  /** This one and those that have joined it. */
  get members(): readonly [Tagger, ...Tagger[]] {
    return [this, ...this.others];
  }

  /** The different encoders of the members, in the order of their first use. */
  get encoders(): readonly Encoder[] {
    return [...new Set(this.members.map(({ encoder }) => encoder))];
  }

  /**
   * Lets others, and those that have joined them, decide with this one from now on, in place of those that did before: taggers of the
   * same tags, scheme and output layer in the same kernels.
   * Throws RangeError where one does not fit.
   */
  joinedBy(others: readonly Tagger[]): void {
    const all = others.flatMap(({ members }) => members);
    for (const { tags, kernels, settings } of all) {
      const { scheme, outputLayer } = this.settings;
      const fits = kernels === this.kernels && settings.scheme === scheme && settings.outputLayer === outputLayer;
      if (!fits || tags.join() !== this.tags.join()) throw new RangeError('a tagger that does not fit the others');
    }
    if (new Set([this, ...all]).size !== 1 + all.length) throw new RangeError('a tagger that is given twice');
    // memory is given back from its end
    for (const tagger of [this, ...others].sort((a, b) => b.network.place - a.network.place)) tagger.release();
    this.others = all;
    this.deciding = undefined;
  }

  /** Gives the networks' working memory back, so that something else can be allocated; tagging takes it anew. */
  release(): void {
    (this.deciding?.ensemble ?? this.network).release();
  }

  /** The networks of the members as one. */
  get ensemble(): Ensemble {
    return this.decision.ensemble;
  }

  /** Reads what the members find. */
  get decider(): Decider {
    return this.decision.decider;
  }

  private get decision(): { readonly ensemble: Ensemble; readonly decider: Decider } {
    if (this.deciding === undefined) {
      const { members, encoders, kernels, settings, tags } = this;
      const [first, ...further] = members.map(({ network, encoder }) => {
        return { network, encoding: encoders.indexOf(encoder) };
      });
      const ensemble = new Ensemble(kernels, [first, ...further], settings, tagRules(tags, settings.scheme));
      this.deciding = { ensemble, decider: new Decider(kernels, ensemble, tags) };
    }
    return this.deciding;
  }

  /** Sentences as each of the encoders has them. */
  encode(sentences: readonly Input[]): Encodings {
    return this.encoders.map((encoder) => encoder.encodeAll(sentences));
  }

  get scheme(): Scheme {
    return this.settings.scheme;
  }

  /** Ids of a sentence's entities written in the model's scheme; −1 where the tag is not one of the model's. */
  goldIds(entities: readonly Entity[], length: number): Int32Array {
    const ids = new Int32Array(length).fill(this.tagIds.get(OUTSIDE) ?? -1);
    eachPrefix(entities, this.scheme, (t, prefix, type) => {
      ids[t] = this.tagIds.get(`${prefix}-${type}`) ?? -1;
    });
    return ids;
  }

  /** Sentences by what the model takes for their documents. */
  documentsOf<S extends Input>(sentences: readonly S[]): S[][] {
    return cutDocuments(sentences, this.encoder.documents);
  }

  /**
   * The entities of each sentence, in the order given: those of the likeliest tags that the scheme allows together, or the best ones by
   * their probabilities, as the settings say.
   * Those of a document are to be given together, its first one saying that it begins one. Sentences may be empty; one of more
   * than 10,000 tokens is read in pieces of that length, so that memory stays bounded.
   */
  tag(sentences: readonly Input[]): Entity[][] {
    if (this.decidesByTags && this.settings.agreement === 0) return this.decider.likeliestOf(this.encode(sentences));
    return this.decide(this.scoresFor(sentences));
  }

  /** The entities that `tag` gives, with their probabilities, which take a little longer. */
  predict(sentences: readonly Input[]): FoundEntity[][] {
    return this.decideWithProbabilities(this.scoresFor(sentences));
  }

  /** What decides on the entities of sentences that this tagger, or something in its stead, has scored, document by document. */
  agreedScores(scores: Scores, documents: readonly (readonly Passage[])[]): Scores {
    const { agreement } = this.settings;
    const isAlone = agreement === 0 || documents.every(({ length }) => length === 1);
    return isAlone ? scores : this.decider.agreed(scores, documents, agreement);
  }

  /** Whether the likeliest tags decide, and not the probabilities of entities. */
  get decidesByTags(): boolean {
    return this.settings.decision === 'tags' || this.threshold === BY_TAGS;
  }

  /** The entities of each sentence, by scores that agree. */
  decide(scores: Scores): Entity[][] {
    const { decider, threshold } = this;
    if (this.decidesByTags) return decider.likeliest(scores);
    return decider.candidates(scores, threshold).map((candidates, s) => {
      const best = bestEntities(candidates, threshold, scores.starts[s + 1] - scores.starts[s]);
      return best.map(({ start, end, type }) => ({ start, end, type }));
    });
  }

  /** The same with their probabilities. */
  decideWithProbabilities(scores: Scores): FoundEntity[][] {
    const entities = this.decide(scores);
    const probabilities = this.decider.probabilities(scores, entities, this.temperature);
    return entities.map((list, s) => list.map((entity, e) => ({ ...entity, probability: probabilities[s][e] })));
  }

  private scoresFor(sentences: readonly Input[]): Scores {
    const { ensemble, kernels, tags } = this;
    const scores = scoresOf(ensemble, kernels, tags.length, this.encode(sentences));
    return this.agreedScores(scores, this.documentsOf(sentences));
  }
}
