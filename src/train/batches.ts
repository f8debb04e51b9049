import type { Random } from '../network/initialise.js';
import { permutation } from './random.js';

/** The batches of an epoch: batch b is the sentences `order[starts[b]]` to `order[starts[b+1] − 1]`, longest first. */
export interface EpochBatches {
  /** Every sentence once. */
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/** Batches whose sentences are sorted by length together: enough to leave little of a batch to be idle, few enough to stay random. */
const WINDOW = 8;

/**
 * Cuts shuffled sentences into batches of similar length: each run of eight batches is sorted by length and cut, and the
 * batches are shuffled again. A step of a batch then has nearly as many rows as the batch has sentences, which the products
 * need to be fast. One batch has fewer sentences where `batchSize` does not divide their number.
 */
export function epochBatches(lengths: ArrayLike<number>, batchSize: number, random: Random): EpochBatches {
  const shuffled = permutation(lengths.length, random);
  for (let start = 0; start < shuffled.length; start += WINDOW * batchSize) {
    shuffled.subarray(start, start + WINDOW * batchSize).sort((a, b) => lengths[b] - lengths[a] || a - b);
  }
  const places = permutation(Math.ceil(shuffled.length / batchSize), random);
  const order = new Int32Array(shuffled.length);
  const starts = new Int32Array(places.length + 1);
  places.forEach((place, b) => {
    const batch = shuffled.subarray(place * batchSize, (place + 1) * batchSize);
    order.set(batch, starts[b]);
    starts[b + 1] = starts[b] + batch.length;
  });
  return { order, starts };
}
