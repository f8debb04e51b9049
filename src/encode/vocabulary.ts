import { Concatenation, type HashIndex, type HashList, hashLines } from './hashing.js';
import { joinLines, splitLines } from './lines.js';
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
  /** Words by id, the first of id 1, as `joinLines` joins them. */
  readonly lines: string;
  /** |V|, the unknown word included. */
  readonly size: number;
  /** How often the training part has each of them. */
  readonly counts: ArrayLike<number>;
  #words: readonly string[] | undefined;
  readonly #find: (word: string) => number;
  readonly #hashes: HashIndex | undefined;

  /**
   * `lookup` says how words are found: as strings, or by 64 bits of hash (`idsOfHashes`), for kinds that have so many that
   * building the strings to look up would take most of the time.
   * @throws RangeError if a word stands twice
   */
  constructor(lines: string, counts: ArrayLike<number>, lookup: 'string' | 'hash' = 'string') {
    this.lines = lines;
    this.counts = counts;
    if (lookup === 'string') {
      const table = new WordTable(lines);
      this.size = table.size + 1;
      this.#find = (word) => table.indexOf(word) + 1;
    } else {
      const hashes = hashLines(lines);
      this.size = hashes.size + 1;
      this.#hashes = hashes;
      this.#find = (word) => {
        const { a, b } = new Concatenation().append(word);
        return hashes.find(a, b) + 1;
      };
    }
  }

  /** Entries in the order of their ids. */
  static of(entries: readonly VocabularyEntry[]): Vocabulary {
    return new Vocabulary(
      joinLines(entries.map(([word]) => word)),
      entries.map(([, count]) => count),
    );
  }

  /** The words seen at least `minCount` times. */
  static fromCounts(counts: Iterable<VocabularyEntry>, minCount = 1, lookup: 'string' | 'hash' = 'string'): Vocabulary {
    // Many words have the same count: those are sorted as strings alone, which takes no comparison function.
    const byCount = new Map<number, string[]>();
    for (const [word, count] of counts) {
      if (count < minCount) continue;
      const same = byCount.get(count);
      if (same === undefined) byCount.set(count, [word]);
      else same.push(word);
    }
    const falling = [...byCount].sort(([m], [n]) => n - m);
    const words = falling.flatMap(([, same]) => same.sort());
    const sorted = new Int32Array(words.length);
    let first = 0;
    for (const [count, { length }] of falling) {
      sorted.fill(count, first, first + length);
      first += length;
    }
    return new Vocabulary(joinLines(words), sorted, lookup);
  }

  /** Words by id, the first of id 1. */
  get words(): readonly string[] {
    this.#words ??= splitLines(this.lines);
    return this.#words;
  }

  /** Every word with its count, in the order of their ids. */
  get entries(): VocabularyEntry[] {
    return this.words.map((word, index) => [word, this.counts[index]]);
  }

  idOf(word: string): number {
    return this.#find(word);
  }

  /** Puts the ids of words that have these hashes into `out`. Throws RangeError where words are looked up as strings. */
  idsOfHashes(hashes: HashList, out: Int32Array): void {
    if (this.#hashes === undefined) throw new RangeError('this vocabulary is looked up by strings');
    this.#hashes.findAll(hashes, out);
    for (let i = 0; i < out.length; i++) out[i]++;
  }

  has(word: string): boolean {
    return this.idOf(word) !== UNKNOWN;
  }

  /** The word of an id; undefined for the unknown word. */
  wordOf(id: number): string | undefined {
    return this.words[id - 1];
  }

  /** How often the training part has the word of an id; 0 for the unknown word. */
  countOf(id: number): number {
    return this.counts[id - 1] ?? 0;
  }
}
