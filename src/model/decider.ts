import type { Batch } from '../encode/batch.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Ensemble } from '../network/ensemble.js';
import { type Entity, OUTSIDE, type ParsedTag, parseTag, readEntities } from '../text/tags.js';
import { agree, type Passage } from './agreement.js';
import type { Candidate } from './best_entities.js';
import { type Encodings, eachBatch } from './each_batch.js';
import type { Bounds } from './pieces.js';
import { eachLoaded, type Group, type Loaded, type Scores, scoreGroups, scoresFor, unpack } from './scores.js';
import { typesOf } from './tag_rules.js';

/** Entities that begin in the pieces of a group, shape [E,4] as a network takes them, and the sentence of each. */
interface Spans {
  readonly spans: Int32Array;
  readonly sentences: readonly number[];
}

type SpanGroup = Group & Spans;

/** Entities group by group; those of one sentence stay in their order. */
export interface ScoredSpans {
  /** The sentence of each; shape [E]. */
  readonly sentences: readonly number[];
  /** Their probabilities, scores divided by the temperature first; shape [E]. */
  readonly probabilitiesAt: (temperature: number) => Float64Array;
}

/** Reads entities and their probabilities from the scores of sentences: lists of a list for each sentence. */
export class Decider {
  private readonly parsedTags: readonly ParsedTag[];
  private readonly types: readonly string[];

  /** `tags` in the order of the networks' outputs. */
  constructor(
    private readonly kernels: Kernels,
    private readonly ensemble: Ensemble,
    private readonly tags: readonly string[],
  ) {
    this.parsedTags = tags.map(parseTag);
    this.types = typesOf(tags);
  }

  /** The entities of the likeliest tags that the scheme allows together. */
  likeliest(scores: Scores): Entity[][] {
    const found = listsFor<Entity>(scores);
    this.each(scores, (loaded) => this.decodeInto(found, loaded));
    return found;
  }

  /** The same, without keeping the scores in between. */
  likeliestOf(sentences: Encodings): Entity[][] {
    const found = sentences[0].map((): Entity[] => []);
    eachBatch(this.ensemble, sentences, ([batch], pieces) => this.decodeInto(found, { batch, pieces }));
    return found;
  }

  /** The entities of the sentences whose logits are there. */
  private decodeInto(found: readonly Entity[][], { batch, pieces }: Loaded): void {
    const best = this.kernels.viewInts(this.ensemble.decode());
    for (let i = 0; i < pieces.length; i++) {
      const { sentence, offset } = pieces[i];
      for (const entity of this.read(batch, i, best)) found[sentence].push(movedBy(entity, offset));
    }
  }

  /** Every entity that is at least so probable, in (0, 1], with its probability. */
  candidates(scores: Scores, least: number): Candidate[][] {
    const found = listsFor<Candidate>(scores);
    this.each(scores, ({ pieces }) => {
      const { spans, probabilities } = this.ensemble.likelySpans(least);
      probabilities.forEach((probability, s) => {
        const [i, start, end, type] = spans.subarray(4 * s, 4 * s + 4);
        const { sentence, offset } = pieces[i];
        found[sentence].push({ start: start + offset, end: end + offset, type: this.types[type], probability });
      });
    });
    return found;
  }

  /** The probabilities of entities, scores divided by the temperature first. */
  probabilities(scores: Scores, entities: readonly (readonly Entity[])[], temperature: number): number[][] {
    const found = listsFor<number>(scores);
    const { sentences, probabilitiesAt } = this.scored(this.spanGroups(scores, entities));
    probabilitiesAt(temperature).forEach((probability, e) => {
      found[sentences[e]].push(probability);
    });
    return found;
  }

  /** Entities whose probabilities are asked for at one temperature after the other: the scores stay laid out. */
  scoredSpans(scores: Scores, entities: readonly (readonly Entity[])[]): ScoredSpans {
    const groups = this.spanGroups(scores, entities).map((group) => {
      const logits = group.logits();
      return { ...group, logits: () => logits };
    });
    return this.scored(groups);
  }

  /** The entities of groups, to be scored. */
  private scored(groups: readonly SpanGroup[]): ScoredSpans {
    const sentences = groups.flatMap((group) => group.sentences);
    const probabilitiesAt = (temperature: number): Float64Array => {
      const all = new Float64Array(sentences.length);
      let done = 0;
      eachLoaded(this.ensemble, groups, ({ spans }) => {
        all.set(this.ensemble.spanProbabilities(spans, temperature), done);
        done += spans.length / 4;
      });
      return all;
    };
    return { sentences, probabilitiesAt };
  }

  /** The sentences that have entities, with those: others need not be looked at. */
  private spanGroups(scores: Scores, entities: readonly (readonly Entity[])[]): SpanGroup[] {
    const having = [...entities.keys()].filter((s) => entities[s].length > 0);
    const K = this.tags.length;
    return scoreGroups(K, scoresFor(having, K, scores)).map((group) => {
      const pieces = group.pieces.map((piece) => ({ ...piece, sentence: having[piece.sentence] }));
      return { ...group, ...this.spansOf(pieces, entities) };
    });
  }

  private spansOf(pieces: readonly Bounds[], entities: readonly (readonly Entity[])[]): Spans {
    const spans: number[] = [];
    const sentences: number[] = [];
    pieces.forEach(({ sentence, offset, length }, i) => {
      for (const { start, end, type } of entities[sentence]) {
        if (start < offset || start >= offset + length) continue;
        spans.push(i, start - offset, end - offset, this.types.indexOf(type));
        sentences.push(sentence);
      }
    });
    return { spans: Int32Array.from(spans), sentences };
  }

  /** The scores with what the places of a word in a document say of each other (`agree`); the documents have the same sentences. */
  agreed(scores: Scores, documents: readonly (readonly Passage[])[], weight: number): Scores {
    const K = this.tags.length;
    const outside = this.types.length;
    const groups = Int32Array.from(this.parsedTags, ({ type }) => this.types.indexOf(type));
    groups[this.tags.indexOf(OUTSIDE)] = outside;
    const marginals = new Float32Array(scores.logits.length);
    this.each(scores, ({ batch, pieces }) => {
      const packed = this.kernels.view(this.ensemble.probabilities());
      unpack(batch, pieces, K, packed, scores.starts, marginals);
    });
    const G = outside + 1;
    const probabilities = new Float64Array((marginals.length / K) * G);
    for (let r = 0; r * K < marginals.length; r++) {
      for (let y = 0; y < K; y++) probabilities[r * G + groups[y]] += marginals[r * K + y];
    }
    const logits = scores.logits.slice();
    agree(documents, { groups, probabilities }, weight, logits);
    return { starts: scores.starts, logits };
  }

  private each(scores: Scores, visit: (loaded: Loaded) => void): void {
    eachLoaded(this.ensemble, scoreGroups(this.tags.length, scores), visit);
  }

  /** The entities of the i-th longest sentence, given the tag of each row. */
  private read({ starts, lengths }: Batch, i: number, tags: Int32Array): Entity[] {
    const parsed: ParsedTag[] = [];
    for (let t = 0; t < lengths[i]; t++) parsed.push(this.parsedTags[tags[starts[t] + i]]);
    return readEntities(parsed);
  }
}

function listsFor<T>({ starts }: Scores): T[][] {
  return Array.from({ length: starts.length - 1 }, () => []);
}

/** An entity of a piece in its sentence. */
function movedBy(entity: Entity, offset: number): Entity {
  return offset === 0 ? entity : { start: entity.start + offset, end: entity.end + offset, type: entity.type };
}
