import type { Sink } from './features/kind.js';
import { HashIndex } from './hashing.js';
import type { OneHotList } from './one_hots.js';
import { UNKNOWN, type Vocabulary, type VocabularyEntry } from './vocabulary.js';

/** Counts the values of a kind over the training part. */
export class CountingSink implements Sink {
  readonly #counts = new Map<string, { count: number }>();
  readonly #hashes = new HashIndex();
  /** Of hashed values, by their numbers. */
  #hashedCounts = new Int32Array(1024);
  /** Those that were seen often enough. */
  readonly #names = new Map<number, string>();
  readonly #minCount: number;
  #last = 0;

  /** Values seen less than `minCount` times are never asked for their names, and are no entries. */
  constructor(minCount: number) {
    this.#minCount = minCount;
  }

  add(value: string, times = 1): void {
    const known = this.#counts.get(value);
    if (known === undefined) this.#counts.set(value, { count: times });
    else known.count += times;
  }

  addHashed(a: number, b: number): boolean {
    const id = this.#hashes.add(a, b);
    this.#last = id;
    if (id === this.#hashedCounts.length) {
      const counts = this.#hashedCounts;
      this.#hashedCounts = new Int32Array(2 * id);
      this.#hashedCounts.set(counts);
    }
    return ++this.#hashedCounts[id] === this.#minCount;
  }

  name(value: string): void {
    this.#names.set(this.#last, value);
  }

  entries(): VocabularyEntry[] {
    const entries: VocabularyEntry[] = [];
    for (const [value, { count }] of this.#counts) if (count >= this.#minCount) entries.push([value, count]);
    for (const [id, value] of this.#names) entries.push([value, this.#hashedCounts[id]]);
    return entries;
  }
}

/** Appends the rows of a kind's values to the lists of the tables that hold it. */
export class EncodingSink implements Sink {
  readonly #vocabulary: Vocabulary;
  readonly #lists: readonly OneHotList[];
  /** For each list what is added to an id to make it a row. */
  readonly #offsets: readonly number[];
  readonly #keepsUnknown: boolean;
  /** The ids of values met before: most are constants of their kinds, which a Map finds faster than a table of characters does. */
  readonly #ids = new Map<string, number>();

  constructor(vocabulary: Vocabulary, lists: readonly OneHotList[], offsets: readonly number[], keepsUnknown: boolean) {
    this.#vocabulary = vocabulary;
    this.#lists = lists;
    this.#offsets = offsets;
    this.#keepsUnknown = keepsUnknown;
  }

  add(value: string): void {
    let id = this.#ids.get(value);
    if (id === undefined) {
      id = this.#vocabulary.idOf(value);
      if (id !== UNKNOWN) this.#ids.set(value, id);
    }
    this.#push(id);
  }

  addHashed(a: number, b: number): boolean {
    this.#push(this.#vocabulary.idOfHash(a, b));
    return false;
  }

  name(): void {}

  #push(id: number): void {
    if (id === UNKNOWN && !this.#keepsUnknown) return;
    for (let i = 0; i < this.#lists.length; i++) this.#lists[i].push(this.#offsets[i] + id);
  }
}

/** Collects values as they read, for people. */
export class NamingSink implements Sink {
  values: string[] = [];

  add(value: string): void {
    this.values.push(value);
  }

  addHashed(): boolean {
    return true;
  }

  name(value: string): void {
    this.values.push(value);
  }
}
