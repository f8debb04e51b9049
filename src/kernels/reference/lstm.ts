import type { FloatArray } from '../kernels.js';
import { multiplyAdd, multiplyTransposedAdd, outerAdd } from './matrix.js';
import { sigmoid } from './sigmoid.js';
import type { Step } from './steps.js';

/** The arrays behind the contract's LstmBuffers. */
export interface LstmArrays {
  readonly gates: FloatArray;
  readonly cells: FloatArray;
  readonly squashed: FloatArray;
  readonly states: FloatArray;
}

/** The memory cell (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export function lstmForward(steps: readonly Step[], H: number, W: FloatArray, arrays: LstmArrays): void {
  const { gates, cells, squashed, states } = arrays;
  for (const { row, count, previousRow, carried } of steps) {
    // [i f g o] = [σ σ tanh σ](W s(t−1) + U x(t) + b)
    multiplyAdd(gates, row * 4 * H, states, previousRow * H, W, carried, H, 4 * H);
    for (let r = 0; r < count; r++) {
      const gate = (row + r) * 4 * H;
      const here = (row + r) * H;
      const before = (previousRow + r) * H;
      for (let h = 0; h < H; h++) {
        const i = sigmoid(gates[gate + h]);
        const f = sigmoid(gates[gate + H + h]);
        const g = Math.tanh(gates[gate + 2 * H + h]);
        const o = sigmoid(gates[gate + 3 * H + h]);
        gates[gate + h] = i;
        gates[gate + H + h] = f;
        gates[gate + 2 * H + h] = g;
        gates[gate + 3 * H + h] = o;
        // c(t) = f ⊙ c(t−1) + i ⊙ g ;  s(t) = o ⊙ tanh c(t)
        cells[here + h] = f * (r < carried ? cells[before + h] : 0) + i * g;
        squashed[here + h] = Math.tanh(cells[here + h]);
        states[here + h] = o * squashed[here + h];
      }
    }
  }
}

/** dStates, dCells [R,H] and dW [H,4H] as the contract says; the gates become d(pre-activations). */
export function lstmBackward(
  steps: readonly Step[],
  H: number,
  W: FloatArray,
  arrays: LstmArrays,
  dStates: FloatArray,
  dCells: FloatArray,
  dW?: FloatArray,
): void {
  const { gates, states } = arrays;
  for (const { row, count } of steps) dCells.fill(0, row * H, (row + count) * H);
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    lstmStepBackward(step, H, arrays, dStates, dCells);
    const { row, previousRow, carried, cut } = step;
    // dL/ds(t−1) += Wᵀ δ(t) ;  dL/dW += δ(t) s(t−1)ᵀ
    if (!cut) multiplyTransposedAdd(dStates, previousRow * H, gates, row * 4 * H, W, carried, 4 * H, H);
    if (dW) outerAdd(dW, states, previousRow * H, gates, row * 4 * H, carried, H, 4 * H);
  }
}

function lstmStepBackward(step: Step, H: number, arrays: LstmArrays, dStates: FloatArray, dCells: FloatArray): void {
  const { gates, cells, squashed } = arrays;
  const { row, count, previousRow, carried, cut } = step;
  for (let r = 0; r < count; r++) {
    const gate = (row + r) * 4 * H;
    const here = (row + r) * H;
    const before = (previousRow + r) * H;
    const continues = r < carried;
    for (let h = 0; h < H; h++) {
      const i = gates[gate + h];
      const f = gates[gate + H + h];
      const g = gates[gate + 2 * H + h];
      const o = gates[gate + 3 * H + h];
      const dS = dStates[here + h];
      // dL/dc(t) = dL/ds(t) ⊙ o ⊙ (1 − tanh² c(t)) + dL/dc(t+1) ⊙ f(t+1)
      dCells[here + h] += dS * o * (1 - squashed[here + h] * squashed[here + h]);
      const dC = dCells[here + h];
      if (continues && !cut) dCells[before + h] += dC * f;
      gates[gate + h] = dC * g * i * (1 - i);
      gates[gate + H + h] = (continues ? dC * cells[before + h] : 0) * f * (1 - f);
      gates[gate + 2 * H + h] = dC * i * (1 - g * g);
      gates[gate + 3 * H + h] = dS * squashed[here + h] * o * (1 - o);
    }
  }
}
