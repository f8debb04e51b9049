import type { Encoder, Input } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { type NetworkSizes, parameterShapes } from '../network/architecture.js';
import { Ensemble, type Shift } from '../network/ensemble.js';
import { Network } from '../network/network.js';
import { Parameters, type Weights } from '../network/parameters.js';
import { type Entity, OUTSIDE, type Scheme, tagsOf } from '../text/tags.js';
import { type Encodings, eachBatch } from './each_batch.js';
import { EntityReader } from './entity_reader.js';
import { architectureOf, type Settings } from './settings.js';
import { tagRules } from './tag_rules.js';

/**
 * An entity that the network found, and how sure it is. After a softmax that is the product of its tokens' tag probabilities;
 * in a CRF the share of all tag sequences, by their probabilities, that have this entity; both of scores divided by the
 * tagger's temperature.
 */
export interface FoundEntity extends Entity {
  /** In [0, 1]. */
  readonly probability: number;
}

/**
 * Vocabularies, tags and a network: everything between tokens and entities. Others may have joined it: then the scores of all their
 * networks are averaged.
 */
export class Tagger {
  readonly network: Network;
  readonly parameters: Parameters;
  /** T: what scores are divided by where probabilities are asked for (Guo et al. 2017); the tags are the same for every T. */
  temperature = 1;
  private outside = 0;
  private readonly tagIds: ReadonlyMap<string, number>;
  private others: readonly Tagger[] = [];
  private deciding: { readonly ensemble: Ensemble; readonly reader: EntityReader } | undefined;

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

  /**
   * What is added to the score of O at every token, 0 unless set: below 0 more entities are found, and fewer of them are right
   * (Minkov, Wang, Tomasic & Cohen 2006).
   */
  get outsideScore(): number {
    return this.outside;
  }

  set outsideScore(score: number) {
    this.outside = score;
    if (this.deciding !== undefined) this.deciding.ensemble.shift = outsideShift(this);
  }

  /** Gives the networks' working memory back, so that something else can be allocated; tagging takes it anew. */
  release(): void {
    (this.deciding?.ensemble ?? this.network).release();
  }

  /** The networks of the members as one. */
  get ensemble(): Ensemble {
    return this.decision.ensemble;
  }

  /** Reads the entities that the members find. */
  get reader(): EntityReader {
    return this.decision.reader;
  }

  private get decision(): { readonly ensemble: Ensemble; readonly reader: EntityReader } {
    if (this.deciding === undefined) {
      const { members, encoders, kernels, settings, tags } = this;
      const [first, ...further] = members.map(({ network, encoder }) => {
        return { network, encoding: encoders.indexOf(encoder) };
      });
      const rules = tagRules(tags, settings.scheme);
      const ensemble = new Ensemble(kernels, [first, ...further], settings, rules, outsideShift(this));
      this.deciding = { ensemble, reader: new EntityReader(tags, kernels, ensemble) };
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
    return Int32Array.from(tagsOf(entities, length, this.scheme), (tag) => this.tagIds.get(tag) ?? -1);
  }

  /**
   * The entities of each sentence, in the order given: those of the likeliest tags that the scheme allows together.
   * Those of a document are to be given together, its first one saying that it begins one. Sentences may be empty; one of more
   * than 10,000 tokens is read in pieces of that length, so that memory stays bounded.
   */
  tag(sentences: readonly Input[]): Entity[][] {
    return this.tagEncoded(this.encode(sentences));
  }

  /** What `tag` gives, of sentences that were encoded before. */
  tagEncoded(encodings: Encodings): Entity[][] {
    const found: Entity[][] = encodings[0].map(() => []);
    eachBatch(this.ensemble, encodings, ([batch], pieces) => {
      this.reader.decode(batch).forEach((entities, i) => {
        const { sentence, offset } = pieces[i];
        for (const entity of entities) found[sentence].push(movedBy(entity, offset));
      });
    });
    return found;
  }

  /** The entities that `tag` gives, with their probabilities, which take a little longer. */
  predict(sentences: readonly Input[]): FoundEntity[][] {
    const found: FoundEntity[][] = sentences.map(() => []);
    eachBatch(this.ensemble, this.encode(sentences), ([batch], pieces) => {
      const lists = this.reader.decode(batch);
      const probabilities = this.reader.probabilities(lists, this.temperature);
      lists.forEach((entities, i) => {
        const { sentence, offset } = pieces[i];
        entities.forEach((entity, e) => {
          found[sentence].push({ ...movedBy(entity, offset), probability: probabilities[i][e] });
        });
      });
    });
    return found;
  }
}

/** What a tagger's score of O does to logits. */
function outsideShift({ tags, outsideScore }: Pick<Tagger, 'tags' | 'outsideScore'>): Shift | undefined {
  return outsideScore === 0 ? undefined : { tag: tags.indexOf(OUTSIDE), by: outsideScore };
}

/** An entity of a piece in its sentence. */
export function movedBy(entity: Entity, offset: number): Entity {
  return offset === 0 ? entity : { start: entity.start + offset, end: entity.end + offset, type: entity.type };
}
