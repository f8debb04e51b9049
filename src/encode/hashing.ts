/**
 * Strings known by 64 bits: two polynomial hashes modulo 2^32, h(s) = Σ_i (s_i + 1) · β^(|s|−1−i), so that the hash of a
 * concatenation follows from those of its parts, h(xy) = h(x) · β^|y| + h(y), and no string has to be built to look it up.
 * Two of a million strings share both with a chance of about 1 in 10^7.
 */
const BASE_A = 0x01000193;
const BASE_B = 0x5bd1e995;

/** A string with what concatenation needs: its hashes and β^|s|. */
export class HashedString {
  readonly a: number;
  readonly b: number;
  readonly powerA: number;
  readonly powerB: number;

  constructor(readonly text: string) {
    let [a, b, powerA, powerB] = [0, 0, 1, 1];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i) + 1;
      a = (Math.imul(a, BASE_A) + code) | 0;
      b = (Math.imul(b, BASE_B) + code) | 0;
      powerA = Math.imul(powerA, BASE_A);
      powerB = Math.imul(powerB, BASE_B);
    }
    this.a = a;
    this.b = b;
    this.powerA = powerA;
    this.powerB = powerB;
  }
}

/** The hashes of a string that is given in parts. */
export class Concatenation {
  a = 0;
  b = 0;

  /** Begins anew with one UTF-16 unit. */
  begin(code: number): this {
    this.a = code + 1;
    this.b = code + 1;
    return this;
  }

  add(part: HashedString): this {
    this.a = (Math.imul(this.a, part.powerA) + part.a) | 0;
    this.b = (Math.imul(this.b, part.powerB) + part.b) | 0;
    return this;
  }

  /** Adds a blank. */
  space(): this {
    this.a = (Math.imul(this.a, BASE_A) + 33) | 0;
    this.b = (Math.imul(this.b, BASE_B) + 33) | 0;
    return this;
  }
}

/** Numbers hashed strings 0, 1, 2 … in the order of their first mention: open addressing, at most half full. */
export class HashIndex {
  /** The number of a string plus 1, 0 where the slot is free. */
  #slots: Int32Array;
  #a: Int32Array;
  #b: Int32Array;
  #size = 0;

  /** `expected` strings fit before it grows. */
  constructor(expected = 512) {
    let slots = 1024;
    while (slots < 2 * expected) slots *= 2;
    this.#slots = new Int32Array(slots);
    this.#a = new Int32Array(slots / 2);
    this.#b = new Int32Array(slots / 2);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a string, −1 if it has none. */
  find(a: number, b: number): number {
    return this.#slots[this.#slotOf(a, b)] - 1;
  }

  /** The number of a string, which it gets now if it has none. */
  add(a: number, b: number): number {
    const slot = this.#slotOf(a, b);
    if (this.#slots[slot] > 0) return this.#slots[slot] - 1;
    const id = this.#size++;
    this.#slots[slot] = id + 1;
    this.#a[id] = a;
    this.#b[id] = b;
    if (this.#size === this.#a.length) this.#grow();
    return id;
  }

  #slotOf(a: number, b: number): number {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(a ^ (b >>> 15), 0x9e3779b1);
    slot = (slot ^ (slot >>> 16)) & mask;
    for (;;) {
      const id = this.#slots[slot] - 1;
      if (id < 0 || (this.#a[id] === a && this.#b[id] === b)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const [a, b] = [this.#a, this.#b];
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#a = new Int32Array(2 * a.length);
    this.#b = new Int32Array(2 * b.length);
    this.#a.set(a);
    this.#b.set(b);
    for (let id = 0; id < this.#size; id++) this.#slots[this.#slotOf(a[id], b[id])] = id + 1;
  }
}
