import { type FeatureKind, type FeatureSettings, featureKinds } from './features.js';
import { UNKNOWN, Vocabulary } from './vocabulary.js';

/** A sentence of T tokens, or a part of one, as one-hots: those of token t are `ids[starts[t]]` to `ids[starts[t+1] − 1]`. */
export interface EncodedSentence {
  /** T */
  readonly length: number;
  /** Shape [T+1]. */
  readonly starts: Int32Array;
  /** Rows of the column table, which stacks the vocabularies of all kinds. */
  readonly ids: Int32Array;
}

/** Turns tokens into one-hot ids: one vocabulary for each kind of feature, one after the other in the column table. */
export class Encoder {
  private readonly kinds: readonly FeatureKind[];
  /** The row at which each kind's vocabulary begins: its unknown entry. */
  private readonly offsets: readonly number[];
  /** N: rows of the column table. */
  readonly size: number;

  /** One vocabulary a kind, in the order that the settings name them. */
  constructor(
    settings: FeatureSettings,
    readonly vocabularies: readonly Vocabulary[],
  ) {
    this.kinds = featureKinds(settings);
    if (this.kinds.length !== vocabularies.length) throw new RangeError('as many vocabularies as kinds are needed');
    let size = 0;
    this.offsets = vocabularies.map((vocabulary) => {
      const offset = size;
      size += vocabulary.size;
      return offset;
    });
    this.size = size;
  }

  /** Builds the vocabularies from the sentences of the training part. */
  static build(
    sentences: Iterable<{ readonly tokens: readonly string[] }>,
    settings: FeatureSettings & { readonly minCount: number },
  ): Encoder {
    const kinds = featureKinds(settings);
    const counts = kinds.map(() => new Map<string, number>());
    for (const { tokens } of sentences) {
      kinds.forEach((kind, k) => {
        for (let t = 0; t < tokens.length; t++) {
          for (const value of kind.valuesAt(tokens, t)) counts[k].set(value, (counts[k].get(value) ?? 0) + 1);
        }
      });
    }
    return new Encoder(
      settings,
      counts.map((count) => Vocabulary.fromCounts(count, settings.minCount)),
    );
  }

  /** The names of the kinds, in the order of their vocabularies. */
  get kindNames(): string[] {
    return this.kinds.map((kind) => kind.name);
  }

  encode(tokens: readonly string[]): EncodedSentence {
    const starts = new Int32Array(tokens.length + 1);
    const ids: number[] = [];
    for (let t = 0; t < tokens.length; t++) {
      this.kinds.forEach((kind, k) => {
        for (const value of kind.valuesAt(tokens, t)) ids.push(this.offsets[k] + this.vocabularies[k].idOf(value));
      });
      starts[t + 1] = ids.length;
    }
    return { length: tokens.length, starts, ids: Int32Array.from(ids) };
  }

  /**
   * The sentence with rare entries replaced by the unknown one of their kind: with probability 1/(1+n) for an entry seen
   * n times in training, so that the unknown entries are trained on the company that rare words keep.
   * `random` is drawn once for each one-hot, in order.
   */
  dropRare(sentence: EncodedSentence, random: () => number): EncodedSentence {
    const ids = sentence.ids.map((id) => {
      const k = this.kindOf(id);
      const entry = id - this.offsets[k];
      const u = random();
      return u * (1 + this.vocabularies[k].countOf(entry)) < 1 ? this.offsets[k] + UNKNOWN : id;
    });
    return { ...sentence, ids };
  }

  private kindOf(id: number): number {
    let k = this.offsets.length - 1;
    while (this.offsets[k] > id) k--;
    return k;
  }
}
