import { type FloatBuffer, type IntBuffer, type Kernels, part } from '../kernels/kernels.js';
import { flatLength, type ParameterShape, type ParameterShapes, tablesOf } from './parameters.js';

/** Gradients of the rows of column tables that a batch touched. */
export interface TouchedRows {
  /** The rows, ascending, struck ones as ~id (see `Kernels.matchColumns`); shape [M]. */
  readonly touched: IntBuffer;
  /** Their gradients; shape [M,C] a table. */
  readonly tables: readonly FloatBuffer[];
}

/** The gradients of a batch; as memory for them, all buffers may be longer than a batch needs. Its rows are those of the input. */
export interface Gradients extends TouchedRows {
  /** Of all dense parameters, laid out like them. */
  readonly dense: FloatBuffer;
  /** Of the table that is added to the emissions, where there is one. */
  readonly wide?: TouchedRows;
}

/** Memory for the gradients of batches that touch up to `touched` rows of the input's tables and `wideTouched` of the wide one. */
export function takeGradients(kernels: Kernels, shapes: ParameterShapes, touched: number, wideTouched = 0): Gradients {
  const take = (tables: readonly ParameterShape[], count: number): TouchedRows => ({
    touched: kernels.ints(count),
    tables: tables.map(({ columns }) => kernels.floats(count * columns)),
  });
  const wide = tablesOf(shapes, 'wide');
  const gradients = { dense: kernels.floats(flatLength(shapes.dense)), ...take(tablesOf(shapes, 'input'), touched) };
  return wide.length === 0 ? gradients : { ...gradients, wide: take(wide, wideTouched) };
}

/** `count` of the rows of some tables, from `first` on. */
export function rowsPart(
  { touched, tables }: TouchedRows,
  shapes: readonly ParameterShape[],
  first: number,
  count: number,
): TouchedRows {
  return {
    touched: part(touched, first, count),
    tables: tables.map((table, i) => part(table, first * shapes[i].columns, count * shapes[i].columns)),
  };
}

/** The touched rows and their gradients of every table, in the order of the parameters. */
export function rowsByTable({
  touched,
  tables,
  wide,
}: Omit<Gradients, 'dense'>): { touched: IntBuffer; gradient: FloatBuffer }[] {
  const input = tables.map((gradient) => ({ touched, gradient }));
  return wide === undefined ? input : [...input, ...rowsByTable(wide)];
}
