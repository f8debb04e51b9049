import type { FloatArray } from '../kernels.js';

/** y = softmax(o) for each row of scores [R,K], the largest score taken out first so that no exponential overflows. */
export function softmax(scores: FloatArray, rows: number, K: number): void {
  for (let r = 0; r < rows; r++) {
    const row = r * K;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < K; k++) if (scores[row + k] > largest) largest = scores[row + k];
    let sum = 0;
    for (let k = 0; k < K; k++) {
      const e = Math.exp(scores[row + k] - largest);
      scores[row + k] = e;
      sum += e;
    }
    for (let k = 0; k < K; k++) scores[row + k] /= sum;
  }
}

/**
 * L = Σ −w[gold] log y[gold]; the probabilities become dL/do = w[gold] (y − one-hot(gold)). Rows with a negative gold are left
 * out. Weights w [K] are 1 where none are given.
 */
export function crossEntropy(
  probabilities: FloatArray,
  gold: Int32Array,
  rows: number,
  K: number,
  weights?: FloatArray,
): number {
  // The smallest normal float32: a probability that rounded to 0 costs 87.3, not infinity.
  const smallest = 1.1754943508222875e-38;
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    const row = r * K;
    if (gold[r] < 0) {
      probabilities.fill(0, row, row + K);
      continue;
    }
    const p = probabilities[row + gold[r]];
    const weight = weights?.[gold[r]] ?? 1;
    loss -= weight * Math.log(p < smallest ? smallest : p);
    probabilities[row + gold[r]] -= 1;
    for (let k = 0; k < K; k++) probabilities[row + k] *= weight;
  }
  return loss;
}
