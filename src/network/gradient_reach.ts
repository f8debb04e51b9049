import type { TrainingBatch } from '../encode/batch.js';
import { type Direction, type FloatBuffer, type Kernels, part } from '../kernels/kernels.js';
import { type Architecture, directionsOf } from './architecture.js';
import type { Network } from './network.js';

/** How strongly the loss of the last token depends on every state of a layer in one direction. */
export interface LayerReach {
  /** From 0. */
  readonly layer: number;
  readonly direction: Direction;
  /** ‖dL(T)/ds(k)‖ in text order; shape [T]. */
  readonly stateGradientNorms: readonly number[];
  /** ‖dL(T)/dc(k)‖ of a memory cell; shape [T]. */
  readonly cellGradientNorms?: readonly number[];
}

export interface GradientReach {
  /** L(T) = −log y(T)[tag] */
  readonly loss: number;
  readonly layers: readonly LayerReach[];
}

/**
 * How far the loss of the last token reaches back: the Euclidean norms of its gradients with respect to the hidden states
 * (and the memory cells) at every token k, everything that follows from them included. They shrink or grow with T − k as
 * products of Jacobians do (Bengio, Simard & Frasconi 1994).
 *
 * @param batch of one sentence
 * @param tag gold tag id of the last token
 */
export function gradientReach(
  network: Network,
  architecture: Architecture,
  kernels: Kernels,
  batch: TrainingBatch,
  tag: number,
): GradientReach {
  if (batch.order.length !== 1) throw new RangeError(`gradient reach is of one sentence, not of ${batch.order.length}`);
  const gold = new Int32Array(batch.rows).fill(-1);
  gold[batch.rows - 1] = tag;
  network.load(batch);
  network.forward();
  const loss = network.loss(gold);
  network.backward();

  const norms = (gradients: FloatBuffer): number[] => rowNorms(kernels, gradients, batch.rows, architecture.hidden);
  const layers: LayerReach[] = [];
  for (let layer = 0; layer < architecture.layers; layer++) {
    directionsOf(architecture).forEach((direction, d) => {
      const { dStates, dCells } = network.layer(layer, d).memory;
      const reach = { layer, direction, stateGradientNorms: norms(dStates) };
      layers.push(dCells === undefined ? reach : { ...reach, cellGradientNorms: norms(dCells) });
    });
  }
  return { loss, layers };
}

function rowNorms(kernels: Kernels, buffer: FloatBuffer, rows: number, width: number): number[] {
  return Array.from({ length: rows }, (_, r) => Math.sqrt(kernels.squaredNorm(part(buffer, r * width, width))));
}
