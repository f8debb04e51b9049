import { WordTable } from './word_table.js';

/** A word of a vocabulary and how often the training part has it. */
export type VocabularyEntry = readonly [word: string, count: number];

/** The id of every word that a vocabulary does not hold. */
export const UNKNOWN = 0;

/**
 * Strings and their ids, fixed once built. Id 0 is the unknown word; the others follow by falling count, equals in code
 * unit order, so the same corpus always gives the same ids. A word's one-hot vector has `size` entries, entry `idOf(word)` 1.
 */
export class Vocabulary {
  private readonly table: WordTable;

  /** Entries in the order of their ids, the first of id 1. Throws RangeError if a word stands twice. */
  constructor(readonly entries: readonly VocabularyEntry[]) {
    this.table = new WordTable(entries.map(([word]) => word));
  }

  /** The words seen at least `minCount` times. */
  static fromCounts(counts: ReadonlyMap<string, number>, minCount = 1): Vocabulary {
    const kept = [...counts].filter(([, count]) => count >= minCount);
    return new Vocabulary(kept.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
  }

  /** |V|, the unknown word included. */
  get size(): number {
    return this.entries.length + 1;
  }

  idOf(word: string): number {
    return this.table.indexOf(word) + 1;
  }

  has(word: string): boolean {
    return this.table.indexOf(word) !== -1;
  }

  /** The word of an id; undefined for the unknown word. */
  wordOf(id: number): string | undefined {
    return this.entries[id - 1]?.[0];
  }

  /** How often the training part has the word of an id; 0 for the unknown word. */
  countOf(id: number): number {
    return this.entries[id - 1]?.[1] ?? 0;
  }
}
