import { describe, expect, it } from '@jest/globals';
import { farthest, floatsOf, IMPLEMENTATIONS, numbers, read, SIZES } from '../support/kernels.js';

const triples = (M: readonly number[], K: readonly number[], N: readonly number[]) =>
  M.flatMap((m) => K.flatMap((k) => N.map((n) => ({ m, k, n }))));
/** Small ones, and those where rows have no partner and columns fill panels, for every rest of the steps of a sum. */
const TRIPLES = [...triples(SIZES, SIZES, SIZES), ...triples([1, 2, 3, 33], [1, 2, 3, 4, 5, 8], [31, 32, 33, 48])];
const GUARD = 7.5;

/** Σ over `inner` of the product of the two entries that `pick` names, at [i,j]. */
function product(
  rows: number,
  columns: number,
  inner: number,
  entry: (i: number, j: number, p: number) => number,
  start: readonly number[],
): number[] {
  return start.map((value, index) => {
    const i = Math.floor(index / columns);
    const j = index % columns;
    let sum = value;
    for (let p = 0; p < inner; p++) sum += entry(i, j, p);
    return index < rows * columns ? sum : value;
  });
}

describe.each(IMPLEMENTATIONS)('products with $name', ({ create, tolerance }) => {
  it.each(TRIPLES)('out[m,n] += a[m,k] b[k,n] for m=$m k=$k n=$n', ({ m, k, n }) => {
    const kernels = create();
    const [a, b, start] = [numbers(m * k, 1), numbers(k * n, 2), [...numbers(m * n, 3), GUARD]];
    const out = floatsOf(kernels, start);
    kernels.multiplyAdd(out, floatsOf(kernels, a), floatsOf(kernels, b), m, k, n);
    const expected = product(m, n, k, (i, j, p) => a[i * k + p] * b[p * n + j], start);
    expect(farthest(read(kernels, out), expected)).toBeLessThan(tolerance);
  });

  it.each(TRIPLES)('out[m,k] += a[m,n] b[k,n]ᵀ for m=$m k=$k n=$n', ({ m, k, n }) => {
    const kernels = create();
    const [a, b, start] = [numbers(m * n, 1), numbers(k * n, 2), [...numbers(m * k, 3), GUARD]];
    const out = floatsOf(kernels, start);
    kernels.multiplyTransposedAdd(out, floatsOf(kernels, a), floatsOf(kernels, b), m, n, k);
    const expected = product(m, k, n, (i, p, j) => a[i * n + j] * b[p * n + j], start);
    expect(farthest(read(kernels, out), expected)).toBeLessThan(tolerance);
  });

  it.each(TRIPLES)('out[k,n] += a[m,k]ᵀ b[m,n] for m=$m k=$k n=$n', ({ m, k, n }) => {
    const kernels = create();
    const [a, b, start] = [numbers(m * k, 1), numbers(m * n, 2), [...numbers(k * n, 3), GUARD]];
    const out = floatsOf(kernels, start);
    kernels.outerAdd(out, floatsOf(kernels, a), floatsOf(kernels, b), m, k, n);
    const expected = product(k, n, m, (p, j, i) => a[i * k + p] * b[i * n + j], start);
    expect(farthest(read(kernels, out), expected)).toBeLessThan(tolerance);
  });

  it.each(SIZES.flatMap((m) => SIZES.map((n) => ({ m, n }))))('sums of columns for m=$m n=$n', ({ m, n }) => {
    const kernels = create();
    const [a, start] = [numbers(m * n, 1), numbers(n, 2)];
    const out = floatsOf(kernels, start);
    kernels.columnSumsAdd(out, floatsOf(kernels, a), m, n);
    const expected = start.map((value, j) => a.reduce((sum, x, i) => (i % n === j ? sum + x : sum), value));
    expect(farthest(read(kernels, out), expected)).toBeLessThan(tolerance);
  });

  it('broadcast writes the bias into the first m rows only', () => {
    const kernels = create();
    const out = floatsOf(kernels, [9, 9, 9, 9, 9, 9]);
    kernels.broadcast(out, floatsOf(kernels, [1, -2]), 2, 2);
    expect(read(kernels, out)).toEqual([1, -2, 1, -2, 9, 9]);
  });

  it('fill writes the whole of a buffer and nothing around it', () => {
    const kernels = create();
    const buffers = [floatsOf(kernels, [1, 1]), floatsOf(kernels, [2, 2, 2]), floatsOf(kernels, [3])];
    kernels.fill(buffers[1], 0.5);
    expect(buffers.map((buffer) => read(kernels, buffer))).toEqual([[1, 1], [0.5, 0.5, 0.5], [3]]);
  });

  it('the squared norm is Σ x²', () => {
    const kernels = create();
    expect(kernels.squaredNorm(floatsOf(kernels, [3, -4, 12]))).toBe(169);
    expect(kernels.squaredNorm(kernels.floats(0))).toBe(0);
  });
});
