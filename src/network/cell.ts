import type { FloatBuffer, Kernels, Recurrence } from '../kernels/kernels.js';
import type { ParameterShape } from './parameters.js';

/** The working memory of a recurrent layer for one batch in one direction; shapes in R rows, H units, C = gates × H. */
export interface LayerMemory {
  /** Where U x + b goes before forward; shape [R,C]. */
  readonly input: FloatBuffer;
  /** s, out of forward; shape [R,H]. */
  readonly states: FloatBuffer;
  /** dL/ds of the layers above in, of everything that follows out; shape [R,H]. */
  readonly dStates: FloatBuffer;
  /** d(U x + b), out of backward; shape [R,C]. May share memory with `input`. */
  readonly dInput: FloatBuffer;
  /** dL/dc of a memory cell, out of backward; shape [R,H]. */
  readonly dCells?: FloatBuffer;
}

/** One recurrent layer in one direction, bound to its weights, their gradients and working memory. */
export interface RecurrentLayer {
  readonly memory: LayerMemory;
  forward(recurrence: Recurrence): void;
  /** `learns`: whether the gradients of the weights are asked for as well. */
  backward(recurrence: Recurrence, learns: boolean): void;
}

/** Finds a weight of a layer, or its gradient, by its short name: `W`. */
export type WeightLookup = (name: string) => FloatBuffer;

/** A kind of recurrent unit. */
export interface Cell {
  /** Pre-activations for each hidden unit. */
  readonly gates: number;
  /** Its weights besides U and b. */
  weights(hidden: number): ParameterShape[];
  /** Floats of working memory for each row. */
  floatsPerRow(hidden: number): number;
  /** A layer with working memory for `rows` rows. */
  layer(kernels: Kernels, hidden: number, rows: number, weights: WeightLookup, gradients: WeightLookup): RecurrentLayer;
}
