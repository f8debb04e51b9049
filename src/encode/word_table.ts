/**
 * Finds the number of a string among N distinct ones: a hash table with open addressing over the strings' UTF-16 units,
 * all in flat arrays. Measured, it takes half the time of a `Map`, whose strings lie scattered in memory.
 */
export class WordTable {
  /** Numbers of strings at the places that their hashes give, −1 where there is none; shape [a power of 2, at least 2N]. */
  readonly #slots: Int32Array;
  /** Shape [N]. */
  readonly #hashes: Int32Array;
  /** The units of all strings, one after the other, and where each begins; shape [N+1]. */
  readonly #units: Uint16Array;
  readonly #starts: Int32Array;

  /** Throws RangeError if a word stands twice. */
  constructor(words: readonly string[]) {
    let size = 2;
    while (size < 2 * words.length) size *= 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#hashes = new Int32Array(words.length);
    this.#starts = new Int32Array(words.length + 1);
    words.forEach((word, index) => {
      this.#starts[index + 1] = this.#starts[index] + word.length;
    });
    this.#units = new Uint16Array(this.#starts[words.length]);
    words.forEach((word, index) => {
      this.#add(word, index);
    });
  }

  #add(word: string, index: number): void {
    const hash = hashOf(word);
    const place = this.#placeOf(word, hash);
    if (this.#slots[place] !== -1) throw new RangeError('a word stands twice in the vocabulary');
    this.#slots[place] = index;
    this.#hashes[index] = hash;
    for (let i = 0; i < word.length; i++) this.#units[this.#starts[index] + i] = word.charCodeAt(i);
  }

  /** The place of a string in the list it was made of; −1 if it is not there. */
  indexOf(word: string): number {
    return this.#slots[this.#placeOf(word, hashOf(word))];
  }

  /** The slot that holds a string, or the free one where it would go. */
  #placeOf(word: string, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let place = hash & mask;
    while (slots[place] !== -1 && !this.#isAt(slots[place], word, hash)) place = (place + 1) & mask;
    return place;
  }

  #isAt(index: number, word: string, hash: number): boolean {
    const start = this.#starts[index];
    if (this.#hashes[index] !== hash || this.#starts[index + 1] - start !== word.length) return false;
    for (let i = 0; i < word.length; i++) if (this.#units[start + i] !== word.charCodeAt(i)) return false;
    return true;
  }
}

/** FNV-1a over UTF-16 units (Fowler, Noll & Vo), its upper half folded in, since the table looks at the lowest bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
