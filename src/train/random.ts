import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from '../network/initialise.js';

/** What a draw is for, so that no two uses of one seed share a sequence. */
export const PLACE = { weights: 1, split: 2, order: 3, dropRare: 4, dropout: 5, folds: 6 } as const;

/**
 * A generator of numbers in [0, 1) that depends on its keys alone: (seed, place of use, epoch, sentence, …), never on what
 * was drawn before. xoroshiro128+, seeded by mixing the keys.
 */
export function keyedRandom(...keys: readonly number[]): Random {
  const generator = xoroshiro128plus(keyOf(...keys));
  return () => (generator.next() >>> 0) / 0x1_0000_0000;
}

/** 32 bits that depend on the keys alone. */
export function keyOf(...keys: readonly number[]): number {
  return keys.reduce(mix, 0x9e3779b9);
}

/**
 * Numbers in [0, 1), each a hash of a key and of its own number: as `keyedRandom` for many keys of few numbers, without making
 * anything for a key.
 */
export class KeyedDraws {
  #key = 0;
  #drawn = 0;

  /** Begins the draws of a key; what it returns goes on with those begun last. */
  begin(...keys: readonly number[]): Random {
    this.#key = keyOf(...keys);
    this.#drawn = 0;
    return this.#next;
  }

  readonly #next: Random = () => (mix(this.#key, this.#drawn++) >>> 0) / 0x1_0000_0000;
}

/** MurmurHash3's step and finaliser: every bit of the key reaches every bit of the hash. `keyOf(a, b)` is `mix(keyOf(a), b)`. */
export function mix(hash: number, key: number): number {
  let k = Math.imul(key | 0, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  let h = hash ^ k;
  h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The numbers 0 … n−1 in random order (Fisher & Yates). */
export function permutation(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
