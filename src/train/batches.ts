import type { Random } from '../network/initialise.js';
import { permutation } from './random.js';

/**
 * The sentences of an epoch in random order, cut into batches of `batchSize` (the last may have fewer): batch b is
 * `order[b · batchSize]` and those after it, longest first, equally long ones in the order of the corpus.
 */
export function epochOrder(lengths: ArrayLike<number>, batchSize: number, random: Random): Int32Array {
  const order = permutation(lengths.length, random);
  for (let start = 0; start < order.length; start += batchSize) {
    order.subarray(start, start + batchSize).sort((a, b) => lengths[b] - lengths[a] || a - b);
  }
  return order;
}

/** Whether it is the turn of what every second batch of an epoch gets; of batches in the same place, that of every second epoch. */
export function isTurn(epoch: number, batch: number): boolean {
  return (epoch + batch) % 2 === 0;
}

/** Sentences of a shard at most: enough to fill the products of a step, few enough that a batch feeds several threads. */
export const LARGEST_SHARD = 16;

/** Shards of a batch. It depends on the batch alone, so that the sums are the same however many threads there are. */
export function shardsOf(sentences: number): number {
  return Math.ceil(sentences / LARGEST_SHARD);
}

/**
 * The sentences of one of the shards of a batch, of so many in `order` from `first` on: dealt in turn, back and forth, so that shards
 * of sentences in order of their lengths are equal in work.
 */
export function dealt(order: Int32Array, first: number, sentences: number, shard: number): number[] {
  const shards = shardsOf(sentences);
  const places: number[] = [];
  for (let turn = 0; turn * shards < sentences; turn++) {
    const place = turn * shards + (turn % 2 === 0 ? shard : shards - 1 - shard);
    if (place < sentences) places.push(order[first + place]);
  }
  return places;
}
