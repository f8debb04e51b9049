import type { Sink } from './features/kind.js';
import { HashIndex, type HashList } from './hashing.js';
import type { OneHotList } from './one_hots.js';
import { UNKNOWN, type Vocabulary, type VocabularyEntry } from './vocabulary.js';

/** Counts the values of a kind over the training part. */
export class CountingSink implements Sink {
  readonly #numbers = new Map<string, number>();
  readonly #counts = new Counts();
  readonly #hashes = new HashIndex();
  #found = new Int32Array(0);
  /** Hashed values that were seen often enough. */
  readonly #names: { readonly value: string; readonly a: number; readonly b: number }[] = [];
  readonly #minCount: number;

  /** Values seen less than `minCount` times are no entries, and hashed ones are never asked for their names. */
  constructor(minCount: number) {
    this.#minCount = minCount;
  }

  numberOf(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(value, number);
    return number;
  }

  push(number: number, times = 1): void {
    this.#counts.add(number, times);
  }

  pushHashed(hashes: HashList, nameOf: (i: number) => string): void {
    if (this.#found.length !== hashes.a.length) this.#found = new Int32Array(hashes.a.length);
    this.#hashes.countAll(hashes, this.#found);
    for (let i = 0; i < this.#found.length; i++) {
      if (this.#found[i] === this.#minCount) this.#names.push({ value: nameOf(i), a: hashes.a[i], b: hashes.b[i] });
    }
  }

  entries(): VocabularyEntry[] {
    const entries: VocabularyEntry[] = [];
    const keep = (value: string, count: number): void => {
      if (count > 0 && count >= this.#minCount) entries.push([value, count]);
    };
    for (const [value, number] of this.#numbers) keep(value, this.#counts.at(number));
    for (const { value, a, b } of this.#names) keep(value, this.#hashes.countOf(a, b));
    return entries;
  }
}

/** A count for each number. */
class Counts {
  #counts = new Int32Array(1024);

  at(number: number): number {
    return number < this.#counts.length ? this.#counts[number] : 0;
  }

  add(number: number, times: number): void {
    if (number >= this.#counts.length) this.#grow(number);
    this.#counts[number] += times;
  }

  #grow(number: number): void {
    const counts = this.#counts;
    this.#counts = new Int32Array(2 * number);
    this.#counts.set(counts);
  }
}

/** Appends the rows of a kind's values to the lists of the tables that hold it; numbers are ids. */
export class EncodingSink implements Sink {
  readonly #vocabulary: Vocabulary;
  readonly #lists: readonly OneHotList[];
  /** For each list what is added to an id to make it a row. */
  readonly #offsets: readonly number[];
  readonly #leastId: number;
  #found = new Int32Array(0);

  constructor(vocabulary: Vocabulary, lists: readonly OneHotList[], offsets: readonly number[], keepsUnknown: boolean) {
    this.#vocabulary = vocabulary;
    this.#lists = lists;
    this.#offsets = offsets;
    this.#leastId = keepsUnknown ? UNKNOWN : UNKNOWN + 1;
  }

  numberOf(value: string): number {
    return this.#vocabulary.idOf(value);
  }

  push(id: number): void {
    if (id < this.#leastId) return;
    for (let i = 0; i < this.#lists.length; i++) this.#lists[i].push(this.#offsets[i] + id);
  }

  pushHashed(hashes: HashList): void {
    if (this.#found.length !== hashes.a.length) this.#found = new Int32Array(hashes.a.length);
    this.#vocabulary.idsOfHashes(hashes, this.#found);
    for (let i = 0; i < this.#found.length; i++) this.push(this.#found[i]);
  }
}

/** Collects values as they read, for people. */
export class NamingSink implements Sink {
  values: string[] = [];
  readonly #known: string[] = [];

  numberOf(value: string): number {
    return this.#known.push(value) - 1;
  }

  push(number: number): void {
    this.values.push(this.#known[number]);
  }

  pushHashed({ a }: HashList, nameOf: (i: number) => string): void {
    for (let i = 0; i < a.length; i++) this.values.push(nameOf(i));
  }
}
