/** Mean and standard deviation of a sample. */
export interface Spread {
  readonly mean: number;
  /** √(Σ (x − mean)² / (n − 1)); 0 for one value. */
  readonly deviation: number;
}

/** Of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, deviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)) };
}
