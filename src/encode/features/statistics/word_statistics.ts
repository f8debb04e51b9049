import type { Scheme } from '../../../text/tags.js';
import { type Word, WordNumbers } from '../../word.js';
import type { DocumentView, Learned } from '../kind.js';
import { KeyRows } from './key_rows.js';
import { TagCounts } from './tag_counts.js';
import { tagIndices, tagsIn } from './training_tags.js';

/** How often the training part gives each word each tag of a scheme. */
export class WordStatistics implements Learned {
  counts = new TagCounts([]);
  readonly #rows = new KeyRows();
  readonly #scheme: Scheme;
  readonly #keyOf: (word: Word) => string;
  /** Where the counts stand of the document that was left out last. */
  #leftOut: readonly number[] = [];
  /** The row of each word, −1 where there is none. */
  readonly #rowNumbers = new WordNumbers((word) => this.#rows.of(this.#keyOf(word)));

  constructor(scheme: Scheme, keyOf: (word: Word) => string) {
    this.#scheme = scheme;
    this.#keyOf = keyOf;
  }

  /** The row of a word in `counts`, −1 where the training part (without what was left out) has not got it. */
  rowOf(word: Word): number {
    const row = this.#rowNumbers.of(word);
    return row < 0 || this.counts.total(row) === 0 ? -1 : row;
  }

  learn(documents: readonly DocumentView[]): void {
    this.counts = new TagCounts(tagsIn(documents, this.#scheme));
    for (const document of documents) {
      for (const { words } of document) for (const word of words) this.#addRow(word);
    }
    for (const document of documents) this.counts.addAll(this.#placesOf(document), 1);
  }

  leaveOut(document: DocumentView): void {
    this.#leftOut = this.#placesOf(document);
    this.counts.addAll(this.#leftOut, -1);
  }

  putBack(): void {
    this.counts.addAll(this.#leftOut, 1);
  }

  /** Where the counts of a document's words and their tags stand. */
  #placesOf(document: DocumentView): number[] {
    const indices = new Map(this.counts.classes.map((tag, index) => [tag, index]));
    const places: number[] = [];
    for (const sentence of document) {
      const tags = tagIndices(sentence, indices, this.#scheme);
      for (let t = 0; t < tags.length; t++) {
        places.push(this.counts.placeOf(this.#rowNumbers.of(sentence.words[t]), tags[t]));
      }
    }
    return places;
  }

  #addRow(word: Word): void {
    const key = this.#keyOf(word);
    if (this.#rows.of(key) < 0) this.#rows.add(key, this.counts.addRow());
  }

  state(): unknown {
    return this.counts.state(this.#rows.keys());
  }

  restore(state: unknown): void {
    const { counts, keys } = TagCounts.restore(state);
    this.counts = counts;
    this.#rowNumbers.forget();
    this.#rows.restore(keys);
  }
}
