import type { FloatBuffer, IntBuffer, Kernels, OneHots, Packing } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { wasmKernels } from './wasm.js';

/** Every implementation of the contract, and how far from exact its results may be. */
export const IMPLEMENTATIONS: readonly { name: string; create: () => Kernels; tolerance: number }[] = [
  { name: 'reference in float64', create: () => new ReferenceKernels('float64'), tolerance: 1e-12 },
  { name: 'reference in float32', create: () => new ReferenceKernels('float32'), tolerance: 2e-5 },
  { name: 'WebAssembly', create: wasmKernels, tolerance: 2e-5 },
];

/** Sizes around the width of a vector register. */
export const SIZES = [0, 1, 3, 4, 5, 17];

export function floatsOf(kernels: Kernels, values: Iterable<number>): FloatBuffer {
  const list = [...values];
  const buffer = kernels.floats(list.length);
  kernels.view(buffer).set(list);
  return buffer;
}

export function intsOf(kernels: Kernels, values: Iterable<number>): IntBuffer {
  const list = [...values];
  const buffer = kernels.ints(list.length);
  kernels.viewInts(buffer).set(list);
  return buffer;
}

export function read(kernels: Kernels, buffer: FloatBuffer): number[] {
  return Array.from(kernels.view(buffer));
}

/** `length` numbers in [-1, 1) that floats of 32 bits hold exactly, the same for the same seed. */
export function numbers(length: number, seed: number): number[] {
  let state = seed * 2654435761 + 12345;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 12) / 2 ** 19 - 1;
  });
}

/** A packing of sentences of the given lengths, which must fall. */
export function packingOf(kernels: Kernels, lengths: readonly number[]): Packing {
  const steps = lengths[0] ?? 0;
  const starts = [0];
  for (let t = 0; t < steps; t++) starts.push(starts[t] + lengths.filter((length) => length > t).length);
  return { steps, rows: starts[steps], starts: intsOf(kernels, starts) };
}

/** The rows of sentence i, token by token. */
export function rowsOf(kernels: Kernels, packing: Packing, lengths: readonly number[], i: number): number[] {
  const starts = kernels.viewInts(packing.starts);
  return Array.from({ length: lengths[i] }, (_, t) => starts[t] + i);
}

/** One-hots given row by row, and the distinct ids among them. */
export function oneHotsOf(
  kernels: Kernels,
  rows: readonly (readonly number[])[],
): OneHots & { readonly touched: IntBuffer } {
  const ids = rows.flat();
  const touched = [...new Set(ids)].sort((a, b) => a - b);
  const starts = [0];
  for (const row of rows) starts.push(starts[starts.length - 1] + row.length);
  return {
    starts: intsOf(kernels, starts),
    ids: intsOf(kernels, ids),
    slots: intsOf(
      kernels,
      ids.map((id) => touched.indexOf(id)),
    ),
    touched: intsOf(kernels, touched),
  };
}

/** The largest difference between two lists; infinite where one is not a number or they are not equally long. */
export function farthest(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const distances = actual.map((value, i) => Math.abs(value - expected[i]));
  return distances.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(0, ...distances);
}
