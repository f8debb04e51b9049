import type { FloatBuffer, Kernels } from '../kernels/kernels.js';
import type { Weights } from '../network/parameters.js';

/** Times in an epoch that the weights are taken into the average, where it has so many batches. */
const TIMES = 8;

/** The mean of the weights that a run passes through in its last epochs (Polyak & Juditsky 1992). */
export class WeightAverage {
  private readonly lists: readonly { readonly weights: FloatBuffer; readonly mean: FloatBuffer }[];
  private count = 0;

  /** Allocates as much as the weights take. */
  constructor(
    { dense, tables }: Weights,
    private readonly kernels: Kernels,
  ) {
    this.lists = [dense, ...tables].map((weights) => ({ weights, mean: kernels.floats(weights.length) }));
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** Takes the weights as they are now in. */
  add(): void {
    this.count++;
    for (const { mean, weights } of this.lists) this.kernels.average(mean, weights, this.count);
  }

  /** The weights become the mean, and the other way round; a second call undoes it. */
  exchange(): void {
    for (const { mean, weights } of this.lists) this.kernels.exchange(mean, weights);
  }
}

/** Whether the weights after a batch (from 1) of so many in an epoch are averaged: evenly spread, the last one always. */
export function isAveraged(batch: number, batches: number): boolean {
  return Math.floor((batch * TIMES) / batches) > Math.floor(((batch - 1) * TIMES) / batches);
}
