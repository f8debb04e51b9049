import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { mix } from '../kernels/hash.js';
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

/** 32 bits that depend on the keys alone: `keyOf(a, b)` is `mix(keyOf(a), b)`. */
export function keyOf(...keys: readonly number[]): number {
  return keys.reduce(mix, 0x9e3779b9);
}

/** The numbers 0 … n−1 in random order (Fisher & Yates). */
export function permutation(n: number, random: Random): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const last = order[i];
    order[i] = order[j];
    order[j] = last;
  }
  return order;
}
