import { type Batch, packBatch } from '../encode/batch.js';
import type { EncodedSentence, Encoder } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { type NetworkSizes, parameterShapes } from '../network/architecture.js';
import { Network } from '../network/network.js';
import { Parameters } from '../network/parameters.js';
import { type Entity, entitiesOf, type Scheme, tagsOf } from '../text/tags.js';
import { architectureOf, type Settings } from './settings.js';

/** An entity that the network found, and how sure it is: the product of its tokens' tag probabilities. */
export interface FoundEntity extends Entity {
  /** In [0, 1]. */
  readonly probability: number;
}

/** Sentences are tagged so many rows at a time: enough to fill a layer's products, little enough to stay in the cache. */
const ROWS_AT_ONCE = 2048;

/** Tokens read at a time of a sentence that never ends. */
const LONGEST_PIECE = 10_000;

/** Tokens that are read at once, at most, when sentences of these lengths are tagged. */
export function largestPrediction(lengths: readonly number[]): number {
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(all, Math.max(ROWS_AT_ONCE, Math.min(longest, LONGEST_PIECE)));
}

/** Vocabularies, tags and a network: everything between tokens and entities. */
export class Tagger {
  readonly network: Network;
  readonly parameters: Parameters;
  private readonly tagIds: ReadonlyMap<string, number>;

  /** `tags` in the order of the network's outputs. The weights begin as zeros. */
  constructor(
    readonly settings: Settings,
    readonly encoder: Encoder,
    readonly tags: readonly string[],
    readonly kernels: Kernels,
  ) {
    const sizes: NetworkSizes = { columns: encoder.size, tags: tags.length };
    this.parameters = new Parameters(parameterShapes(architectureOf(settings), sizes), kernels);
    this.network = new Network(kernels, architectureOf(settings), this.parameters);
    this.tagIds = new Map(tags.map((tag, id) => [tag, id]));
  }

  get scheme(): Scheme {
    return this.settings.scheme;
  }

  /** Ids of a sentence's entities written in the model's scheme; −1 where the tag is not one of the model's. */
  goldIds(entities: readonly Entity[], length: number): Int32Array {
    return Int32Array.from(tagsOf(entities, length, this.scheme), (tag) => this.tagIds.get(tag) ?? -1);
  }

  /**
   * The entities of each sentence, in the order given. Sentences may be empty; one of more than 10,000 tokens is read in
   * pieces of that length, so that memory stays bounded.
   */
  predict(sentences: readonly (readonly string[])[]): FoundEntity[][] {
    const pieces: EncodedSentence[] = [];
    const origins: { readonly sentence: number; readonly start: number }[] = [];
    sentences.forEach((tokens, sentence) => {
      for (let start = 0; start < tokens.length; start += LONGEST_PIECE) {
        pieces.push(this.encoder.encode(tokens.slice(start, start + LONGEST_PIECE)));
        origins.push({ sentence, start });
      }
    });
    const found: FoundEntity[][] = sentences.map(() => []);
    this.predictEncoded(pieces).forEach((entities, piece) => {
      const { sentence, start } = origins[piece];
      found[sentence].push(
        ...entities.map((entity) => ({ ...entity, start: entity.start + start, end: entity.end + start })),
      );
    });
    return found;
  }

  private predictEncoded(sentences: readonly EncodedSentence[]): FoundEntity[][] {
    const found: FoundEntity[][] = sentences.map(() => []);
    for (const group of groups(sentences)) {
      const batch = packBatch(group.map((index) => sentences[index]));
      const decoded = this.decode(batch);
      batch.order.forEach((position, i) => {
        found[group[position]] = decoded[i];
      });
    }
    return found;
  }

  /** The entities of the i-th longest sentence of a batch, for every i: the likeliest tag of each token. */
  private decode(batch: Batch): FoundEntity[][] {
    this.network.load(batch);
    this.network.forward();
    const probabilities = this.kernels.view(this.network.probabilities());
    const K = this.tags.length;
    return Array.from(batch.lengths, (length, i) => {
      const best: number[] = [];
      const probability: number[] = [];
      for (let t = 0; t < length; t++) {
        const row = (batch.starts[t] + i) * K;
        let k = 0;
        for (let other = 1; other < K; other++) if (probabilities[row + other] > probabilities[row + k]) k = other;
        best.push(k);
        probability.push(probabilities[row + k]);
      }
      return entitiesOf(best.map((k) => this.tags[k])).map((entity) => ({
        ...entity,
        probability: probability.slice(entity.start, entity.end).reduce((product, p) => product * p, 1),
      }));
    });
  }
}

/** Places of the sentences that are not empty, cut into runs of at most ROWS_AT_ONCE tokens (or one sentence). */
function groups(sentences: readonly EncodedSentence[]): number[][] {
  const all: number[][] = [];
  let rows = Number.POSITIVE_INFINITY;
  sentences.forEach(({ length }, index) => {
    if (length === 0) return;
    if (rows + length > ROWS_AT_ONCE) {
      all.push([]);
      rows = 0;
    }
    all[all.length - 1].push(index);
    rows += length;
  });
  return all;
}
