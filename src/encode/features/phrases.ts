import { type Word, WordNumbers } from '../word.js';

/** A phrase that was found: tokens `[start, end)`. */
export interface Match<V> {
  readonly start: number;
  readonly end: number;
  readonly value: V;
}

/** The words of a phrase as one key: normalised, a blank between them. */
export function phraseKey(words: readonly Word[], start: number, end: number): string {
  let key = words[start].normalised.text;
  for (let t = start + 1; t < end; t++) key += ` ${words[t].normalised.text}`;
  return key;
}

/** How many words the longest phrase has that begins with a word. */
export class LongestFrom {
  readonly #longest = new Map<string, number>();
  readonly #numbers = new WordNumbers((word) => this.#longest.get(word.normalised.text) ?? 0);

  /** Takes in a phrase by its key. */
  add(key: string): void {
    const words = key.split(' ');
    const known = this.#longest.get(words[0]) ?? 0;
    if (words.length <= known) return;
    this.#longest.set(words[0], words.length);
    this.#numbers.forget();
  }

  of(word: Word): number {
    return this.#numbers.of(word);
  }
}

/**
 * The phrases in a sentence that `find`, given their tokens `[start, end)`, knows: the longest first, of equally long ones the first, none overlapping another.
 */
export function matchPhrases<V>(
  words: readonly Word[],
  longest: LongestFrom,
  find: (start: number, end: number) => V | undefined,
): Match<V>[] {
  const T = words.length;
  const matches: Match<V>[] = [];
  const limits = new Int32Array(T);
  let most = 0;
  for (let t = 0; t < T; t++) {
    limits[t] = Math.min(longest.of(words[t]), T - t);
    if (limits[t] > most) most = limits[t];
  }
  const taken = new Uint8Array(T);
  for (let length = most; length > 0; length--) {
    for (let start = 0; start < T; start++) {
      if (limits[start] < length || !isFree(taken, start, start + length)) continue;
      const value = find(start, start + length);
      if (value === undefined) continue;
      taken.fill(1, start, start + length);
      matches.push({ start, end: start + length, value });
    }
  }
  return matches;
}

function isFree(taken: Uint8Array, start: number, end: number): boolean {
  for (let t = start; t < end; t++) if (taken[t] === 1) return false;
  return true;
}
