import type { FloatBuffer, IntBuffer, Kernels, Mark, OneHots } from '../kernels/kernels.js';
import { type Architecture, cellOf, directionsOf, parameterName } from './architecture.js';
import type { RecurrentLayer } from './cell.js';
import { type Gradients, takeGradients } from './gradients.js';
import type { Parameters } from './parameters.js';

/** How large a batch the working memory must hold. */
export interface Capacity {
  readonly rows: number;
  readonly steps: number;
  readonly oneHots: number;
  /** Distinct one-hots; absent where no gradients are to be held here. */
  readonly touched?: number;
}

/** What a network needs beside its weights to work on a batch: its input, the layers' states, and its own gradients if any. */
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
  readonly gradients: Gradients | undefined;
}

/** Whether a capacity is enough. */
export function holds(have: Capacity, needed: Capacity): boolean {
  return (
    needed.rows <= have.rows &&
    needed.steps <= have.steps &&
    needed.oneHots <= have.oneHots &&
    (needed.touched ?? -1) <= (have.touched ?? -1)
  );
}

/** The least capacity that holds what both hold. */
export function larger(a: Capacity, b: Capacity): Capacity {
  const touched = Math.max(a.touched ?? -1, b.touched ?? -1);
  return {
    rows: Math.max(a.rows, b.rows),
    steps: Math.max(a.steps, b.steps),
    oneHots: Math.max(a.oneHots, b.oneHots),
    ...(touched < 0 ? {} : { touched }),
  };
}

export function takeWorking(
  kernels: Kernels,
  architecture: Architecture,
  parameters: Parameters,
  gradientOf: (name: string) => FloatBuffer,
  capacity: Capacity,
): Working {
  const before = kernels.mark();
  const working = {
    before,
    capacity,
    starts: kernels.ints(capacity.steps + 1),
    oneHots: {
      starts: kernels.ints(capacity.rows + 1),
      ids: kernels.ints(capacity.oneHots),
      slots: kernels.ints(capacity.oneHots),
    },
    gold: kernels.ints(capacity.rows),
    layers: takeLayers(kernels, architecture, parameters, gradientOf, capacity.rows),
    scores: kernels.floats(capacity.rows * parameters.get('c').length),
    gradients: capacity.touched === undefined ? undefined : takeGradients(kernels, parameters.shapes, capacity.touched),
  };
  return { ...working, after: kernels.mark() };
}

function takeLayers(
  kernels: Kernels,
  architecture: Architecture,
  parameters: Parameters,
  gradientOf: (name: string) => FloatBuffer,
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
        (short) => gradientOf(parameterName(short, layer, direction)),
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
