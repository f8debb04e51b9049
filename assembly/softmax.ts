import { exp4 } from './functions';
import { load4, store4 } from './lanes';

/** y = softmax(o) for each row of scores [R,K], the largest score taken out first so that no exponential overflows. */
export function softmax(scores: usize, rows: i32, K: i32): void {
  for (let r = 0; r < rows; r++) {
    softmaxRow(scores, K);
    scores += (<usize>K) << 2;
  }
}

function softmaxRow(row: usize, K: i32): void {
  let largest: f32 = -f32.MAX_VALUE;
  for (let k = 0; k < K; k++) {
    const score = load<f32>(row + ((<usize>k) << 2));
    if (score > largest) largest = score;
  }
  for (let k = 0; k < K; k += 4) {
    const at = row + ((<usize>k) << 2);
    store4(at, exp4(f32x4.sub(load4(at, K - k), f32x4.splat(largest))), K - k);
  }
  let sum: f64 = 0;
  for (let k = 0; k < K; k++) sum += <f64>load<f32>(row + ((<usize>k) << 2));
  const total = f32x4.splat(<f32>sum);
  for (let k = 0; k < K; k += 4) {
    const at = row + ((<usize>k) << 2);
    store4(at, f32x4.div(load4(at, K - k), total), K - k);
  }
}

/** The smallest normal float32, 2^−126: a probability that rounded to 0 costs 87.3, not infinity. */
const SMALLEST: f32 = 1.1754943508222875e-38;

/**
 * L = Σ −w[gold] log y[gold]; the probabilities become dL/do = w[gold] (y − one-hot(gold)). Rows with a negative gold are left
 * out; weights w [K], or 0 where all are 1.
 */
export function crossEntropy(probabilities: usize, gold: usize, rows: i32, K: i32, weights: usize): f64 {
  const bytes: usize = (<usize>K) << 2;
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const tag = load<i32>(gold + ((<usize>r) << 2));
    if (tag < 0) {
      memory.fill(probabilities, 0, bytes);
    } else {
      const at = probabilities + ((<usize>tag) << 2);
      const p = load<f32>(at);
      const cost = Math.log(<f64>(p < SMALLEST ? SMALLEST : p));
      store<f32>(at, p - 1);
      if (weights === 0) {
        loss -= cost;
      } else {
        const weight = load<f32>(weights + ((<usize>tag) << 2));
        loss -= <f64>weight * cost;
        for (let y: usize = 0; y < bytes; y += 4) {
          store<f32>(probabilities + y, load<f32>(probabilities + y) * weight);
        }
      }
    }
    probabilities += bytes;
  }
  return loss;
}
