/** Numbers with a shape, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** How far a tensor of this build is from what it should be. */
export interface Difference {
  readonly name: string;
  readonly shape: readonly number[];
  /** `tensorError` */
  readonly error: number;
}

/**
 * How far `actual` is from `expected`: the largest |a − b| over the largest |b|. 0 where both are all zeros; infinite where
 * only `expected` is, where a number of either is not finite, and where they are not equally long.
 */
export function tensorError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    // NaN would pass the comparisons below, as it is neither smaller nor larger than anything
    if (!Number.isFinite(actual[i]) || !Number.isFinite(expected[i])) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return worst === 0 ? 0 : worst / largest;
}

export function difference(name: string, actual: ArrayLike<number>, expected: Tensor): Difference {
  return { name, shape: expected.shape, error: tensorError(actual, expected.values) };
}

/** The transpose of a row-major matrix of the given shape. */
export function transposed(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[c * rows + r] = values[r * columns + c];
  }
  return result;
}
