import type { FloatArray, Kernels } from '../kernels/kernels.js';
import type { Architecture } from './architecture.js';
import type { Parameters } from './parameters.js';

export const INITIALISATIONS = ['uniform', 'orthogonal'] as const;
export type Initialisation = (typeof INITIALISATIONS)[number];

/** Draws a number in [0, 1). */
export type Random = () => number;

/**
 * Gives every weight its start: uniform in ±1/√H; with `orthogonal` the recurrent matrices W (one block a gate) are
 * random orthogonal ones instead, which keep the length of what they multiply (Saxe et al. 2014). Column tables of the input
 * have another standard deviation where one is given; one that is added to the emissions keeps its zeros.
 */
export function initialise(
  parameters: Parameters,
  architecture: Architecture,
  initialisation: Initialisation,
  kernels: Kernels,
  random: Random,
  tableDeviation = 0,
): void {
  const { hidden } = architecture;
  const bound = 1 / Math.sqrt(hidden);
  // the numbers of ±a have the deviation a/√3
  const tableBound = tableDeviation > 0 ? tableDeviation * Math.sqrt(3) : bound;
  parameters.shapes.tables.forEach(({ wide }, i) => {
    if (!wide) fillUniform(kernels.view(parameters.tables[i]), tableBound, random);
  });
  for (const { name, columns } of parameters.shapes.dense) {
    const weights = kernels.view(parameters.get(name));
    fillUniform(weights, bound, random);
    if (initialisation === 'orthogonal' && name.startsWith('W')) orthogonalise(weights, hidden, columns, random);
  }
}

function fillUniform(weights: FloatArray, bound: number, random: Random): void {
  for (let i = 0; i < weights.length; i++) weights[i] = bound * (2 * random() - 1);
}

/** Makes each [H,H] block of an [H, gates × H] matrix orthogonal. */
function orthogonalise(weights: FloatArray, hidden: number, columns: number, random: Random): void {
  for (let first = 0; first < columns; first += hidden) {
    const rows = orthogonal(hidden, random);
    rows.forEach((row, r) => {
      weights.set(row, r * columns + first);
    });
  }
}

/** H orthonormal rows: random directions by Gram–Schmidt, each projected out twice for accuracy. */
function orthogonal(hidden: number, random: Random): Float64Array[] {
  const rows: Float64Array[] = [];
  while (rows.length < hidden) {
    const row = Float64Array.from({ length: hidden }, () => bell(random));
    for (const other of [...rows, ...rows]) {
      const along = dot(row, other);
      for (let i = 0; i < hidden; i++) row[i] -= along * other[i];
    }
    const norm = Math.sqrt(dot(row, row));
    if (norm > 1e-6) rows.push(row.map((value) => value / norm));
  }
  return rows;
}

/** Nearly normal, and the same on every engine: a sum of twelve uniforms has variance 1 (Irwin–Hall). */
function bell(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
