import type { Activation, Direction, FloatBuffer, Kernels } from '../../src/kernels/kernels.js';
import { floatsOf, numbers, packingOf, read } from './kernels.js';

export type Unit = 'elman sigmoid' | 'elman tanh' | 'elman relu' | 'lstm' | 'gru';

export const UNITS: readonly Unit[] = ['elman sigmoid', 'elman tanh', 'elman relu', 'lstm', 'gru'];

export interface LayerShape {
  readonly unit: Unit;
  /** Falling. */
  readonly lengths: readonly number[];
  readonly H: number;
  readonly direction: Direction;
  readonly bpttSteps: number;
  readonly seed: number;
  /** Whether the gradients of weights are asked for, as they are where this is left out. */
  readonly learns?: boolean;
}

/** What a layer wrote, buffer by buffer. */
export interface LayerRun {
  readonly forward: number[][];
  readonly backward: number[][];
}

/**
 * A recurrent layer over weights and inputs that depend on the shape alone. Given what `forward` should have left,
 * `backward` starts from that, so that a state close to 0 does not decide on which side of a ReLU's kink it is.
 */
export function runLayer(kernels: Kernels, shape: LayerShape, forwardLeft?: readonly number[][]): LayerRun {
  const { unit, lengths, H, direction, bpttSteps, seed, learns = true } = shape;
  const packing = packingOf(kernels, lengths);
  const recurrence = { packing, direction, hidden: H, bpttSteps };
  const gates = unit === 'lstm' ? 4 : unit === 'gru' ? 3 : 1;
  const input = floatsOf(kernels, numbers(packing.rows * gates * H, seed));
  const scale = 1 / Math.sqrt(H);
  const W = floatsOf(
    kernels,
    numbers(H * gates * H, seed + 1).map((x) => x * scale),
  );
  const bias = floatsOf(kernels, numbers(gates * H, seed + 2));
  const dStates = floatsOf(kernels, numbers(packing.rows * H, seed + 3));
  const dW = floatsOf(kernels, numbers(H * gates * H, seed + 4));
  const dBias = floatsOf(kernels, numbers(gates * H, seed + 5));
  const asked = (gradient: FloatBuffer): FloatBuffer | undefined => (learns ? gradient : undefined);
  const rows = (): FloatBuffer => kernels.floats(packing.rows * H);
  const pass = (forward: () => void, left: FloatBuffer[], backward: () => void, written: FloatBuffer[]): LayerRun => {
    const contents = (buffers: readonly FloatBuffer[]): number[][] => buffers.map((buffer) => read(kernels, buffer));
    forward();
    const after = contents(left);
    left.forEach((buffer, i) => {
      kernels.view(buffer).set(forwardLeft?.[i] ?? after[i]);
    });
    backward();
    return { forward: after, backward: contents(written) };
  };
  if (unit === 'lstm') {
    const buffers = { gates: input, cells: rows(), squashed: rows(), states: rows() };
    const dCells = rows();
    return pass(
      () => kernels.lstmForward(recurrence, W, buffers),
      [buffers.gates, buffers.cells, buffers.squashed, buffers.states],
      () => kernels.lstmBackward(recurrence, W, buffers, dStates, dCells, asked(dW)),
      [buffers.gates, dStates, dCells, dW],
    );
  }
  if (unit === 'gru') {
    const buffers = { gates: input, recurrent: kernels.floats(packing.rows * 3 * H), states: rows() };
    return pass(
      () => kernels.gruForward(recurrence, W, bias, buffers),
      [buffers.gates, buffers.recurrent, buffers.states],
      () => kernels.gruBackward(recurrence, W, buffers, dStates, asked(dW), asked(dBias)),
      [buffers.gates, buffers.recurrent, dStates, dW, dBias],
    );
  }
  const activation = unit.slice('elman '.length) as Activation;
  const dPre = rows();
  return pass(
    () => kernels.elmanForward(recurrence, activation, W, input),
    [input],
    () => kernels.elmanBackward(recurrence, activation, W, input, dStates, dPre, asked(dW)),
    [dStates, dPre, dW],
  );
}
