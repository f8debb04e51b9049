import type { Batch } from '../encode/batch.js';

/** Numbers of packed rows; they may be of either width. */
type Floats = Float32Array | Float64Array;

/**
 * Puts into x, the inputs of packed sentences, shape [R,D], a step against the network: r = ε ‖x‖ g / ‖g‖ with g = dL/dx, shape [R,D],
 * the norms over all tokens of a sentence. To first order no other step so long raises its loss as much (Goodfellow, Shlens &
 * Szegedy 2015; for texts Miyato, Dai & Goodfellow 2017). Where g is zero, so is the step.
 */
export function stepAgainst(
  x: Floats,
  g: Floats,
  { lengths, starts }: Pick<Batch, 'lengths' | 'starts'>,
  D: number,
  size: number,
): void {
  for (let i = 0; i < lengths.length; i++) {
    let [xx, gg] = [0, 0];
    for (let t = 0; t < lengths[i]; t++) {
      const first = (starts[t] + i) * D;
      for (let j = first; j < first + D; j++) {
        xx += x[j] * x[j];
        gg += g[j] * g[j];
      }
    }
    const scale = gg > 0 ? size * Math.sqrt(xx / gg) : 0;
    for (let t = 0; t < lengths[i]; t++) {
      const first = (starts[t] + i) * D;
      for (let j = first; j < first + D; j++) x[j] = scale * g[j];
    }
  }
}
