import type { FloatBuffer, IntBuffer, Packing } from '../kernels/kernels.js';
import type { SpanList } from './spans.js';

/**
 * The last part of a network, bound to its weights and their gradients. Scores are the logits o of a batch, shape [R,K]; what
 * a call turns them into stands in their place.
 */
export interface OutputLayer {
  /**
   * L summed over the batch; gold has shape [R], negative where it is open. Scores become dL/do; own gradients accumulate. Weights
   * [K] say how much tokens of each gold tag count; all 1 where there are none.
   */
  loss(packing: Packing, scores: FloatBuffer, gold: IntBuffer, weights?: Float64Array): number;
  /** Scores become the probabilities of each token's tags. */
  probabilities(packing: Packing, scores: FloatBuffer): void;
  /** best [R]: the likeliest tags of every sentence among those that are legal together. Scores are only read. */
  decode(packing: Packing, scores: FloatBuffer, best: IntBuffer): void;
  /**
   * The probability of each of S entities, shape [S]; spans [S,4] has the sentence (0 the longest), the first token, the one behind
   * the last, and the type. All scores, the layer's own included, are divided by the temperature first; those of the batch are lost.
   */
  spanProbabilities(packing: Packing, scores: FloatBuffer, spans: Int32Array, temperature: number): Float64Array;
  /** Every entity that is at least so probable, in (0, 1], given its sentence. Scores are only read. */
  likelySpans(packing: Packing, scores: FloatBuffer, least: number): SpanList;
}
