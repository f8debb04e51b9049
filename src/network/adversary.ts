import type { Batch } from '../encode/batch.js';

/** Numbers of packed rows; they may be of either width. */
type Floats = Float32Array | Float64Array;

/**
 * Turns g = dL/dx, shape [R,D], into a step against the network from the inputs x of packed sentences, shape [R,D]:
 * `r = ε ‖x‖ g / ‖g‖`, the norms over all tokens of a sentence. To first order no other step so long raises its loss as much (Goodfellow,
 * Shlens & Szegedy 2015; for texts Miyato, Dai & Goodfellow 2017). Where g is zero, so is the step.
 */
export function stepAgainst(
  g: Floats,
  x: Floats,
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
      for (let j = first; j < first + D; j++) g[j] *= scale;
    }
  }
}
