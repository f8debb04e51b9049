import type { AdamStep, FloatArray } from '../kernels.js';

export function squaredNorm(x: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}

/** v = momentum · v + scale · g ;  w −= rate · v */
export function sgd(
  w: FloatArray,
  g: FloatArray,
  velocity: FloatArray,
  rate: number,
  momentum: number,
  scale: number,
): void {
  for (let i = 0; i < w.length; i++) {
    velocity[i] = momentum * velocity[i] + scale * g[i];
    w[i] -= rate * velocity[i];
  }
}

/** w[touched[i],:] −= rate · scale · g[i,:] */
export function sgdColumns(
  w: FloatArray,
  touched: Int32Array,
  g: FloatArray,
  width: number,
  rate: number,
  scale: number,
): void {
  for (let i = 0; i < touched.length; i++) {
    const row = touched[i] * width;
    for (let j = 0; j < width; j++) w[row + j] -= rate * scale * g[i * width + j];
  }
}

/** Adam (Kingma & Ba 2015, algorithm 1) on one weight a gradient. */
export function adam(
  w: FloatArray,
  g: FloatArray,
  first: FloatArray,
  second: FloatArray,
  step: AdamStep,
  scale: number,
): void {
  for (let i = 0; i < w.length; i++) adamOne(w, i, scale * g[i], first, second, step);
}

/** Adam on the touched rows alone that are not struck. */
export function adamColumns(
  w: FloatArray,
  touched: Int32Array,
  g: FloatArray,
  first: FloatArray,
  second: FloatArray,
  width: number,
  step: AdamStep,
  scale: number,
): void {
  for (let i = 0; i < touched.length; i++) {
    if (touched[i] < 0) continue; // struck
    const row = touched[i] * width;
    for (let j = 0; j < width; j++) adamOne(w, row + j, scale * g[i * width + j], first, second, step);
  }
}

function adamOne(
  w: FloatArray,
  i: number,
  g: number,
  first: FloatArray,
  second: FloatArray,
  { rate, beta1, beta2, epsilon, correction1, correction2 }: AdamStep,
): void {
  // m = β1 m + (1−β1) g ;  v = β2 v + (1−β2) g² ;  w −= rate · m̂ / (√v̂ + ε)
  first[i] = beta1 * first[i] + (1 - beta1) * g;
  second[i] = beta2 * second[i] + (1 - beta2) * g * g;
  w[i] -= (rate * (first[i] / correction1)) / (Math.sqrt(second[i] / correction2) + epsilon);
}

/** Adagrad (Duchi, Hazan & Singer 2011) on the touched rows alone that are not struck. */
export function adagradColumns(
  w: FloatArray,
  touched: Int32Array,
  g: FloatArray,
  squares: FloatArray,
  width: number,
  rate: number,
  epsilon: number,
  scale: number,
): void {
  for (let i = 0; i < touched.length; i++) {
    if (touched[i] < 0) continue; // struck
    const row = touched[i] * width;
    for (let j = 0; j < width; j++) {
      // q += g² ;  w −= rate · g / (√q + ε)
      const gradient = scale * g[i * width + j];
      squares[row + j] += gradient * gradient;
      w[row + j] -= (rate * gradient) / (Math.sqrt(squares[row + j]) + epsilon);
    }
  }
}

/** mean += (w − mean) / count */
export function average(mean: FloatArray, w: FloatArray, count: number): void {
  for (let i = 0; i < mean.length; i++) mean[i] += (w[i] - mean[i]) / count;
}
