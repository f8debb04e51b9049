import type { OneHots, Packing } from '../kernels/kernels.js';

/** A batch in the kernels' memory. Buffers may be longer than it, but for the ids of its one-hots, whose number says how many there are. */
export interface PlacedBatch extends Packing, PlacedOneHots {
  /** Shape [B]: the lengths of its sentences, falling. */
  readonly lengths: Int32Array;
  /** Those of the table that is added to the emissions. */
  readonly wide?: PlacedOneHots;
}

export interface PlacedOneHots {
  readonly oneHots: OneHots;
  /** M, how many rows of the table they touch; absent where no gradients are asked for. */
  readonly touched?: number;
}
