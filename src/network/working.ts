import type { FloatBuffer, IntBuffer, Kernels, Mark, OneHots } from '../kernels/kernels.js';
import { type Architecture, cellOf, directionsOf, outputLayerOf, parameterName } from './architecture.js';
import type { RecurrentLayer } from './cell.js';
import { type Gradients, takeGradients } from './gradients.js';
import type { OutputLayer } from './output.js';
import type { Parameters } from './parameters.js';
import type { TagRules } from './rules.js';

/** How large a batch the working memory must hold. */
export interface Capacity {
  readonly rows: number;
  readonly steps: number;
  readonly oneHots: number;
  /** Distinct one-hots; absent where no gradients are to be held here. */
  readonly touched?: number;
  /** One-hots of the wide table, and the distinct ones among them. */
  readonly wide?: { readonly oneHots: number; readonly touched?: number };
  /** Whether states are dropped. */
  readonly dropsStates?: boolean;
}

/** What a network needs beside its weights to work on a batch: its input, the layers' states, and its own gradients if any. */
export interface Working {
  /** The kernels' memory before and after this was taken. */
  readonly before: Mark;
  readonly after: Mark;
  readonly capacity: Capacity;
  /** Shape [T+1]. */
  readonly starts: IntBuffer;
  readonly oneHots: OneHotMemory;
  readonly wide: OneHotMemory;
  /** Sums of columns and their gradients, shape [R,D]; empty where the first layer's U is a table. */
  readonly x: FloatBuffer;
  readonly dx: FloatBuffer;
  /** Shape [R]. */
  readonly rowKeys: IntBuffer;
  /** Shape [R]. */
  readonly gold: IntBuffer;
  /** The tags that were found; shape [R]. */
  readonly best: IntBuffer;
  /** [layer][direction] */
  readonly layers: readonly (readonly RecurrentLayer[])[];
  /** The states of every layer and direction after dropout, shape [R,H]; empty where none are dropped. */
  readonly dropped: readonly (readonly FloatBuffer[])[];
  readonly output: OutputLayer;
  /** Logits, then probabilities, then dL/dlogits; shape [R,K]. */
  readonly scores: FloatBuffer;
  readonly gradients: Gradients | undefined;
}

/** Memory for the one-hots of a batch; what a batch has no weights for is not read. */
export type OneHotMemory = Required<OneHots>;

/** Whether a capacity is enough. */
export function holds(have: Capacity, needed: Capacity): boolean {
  const [most, least] = [numbersOf(have), numbersOf(needed)];
  return least.every((number, i) => number <= most[i]);
}

/** The least capacity that holds what both hold. */
export function larger(a: Capacity, b: Capacity): Capacity {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  const numbers = first.map((number, i) => Math.max(number, second[i]));
  const [rows, steps, oneHots, touched, wideOneHots, wideTouched, dropsStates] = numbers;
  return {
    rows,
    steps,
    oneHots,
    ...(touched < 0 ? {} : { touched }),
    wide: { oneHots: wideOneHots, ...(wideTouched < 0 ? {} : { touched: wideTouched }) },
    dropsStates: dropsStates > 0,
  };
}

function numbersOf({ rows, steps, oneHots, touched = -1, wide, dropsStates }: Capacity): number[] {
  return [rows, steps, oneHots, touched, wide?.oneHots ?? 0, wide?.touched ?? -1, dropsStates ? 1 : 0];
}

export function takeWorking(
  kernels: Kernels,
  architecture: Architecture,
  parameters: Parameters,
  gradientOf: (name: string) => FloatBuffer,
  capacity: Capacity,
  rules?: TagRules,
): Working {
  const before = kernels.mark();
  const { rows, steps, oneHots, touched, wide, dropsStates } = capacity;
  const { columnWidth = 0 } = architecture;
  const layers = takeLayers(kernels, architecture, parameters, gradientOf, rows);
  const tags = parameters.get('c').length;
  const weightsOf = (name: string): FloatBuffer => parameters.get(name);
  const working = {
    before,
    capacity,
    starts: kernels.ints(steps + 1),
    oneHots: takeOneHots(kernels, rows, oneHots),
    wide: takeOneHots(kernels, rows, wide?.oneHots ?? 0),
    x: kernels.floats(rows * columnWidth),
    dx: kernels.floats(rows * columnWidth),
    rowKeys: kernels.ints(rows),
    gold: kernels.ints(rows),
    best: kernels.ints(rows),
    layers,
    dropped: layers.map((directions) =>
      directions.map(() => kernels.floats(dropsStates ? rows * architecture.hidden : 0)),
    ),
    output: outputLayerOf(architecture, kernels, tags, weightsOf, gradientOf, rules),
    scores: kernels.floats(rows * tags),
    gradients: touched === undefined ? undefined : takeGradients(kernels, parameters.shapes, touched, wide?.touched),
  };
  return { ...working, after: kernels.mark() };
}

export function takeOneHots(kernels: Kernels, rows: number, oneHots: number): OneHotMemory {
  return {
    starts: kernels.ints(rows + 1),
    ids: kernels.ints(oneHots),
    weights: kernels.floats(oneHots),
    slots: kernels.ints(oneHots),
  };
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
