import { type FloatBuffer, type Kernels, part } from '../kernels/kernels.js';

/** A weight matrix by name, one row for each input; a bias is a matrix of one row. */
export interface ParameterShape {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

export interface TableShape extends ParameterShape {
  /** Whether its rows are added to the emissions, picked by one-hots of their own; else the first layer reads them. */
  readonly wide?: boolean;
}

/** The parameters of a network: column tables (U of the one-hots), which a step touches in few rows, and dense ones. */
export interface ParameterShapes {
  readonly tables: readonly TableShape[];
  readonly dense: readonly ParameterShape[];
}

/** How many weights a parameter has. */
export function weightCount({ rows, columns }: ParameterShape): number {
  return rows * columns;
}

/** The tables that the first layer reads, or those that are added to the emissions. */
export function tablesOf({ tables }: ParameterShapes, use: 'input' | 'wide'): TableShape[] {
  return tables.filter(({ wide = false }) => wide === (use === 'wide'));
}

/** Dense parameters begin at multiples of this many floats, so that vector loads never straddle two of them. */
const ALIGNMENT = 16;

/** Floats of the flat buffer that holds all the given parameters. */
export function flatLength(shapes: readonly ParameterShape[]): number {
  return shapes.reduce((sum, shape) => sum + aligned(weightCount(shape)), 0);
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

/** Cuts a flat buffer into the parameters that it holds. */
export function partsByName(flat: FloatBuffer, shapes: readonly ParameterShape[]): Map<string, FloatBuffer> {
  const parts = new Map<string, FloatBuffer>();
  let offset = 0;
  for (const shape of shapes) {
    parts.set(shape.name, part(flat, offset, weightCount(shape)));
    offset += aligned(weightCount(shape));
  }
  return parts;
}

/** Where the weights of a network lie: a buffer for each table, and one for all dense parameters. */
export interface Weights {
  readonly tables: readonly FloatBuffer[];
  readonly dense: FloatBuffer;
}

function takeWeights(shapes: ParameterShapes, kernels: Kernels): Weights {
  return {
    tables: shapes.tables.map((shape) => kernels.floats(weightCount(shape))),
    dense: kernels.floats(flatLength(shapes.dense)),
  };
}

/** The weights of a network in the kernels' memory. */
export class Parameters implements Weights {
  /** One buffer a table, in the order of the shapes. */
  readonly tables: readonly FloatBuffer[];
  /** All dense parameters as one buffer. */
  readonly dense: FloatBuffer;
  private readonly named: Map<string, FloatBuffer>;

  /** Zeros in new memory, or, where given, the weights that another thread has in the same memory. */
  constructor(
    readonly shapes: ParameterShapes,
    kernels: Kernels,
    weights: Weights = takeWeights(shapes, kernels),
  ) {
    this.tables = weights.tables;
    this.dense = weights.dense;
    this.named = partsByName(this.dense, shapes.dense);
    shapes.tables.forEach((shape, i) => {
      this.named.set(shape.name, this.tables[i]);
    });
  }

  /** The buffer of a parameter. Throws RangeError for a name that the network has not. */
  get(name: string): FloatBuffer {
    return named(this.named, name);
  }

  /** Every parameter's shape, tables first. */
  get all(): ParameterShape[] {
    return [...this.shapes.tables, ...this.shapes.dense];
  }
}

/** The buffer of a name. Throws RangeError where there is none. */
export function named(buffers: ReadonlyMap<string, FloatBuffer>, name: string): FloatBuffer {
  const buffer = buffers.get(name);
  if (buffer === undefined) throw new RangeError(`no parameter is called ${name}`);
  return buffer;
}
