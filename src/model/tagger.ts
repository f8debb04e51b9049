import { type Batch, packForPrediction } from '../encode/batch.js';
import type { EncodedSentence, Encoder, Input } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { type NetworkSizes, parameterShapes } from '../network/architecture.js';
import { Network } from '../network/network.js';
import { Parameters, type Weights } from '../network/parameters.js';
import { type Entity, type ParsedTag, parseTag, readEntities, type Scheme, tagsOf } from '../text/tags.js';
import { capacityFor, groupsOf, type Piece, piecesOf } from './pieces.js';
import { architectureOf, type Settings } from './settings.js';
import { tagRules, typesOf } from './tag_rules.js';

/**
 * An entity that the network found, and how sure it is. After a softmax that is the product of its tokens' tag probabilities;
 * in a CRF the share of all tag sequences, by their probabilities, that have this entity.
 */
export interface FoundEntity extends Entity {
  /** In [0, 1]. */
  readonly probability: number;
}

/** Vocabularies, tags and a network: everything between tokens and entities. */
export class Tagger {
  readonly network: Network;
  readonly parameters: Parameters;
  private readonly tagIds: ReadonlyMap<string, number>;
  private readonly typeIds: ReadonlyMap<string, number>;
  private readonly parsedTags: readonly ParsedTag[];

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
    this.typeIds = new Map(typesOf(tags).map((type, id) => [type, id]));
    this.tagIds = new Map(tags.map((tag, id) => [tag, id]));
    this.parsedTags = tags.map(parseTag);
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
    return this.tagEncoded(this.encoder.encodeAll(sentences));
  }

  /** What `tag` gives, of sentences that `encoder` encoded before. */
  tagEncoded(sentences: readonly EncodedSentence[]): Entity[][] {
    const found: Entity[][] = sentences.map(() => []);
    const pieces = piecesOf(sentences);
    this.forEachBatch(pieces, (batch, group) => {
      const best = this.kernels.viewInts(this.network.decode());
      for (let i = 0; i < group.length; i++) {
        const { sentence, offset } = pieces[group[i]];
        for (const entity of this.entitiesIn(batch, i, best)) found[sentence].push(moved(entity, offset));
      }
    });
    return found;
  }

  /** The entities that `tag` gives, with their probabilities, which take a little longer. */
  predict(sentences: readonly Input[]): FoundEntity[][] {
    const found: FoundEntity[][] = sentences.map(() => []);
    const pieces = piecesOf(this.encoder.encodeAll(sentences));
    this.forEachBatch(pieces, (batch, group) => {
      const best = this.kernels.viewInts(this.network.decode());
      const lists = Array.from(group, (_, i) => this.entitiesIn(batch, i, best));
      const spans = lists.flatMap((entities, i) => entities.flatMap((entity) => this.spanOf(i, entity)));
      const probabilities = this.network.spanProbabilities(Int32Array.from(spans));
      let next = 0;
      lists.forEach((entities, i) => {
        const { sentence, offset } = pieces[group[i]];
        for (const entity of entities) {
          found[sentence].push({ ...moved(entity, offset), probability: probabilities[next++] });
        }
      });
    });
    return found;
  }

  /**
   * Runs the network over pieces, equally long ones together. `handle` gets a batch whose logits are there, and the
   * place in `pieces` of its i-th longest, for every i.
   */
  private forEachBatch(pieces: readonly Piece[], handle: (batch: Batch, group: Int32Array) => void): void {
    const encoded = pieces.map((piece) => piece.encoded);
    this.network.reserve(capacityFor(encoded));
    for (const group of groupsOf(encoded)) {
      const batch = packForPrediction(Array.from(group, (place) => encoded[place]));
      this.network.load(batch);
      this.network.forward();
      handle(batch, group);
    }
  }

  /** The entities of the i-th longest sentence of a batch, given the tag of each row. */
  private entitiesIn({ starts, lengths }: Batch, i: number, tags: Int32Array): Entity[] {
    const parsed: ParsedTag[] = [];
    for (let t = 0; t < lengths[i]; t++) parsed.push(this.parsedTags[tags[starts[t] + i]]);
    return readEntities(parsed);
  }

  /** An entity of the i-th longest sentence of a batch, as the network takes it. */
  private spanOf(i: number, { start, end, type }: Entity): [number, number, number, number] {
    return [i, start, end, this.typeIds.get(type) ?? -1];
  }
}

function moved(entity: Entity, offset: number): Entity {
  return offset === 0 ? entity : { start: entity.start + offset, end: entity.end + offset, type: entity.type };
}
