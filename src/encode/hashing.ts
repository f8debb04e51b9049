import { unitsOf } from './lines.js';

/**
 * Strings known by 64 bits: two polynomial hashes modulo 2^32, h(s) = Σ_i (s_i + 1) · β^(|s|−1−i), so that the hash of a
 * concatenation follows from those of its parts, h(xy) = h(x) · β^|y| + h(y), and no string has to be built to look it up.
 * Two of a million strings share both with a chance of about 1 in 10^7.
 */
const BASE_A = 0x01000193;
const BASE_B = 0x5bd1e995;

/** A string with a blank before it, and what joining it to others needs: the hashes of both together and β^(1+|s|). */
export class HashedString {
  readonly a: number;
  readonly b: number;
  readonly powerA: number;
  readonly powerB: number;

  constructor(readonly text: string) {
    const { a, b } = new Concatenation().begin(BLANK).append(text);
    let [powerA, powerB] = [BASE_A, BASE_B];
    for (let i = 0; i < text.length; i++) {
      powerA = Math.imul(powerA, BASE_A);
      powerB = Math.imul(powerB, BASE_B);
    }
    this.a = a;
    this.b = b;
    this.powerA = powerA;
    this.powerB = powerB;
  }
}

const BLANK = 0x20;

/** The hashes of a string that is given in parts. */
export class Concatenation {
  a = 0;
  b = 0;

  /** Begins anew with nothing. */
  clear(): this {
    this.a = 0;
    this.b = 0;
    return this;
  }

  /** Begins anew with one UTF-16 unit. */
  begin(unit: number): this {
    this.a = unit + 1;
    this.b = unit + 1;
    return this;
  }

  /** Adds a blank and a string. */
  add(part: HashedString): this {
    this.a = (Math.imul(this.a, part.powerA) + part.a) | 0;
    this.b = (Math.imul(this.b, part.powerB) + part.b) | 0;
    return this;
  }

  /** Adds a string, unit by unit. */
  append(text: string): this {
    for (let i = 0; i < text.length; i++) this.appendUnit(text.charCodeAt(i));
    return this;
  }

  /** Adds one UTF-16 unit. */
  appendUnit(unit: number): void {
    this.a = (Math.imul(this.a, BASE_A) + unit + 1) | 0;
    this.b = (Math.imul(this.b, BASE_B) + unit + 1) | 0;
  }
}

/**
 * The index of the strings that `joinLines` has joined, each behind what `begin` gives the hashes, in the order of the lines. Throws
 * RangeError if one stands twice.
 */
export function hashLines(lines: string, begin: (hashes: Concatenation) => unknown = () => {}): HashIndex {
  const { units, starts } = unitsOf(lines);
  const index = new HashIndex(starts.length);
  const hashes = new Concatenation();
  for (let line = 0; line < starts.length - 1; line++) {
    begin(hashes.clear());
    for (let i = starts[line]; i < starts[line + 1]; i++) hashes.appendUnit(units[i]);
    if (index.add(hashes.a, hashes.b) !== line) throw new RangeError('a word stands twice in the vocabulary');
  }
  return index;
}

/** The hashes of n strings; shape [n] each. */
export interface HashList {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** What `Concatenation` needs of strings that stand in a row, in one array, so that many can be joined with few reads. */
export class HashedRow {
  /** Four of each string: its hashes and their powers. */
  #numbers = new Int32Array(1024);

  set(strings: readonly HashedString[]): void {
    if (4 * strings.length > this.#numbers.length) this.#numbers = new Int32Array(8 * strings.length);
    const numbers = this.#numbers;
    for (let i = 0; i < strings.length; i++) {
      const { a, b, powerA, powerB } = strings[i];
      numbers[4 * i] = a;
      numbers[4 * i + 1] = b;
      numbers[4 * i + 2] = powerA;
      numbers[4 * i + 3] = powerB;
    }
  }

  /** The i-th of `out` becomes the string of the unit `units[i]` and, a blank before each, those at `offsets[i]` behind `first`. */
  join(first: number, units: Int32Array, offsets: readonly Int32Array[], out: HashList): void {
    const numbers = this.#numbers;
    for (let i = 0; i < units.length; i++) {
      const parts = offsets[i];
      let a = units[i] + 1;
      let b = a;
      for (let j = 0; j < parts.length; j++) {
        const at = 4 * (first + parts[j]);
        a = (Math.imul(a, numbers[at + 2]) + numbers[at]) | 0;
        b = (Math.imul(b, numbers[at + 3]) + numbers[at + 1]) | 0;
      }
      out.a[i] = a;
      out.b[i] = b;
    }
  }
}

const READ = 32;

/** Numbers hashed strings 0, 1, 2 … in the order of their first mention: open addressing, at most half full. */
export class HashIndex {
  /** Four numbers a slot, so that a look reads one cache line: both hashes, the string's number plus 1 (0: free), its count. */
  #slots: Int32Array;
  #size = 0;
  /** What was read last: kept nowhere, a read would be left out as of no use. */
  readonly #read = new Int32Array(READ);

