import type { Activation, FloatArray } from '../kernels.js';
import { multiplyAdd, multiplyTransposedAdd, outerAdd } from './matrix.js';
import { sigmoid } from './sigmoid.js';
import type { Step } from './steps.js';

/** The simple recurrent network (Elman 1990). `states` [R,H]: pre-activations U x + b in, s out. */
export function elmanForward(
  steps: readonly Step[],
  H: number,
  activation: Activation,
  W: FloatArray,
  states: FloatArray,
): void {
  for (const { row, count, previousRow, carried } of steps) {
    // s(t) = g(W s(t−1) + U x(t) + b)
    multiplyAdd(states, row * H, states, previousRow * H, W, carried, H, H);
    activate(activation, states, row * H, (row + count) * H);
  }
}

/** dStates, dPre [R,H] and dW [H,H] as the contract says. */
export function elmanBackward(
  steps: readonly Step[],
  H: number,
  activation: Activation,
  W: FloatArray,
  states: FloatArray,
  dStates: FloatArray,
  dPre: FloatArray,
  dW?: FloatArray,
): void {
  for (let i = steps.length - 1; i >= 0; i--) {
    const { row, count, previousRow, carried, cut } = steps[i];
    // δ(t) = dL/ds(t) ⊙ g′
    for (let j = row * H; j < (row + count) * H; j++) dPre[j] = dStates[j] * derivative(activation, states[j]);
    // dL/ds(t−1) += Wᵀ δ(t)
    if (!cut) multiplyTransposedAdd(dStates, previousRow * H, dPre, row * H, W, carried, H, H);
    // dL/dW += δ(t) s(t−1)ᵀ
    if (dW) outerAdd(dW, states, previousRow * H, dPre, row * H, carried, H, H);
  }
}

function activate(activation: Activation, x: FloatArray, start: number, end: number): void {
  switch (activation) {
    case 'sigmoid':
      for (let j = start; j < end; j++) x[j] = sigmoid(x[j]);
      break;
    case 'tanh':
      for (let j = start; j < end; j++) x[j] = Math.tanh(x[j]);
      break;
    case 'relu':
      // Not max(0, x), which would hide a state that is no longer a number behind a comparison.
      for (let j = start; j < end; j++) if (x[j] < 0) x[j] = 0;
      break;
  }
}

/** g′ in terms of s = g(z): s(1−s), 1−s², and 1 where s > 0. */
function derivative(activation: Activation, s: number): number {
  switch (activation) {
    case 'sigmoid':
      return s * (1 - s);
    case 'tanh':
      return 1 - s * s;
    case 'relu':
      return s > 0 ? 1 : 0;
  }
}
