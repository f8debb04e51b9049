import { Concatenation, HashedString, HashIndex, hashLines } from '../../hashing.js';
import { splitLines } from '../../lines.js';
import type { Word } from '../../word.js';
import { type DocumentView, type Learned, type PlaceKind, STEADY } from '../kind.js';
import { COUNT_BINS, countBin, isSure } from './bins.js';
import { asKeys } from './key_rows.js';
import { TagCounts } from './tag_counts.js';
import { tagIndices, tagsIn } from './training_tags.js';

const SIDES = ['before', 'after'] as const;
const [BEFORE, AFTER] = ['<', '>'].map((mark) => new HashedString(mark));

/**
 * `bigram-tags`: what the training part, without the token's own document, says of the word behind the one before it, and of the word
 * ahead of the one after it: the commonest of O and the types, whether it was so more than .8 of the time, and how often the pair
 * was seen. In "in Oslo", where pairs like that were seen twice, as places: before I-LOC sure 2-3.
 */
export function bigramTagsKind(): PlaceKind {
  const statistics = new BigramStatistics();
  return {
    name: 'bigram-tags',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    readInto: (sink) => {
      const { counts } = statistics;
      const C = counts.classes.length / 2;
      const numbers = counts.classes.map((name) =>
        ['', ' sure'].map((sure) => COUNT_BINS.map((count) => sink.numberOf(`${name}${sure} ${count}`))),
      );
      const push = (row: number, side: number): void => {
        const best = row < 0 ? -1 : counts.largest(row, side * C, (side + 1) * C);
        if (best < 0) return;
        const total = counts.total(row, side * C, (side + 1) * C);
        sink.push(numbers[best][isSure(counts.at(row, best), total) ? 1 : 0][countBin(total)]);
      };
      return (document) => {
        let behind = -1;
        return (s, t) => {
          // The pair (previous, word) knows the tag of its second word, the pair (word, next) that of its first.
          const { words } = document[s];
          push(t === 0 ? statistics.rowOf(words, 0) : behind, 0);
          behind = statistics.rowOf(words, t + 1);
          push(behind, 1);
        };
      };
    },
  };
}

/** How often the training part has each pair of neighbours with each tag of its second word (first half of the classes) and of its first. */
class BigramStatistics implements Learned {
  counts = new TagCounts([]);
  readonly #keys: string[] = [];
  /** The keys that were restored, as lines: nothing is added to them. */
  #restored: string | undefined;
  #rows = new HashIndex();
  /** Where the counts stand of the document that was left out last. */
  #leftOut: readonly number[] = [];
  readonly #joined = new Concatenation();

  /** The row of the pair whose second word is token t, or whose first is the sentence's last; −1 where there is none. */
  rowOf(words: readonly Word[], t: number): number {
    const { a, b } = this.#pair(words, t);
    return this.#rows.find(a, b);
  }

  #pair(words: readonly Word[], t: number): Concatenation {
    const previous = t === 0 ? BEFORE : words[t - 1].normalised;
    const next = t === words.length ? AFTER : words[t].normalised;
    return this.#joined.begin(MARK).add(previous).add(next);
  }

  learn(documents: readonly DocumentView[]): void {
    const tags = tagsIn(documents, 'IO');
    this.counts = new TagCounts(SIDES.flatMap((side) => tags.map((tag) => `${side} ${tag}`)));
    for (const document of documents) this.counts.addAll(this.#placesOf(document), 1);
  }

  leaveOut(document: DocumentView): void {
    this.#leftOut = this.#placesOf(document);
    this.counts.addAll(this.#leftOut, -1);
  }

  putBack(): void {
    this.counts.addAll(this.#leftOut, 1);
  }

  /** Where the counts of a document's pairs and their tags stand; pairs that are not known yet get their rows. */
  #placesOf(document: DocumentView): number[] {
    const places: number[] = [];
    const C = this.counts.classes.length / 2;
    const indices = new Map(this.counts.classes.slice(0, C).map((name, c) => [name.slice(SIDES[0].length + 1), c]));
    for (const sentence of document) {
      const { words } = sentence;
      const tags = tagIndices(sentence, indices, 'IO');
      for (let t = 0; t <= words.length; t++) {
        const row = this.#rowFor(words, t);
        if (t < words.length) places.push(this.counts.placeOf(row, tags[t]));
        if (t > 0) places.push(this.counts.placeOf(row, C + tags[t - 1]));
      }
    }
    return places;
  }

  #rowFor(words: readonly Word[], t: number): number {
    const { a, b } = this.#pair(words, t);
    const row = this.#rows.add(a, b);
    if (row < this.counts.rows) return row;
    const [previous, next] = [words[t - 1]?.normalised ?? BEFORE, words[t]?.normalised ?? AFTER];
    this.#keys.push(`${previous.text} ${next.text}`);
    return this.counts.addRow();
  }

  state(): unknown {
    return this.counts.state(this.#restored === undefined ? this.#keys : splitLines(this.#restored));
  }

  restore(state: unknown): void {
    const { counts, keys } = TagCounts.restore(state);
    if (counts.classes.length % 2 !== 0) throw new RangeError('its tags are not twice the same');
    this.counts = counts;
    this.#restored = keys;
    this.#rows = asKeys(() => hashLines(keys, (hashes) => hashes.begin(MARK).append(' ')));
  }
}

/** What the hashed keys begin with. */
const MARK = 0;
