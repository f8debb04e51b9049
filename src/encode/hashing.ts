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
    for (let i = 0; i < text.length; i++) {
      const value = text.charCodeAt(i) + 1;
      this.a = (Math.imul(this.a, BASE_A) + value) | 0;
      this.b = (Math.imul(this.b, BASE_B) + value) | 0;
    }
    return this;
  }
}

/** Numbers hashed strings 0, 1, 2 … in the order of their first mention: open addressing, at most half full. */
export class HashIndex {
  /** Four numbers a slot, so that a look reads one cache line: both hashes, the string's number plus 1 (0: free), nothing. */
  #slots: Int32Array;
  #size = 0;

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

  /** The number of a string, which it gets now if it has none. */
  add(a: number, b: number): number {
    const place = this.#placeOf(a, b);
    if (this.#slots[place + 2] > 0) return this.#slots[place + 2] - 1;
    this.#put(place, a, b, ++this.#size);
    if (8 * this.#size >= this.#slots.length) this.#grow();
    return this.#size - 1;
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
    const hash = Math.imul(a ^ (b >>> 15), 0x9e3779b1);
    let place = (4 * (hash ^ (hash >>> 16))) & last;
    while (slots[place + 2] > 0 && (slots[place] !== a || slots[place + 1] !== b)) place = (place + 4) & last;
    return place;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 4) {
      if (old[i + 2] > 0) this.#put(this.#placeOf(old[i], old[i + 1]), old[i], old[i + 1], old[i + 2]);
    }
  }
}
