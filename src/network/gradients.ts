import { type FloatBuffer, type IntBuffer, type Kernels, part } from '../kernels/kernels.js';
import { flatLength, type ParameterShapes } from './parameters.js';

/** The gradients of a batch; as memory for them, all buffers may be longer than a batch needs. */
export interface Gradients {
  /** Of all dense parameters, laid out like them. */
  readonly dense: FloatBuffer;
  /** The rows of the column tables that the batch touched, ascending; shape [M]. */
  readonly touched: IntBuffer;
  /** Of those rows; shape [M,C] a table. */
  readonly tables: readonly FloatBuffer[];
}

/** Memory for the gradients of batches that touch up to `touched` rows of the column tables. */
export function takeGradients(kernels: Kernels, { dense, tables }: ParameterShapes, touched: number): Gradients {
  return {
    dense: kernels.floats(flatLength(dense)),
    touched: kernels.ints(touched),
    tables: tables.map(({ columns }) => kernels.floats(touched * columns)),
  };
}

/** Gradients of `count` rows of the column tables from `first` on, of the ones that were touched. */
export function touchedPart(
  gradients: Gradients,
  { tables }: ParameterShapes,
  first: number,
  count: number,
): Gradients {
  return {
    dense: gradients.dense,
    touched: part(gradients.touched, first, count),
    tables: gradients.tables.map((table, i) => part(table, first * tables[i].columns, count * tables[i].columns)),
  };
}
