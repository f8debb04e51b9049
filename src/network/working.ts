import type { Batch, TrainingBatch } from '../encode/batch.js';
import type { FloatBuffer, IntBuffer, Kernels, Mark, OneHots } from '../kernels/kernels.js';
import { type Architecture, cellOf, directionsOf, parameterName } from './architecture.js';
import type { RecurrentLayer } from './cell.js';
import { flatLength, named, type Parameters, partsByName } from './parameters.js';

/** How large a batch the working memory must hold. */
export interface Capacity {
  readonly rows: number;
  readonly steps: number;
  readonly oneHots: number;
  readonly touched: number;
}

/** What a network needs beside its weights to work on a batch: its input, the layers' states, and gradients. */
export interface Working {
  /** The kernels' memory before and after this was taken. */
  readonly before: Mark;
  readonly after: Mark;
  readonly capacity: Capacity;
  /** Shape [T+1]. */
  readonly starts: IntBuffer;
  readonly oneHots: OneHots;
  /** Shape [R]. */
  readonly gold: IntBuffer;
  /** [layer][direction] */
  readonly layers: readonly (readonly RecurrentLayer[])[];
  /** Logits, then probabilities, then dL/dlogits; shape [R,K]. */
  readonly scores: FloatBuffer;
  /** Gradients of the dense parameters, as one buffer and by name. */
  readonly dDense: FloatBuffer;
  readonly dNamed: ReadonlyMap<string, FloatBuffer>;
  /** Gradients of the touched rows of each table; shape [M,C]. */
  readonly dTables: readonly FloatBuffer[];
}

export function capacityOf(batch: Batch | TrainingBatch): Capacity {
  const touched = 'touched' in batch ? batch.touched.length : 0;
  return { rows: batch.rows, steps: batch.steps, oneHots: batch.ids.length, touched };
}

/** Whether a capacity is enough. */
export function holds(have: Capacity, needed: Capacity): boolean {
  return (
    needed.rows <= have.rows &&
    needed.steps <= have.steps &&
    needed.oneHots <= have.oneHots &&
    needed.touched <= have.touched
  );
}

/** The least capacity that holds what both hold. */
export function larger(a: Capacity, b: Capacity): Capacity {
  return {
    rows: Math.max(a.rows, b.rows),
    steps: Math.max(a.steps, b.steps),
    oneHots: Math.max(a.oneHots, b.oneHots),
    touched: Math.max(a.touched, b.touched),
  };
}

export function takeWorking(
  kernels: Kernels,
  architecture: Architecture,
  parameters: Parameters,
  capacity: Capacity,
): Working {
  const before = kernels.mark();
  const dDense = kernels.floats(flatLength(parameters.shapes.dense));
  const dNamed = partsByName(dDense, parameters.shapes.dense);
  const working = {
    before,
    capacity,
    starts: kernels.ints(capacity.steps + 1),
    oneHots: {
      starts: kernels.ints(capacity.rows + 1),
      ids: kernels.ints(capacity.oneHots),
      slots: kernels.ints(capacity.oneHots),
      touched: kernels.ints(capacity.touched),
    },
    gold: kernels.ints(capacity.rows),
    layers: takeLayers(kernels, architecture, parameters, dNamed, capacity.rows),
    scores: kernels.floats(capacity.rows * parameters.get('c').length),
    dDense,
    dNamed,
    dTables: parameters.shapes.tables.map(({ columns }) => kernels.floats(capacity.touched * columns)),
  };
  return { ...working, after: kernels.mark() };
}

function takeLayers(
  kernels: Kernels,
  architecture: Architecture,
  parameters: Parameters,
  dNamed: ReadonlyMap<string, FloatBuffer>,
  rows: number,
): RecurrentLayer[][] {
  const cell = cellOf(architecture);
  return Array.from({ length: architecture.layers }, (_, layer) =>
    directionsOf(architecture).map((direction) =>
      cell.layer(
        kernels,
        architecture.hidden,
        rows,
        (short) => parameters.get(parameterName(short, layer, direction)),
        (short) => named(dNamed, parameterName(short, layer, direction)),
      ),
    ),
  );
}

/** Throws Error if something else was allocated since: giving back would hand its memory out a second time. */
export function releaseWorking(kernels: Kernels, { before, after }: Working): void {
  const top = kernels.mark();
  if (top.floats !== after.floats || top.ints !== after.ints) {
    throw new Error('the working memory of a network must be the last thing allocated');
  }
  kernels.release(before);
}
