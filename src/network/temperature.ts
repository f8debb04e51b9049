import type { FloatBuffer, Kernels } from '../kernels/kernels.js';

/** x / T in place: what makes probabilities less sure where T > 1 (Guo et al. 2017). −∞ stays. */
export function divide(kernels: Kernels, buffer: FloatBuffer, temperature: number): void {
  if (temperature === 1) return;
  const x = kernels.view(buffer);
  for (let i = 0; i < x.length; i++) x[i] /= temperature;
}
