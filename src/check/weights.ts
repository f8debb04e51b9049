import { DataError } from '../errors.js';
import type { Parameters } from '../network/parameters.js';
import type { ReferenceWeight } from './reference_file.js';
import { type Tensor, transposed } from './tensor.js';

/**
 * The weights of a reference file, or their gradients, by name: its matrices are [outputs × inputs], those of the kernels
 * have one row for each input.
 *
 * @param member of the file that holds them, for the error
 * @throws DataError where one is missing, unknown or misshapen
 */
export function weightsInOurLayout(
  weights: Readonly<Record<string, ReferenceWeight>>,
  parameters: Parameters,
  member: string,
  source: string,
): Map<string, Tensor> {
  const given = new Map(Object.entries(weights));
  const converted = new Map<string, Tensor>();
  for (const { name, rows, columns } of parameters.all) {
    const at = { source };
    const weight = given.get(name);
    if (weight === undefined) throw new DataError(`${member}.${name}: missing`, { at });
    const values = isMatrix(weight) ? transposedMatrix(weight, rows, columns) : row(weight, rows, columns);
    if (values === undefined) {
      const expected = rows === 1 ? `${columns} numbers` : `a matrix of ${columns} × ${rows} numbers`;
      throw new DataError(`${member}.${name}: expected ${expected}`, { at });
    }
    converted.set(name, { shape: [rows, columns], values });
    given.delete(name);
  }
  for (const unknown of given.keys()) {
    throw new DataError(`${member}.${unknown}: the network has no such parameter`, { at: { source } });
  }
  return converted;
}

function isMatrix(weight: ReferenceWeight): weight is number[][] {
  return Array.isArray(weight[0]);
}

function transposedMatrix(matrix: number[][], rows: number, columns: number): ArrayLike<number> | undefined {
  if (matrix.length !== columns || matrix.some((values) => values.length !== rows)) return undefined;
  return transposed(matrix.flat(), columns, rows);
}

function row(values: number[], rows: number, columns: number): ArrayLike<number> | undefined {
  return rows === 1 && values.length === columns ? values : undefined;
}