  /** `expected` strings fit before it grows. */
  constructor(expected = 512) {
    let slots = 1024;
    while (slots < 2 * expected) slots *= 2;
    this.#slots = new Int32Array(4 * slots);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a string, −1 if it has none. */
  find(a: number, b: number): number {
    return this.#slots[this.#placeOf(a, b) + 2] - 1;
  }

  /**
   * The numbers of strings, −1 where they have none, put into `out`. All their slots are read before the first is looked at,
   * so that the memory fetches them side by side.
   */
  findAll({ a, b }: HashList, out: Int32Array): void {
    this.#readSlots(a, b, out);
    const slots = this.#slots;
    for (let i = 0; i < a.length; i++) {
      const place = out[i];
      const isHere = slots[place] === a[i] && slots[place + 1] === b[i];
      out[i] = isHere || slots[place + 2] === 0 ? slots[place + 2] - 1 : this.find(a[i], b[i]);
    }
  }

  /** Counts each of some strings once more, adding those that are new; puts their counts into `out`. */
  countAll({ a, b }: HashList, out: Int32Array): void {
    this.#readSlots(a, b, out);
    for (let i = 0; i < a.length; i++) {
      const place = this.#placeOf(a[i], b[i]);
      out[i] = ++this.#slots[place + 3];
      if (this.#slots[place + 2] === 0) this.#addAt(place, a[i], b[i]);
    }
  }

  /** How often `countAll` has counted a string. */
  countOf(a: number, b: number): number {
    return this.#slots[this.#placeOf(a, b) + 3];
  }

  /** Reads the first places of strings and puts them into `out`. */
  #readSlots(a: Int32Array, b: Int32Array, out: Int32Array): void {
    const [slots, read] = [this.#slots, this.#read];
    for (let i = 0; i < a.length; i++) {
      const place = firstPlace(a[i], b[i], slots.length);
      out[i] = place;
      read[i & (READ - 1)] = slots[place];
    }
  }

  /** The number of a string, which it gets now if it has none. */
  add(a: number, b: number): number {
    const place = this.#placeOf(a, b);
    if (this.#slots[place + 2] > 0) return this.#slots[place + 2] - 1;
    this.#addAt(place, a, b);
    return this.#size - 1;
  }

  #addAt(place: number, a: number, b: number): void {
    this.#put(place, a, b, ++this.#size);
    if (8 * this.#size >= this.#slots.length) this.#grow();
  }

  #put(place: number, a: number, b: number, number: number): void {
    this.#slots[place] = a;
    this.#slots[place + 1] = b;
    this.#slots[place + 2] = number;
  }

  /** Where a string stands, or would. */
  #placeOf(a: number, b: number): number {
    const slots = this.#slots;
    const last = slots.length - 4;
    let place = firstPlace(a, b, slots.length);
    while (slots[place + 2] > 0 && (slots[place] !== a || slots[place + 1] !== b)) place = (place + 4) & last;
    return place;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 4) {
      if (old[i + 2] === 0) continue;
      const place = this.#placeOf(old[i], old[i + 1]);
      this.#put(place, old[i], old[i + 1], old[i + 2]);
      this.#slots[place + 3] = old[i + 3];
    }
  }
}

/** Where a string stands, unless another stood there before, in so many numbers of slots. */
function firstPlace(a: number, b: number, length: number): number {
  const hash = Math.imul(a ^ (b >>> 15), 0x9e3779b1);
  return (4 * (hash ^ (hash >>> 16))) & (length - 4);
}
