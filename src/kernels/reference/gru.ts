import type { FloatArray } from '../kernels.js';
import { columnSumsAdd, multiplyAdd, multiplyTransposedAdd, outerAdd } from './matrix.js';
import { sigmoid } from './sigmoid.js';
import type { Step } from './steps.js';

/** The arrays behind the contract's GruBuffers. */
export interface GruArrays {
  readonly gates: FloatArray;
  readonly recurrent: FloatArray;
  readonly states: FloatArray;
}

/** The gated recurrent unit (Cho et al. 2014), the reset gate applied after the recurrent product, as cuDNN does. */
export function gruForward(
  steps: readonly Step[],
  H: number,
  W: FloatArray,
  bh: FloatArray,
  { gates, recurrent, states }: GruArrays,
): void {
  for (const { row, count, previousRow, carried } of steps) {
    // q = W s(t−1) + bh
    for (let r = row; r < row + count; r++) recurrent.set(bh, r * 3 * H);
    multiplyAdd(recurrent, row * 3 * H, states, previousRow * H, W, carried, H, 3 * H);
    for (let i = 0; i < count; i++) {
      const gate = (row + i) * 3 * H;
      const here = (row + i) * H;
      const before = (previousRow + i) * H;
      for (let h = 0; h < H; h++) {
        // r, z = σ(U x + b + q) ;  n = tanh(U x + b + r ⊙ q) ;  s(t) = (1 − z) ⊙ n + z ⊙ s(t−1)
        const r = sigmoid(gates[gate + h] + recurrent[gate + h]);
        const z = sigmoid(gates[gate + H + h] + recurrent[gate + H + h]);
        const n = Math.tanh(gates[gate + 2 * H + h] + r * recurrent[gate + 2 * H + h]);
        gates[gate + h] = r;
        gates[gate + H + h] = z;
        gates[gate + 2 * H + h] = n;
        states[here + h] = (1 - z) * n + (i < carried ? z * states[before + h] : 0);
      }
    }
  }
}

/** dStates [R,H], dW [H,3H] and dbh [3H] as the contract says; gates and recurrent become their gradients. */
export function gruBackward(
  steps: readonly Step[],
  H: number,
  W: FloatArray,
  arrays: GruArrays,
  dStates: FloatArray,
  dW?: FloatArray,
  dbh?: FloatArray,
): void {
  const { recurrent, states } = arrays;
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    gruStepBackward(step, H, arrays, dStates);
    const { row, previousRow, carried, cut } = step;
    // dL/ds(t−1) += Wᵀ dq ;  dL/dW += dq s(t−1)ᵀ
    if (!cut) multiplyTransposedAdd(dStates, previousRow * H, recurrent, row * 3 * H, W, carried, 3 * H, H);
    if (dW) outerAdd(dW, states, previousRow * H, recurrent, row * 3 * H, carried, H, 3 * H);
  }
  const rows = steps.reduce((sum, { count }) => sum + count, 0);
  if (dbh) columnSumsAdd(dbh, recurrent, rows, 3 * H);
}

function gruStepBackward(step: Step, H: number, { gates, recurrent, states }: GruArrays, dStates: FloatArray): void {
  const { row, count, previousRow, carried, cut } = step;
  for (let i = 0; i < count; i++) {
    const gate = (row + i) * 3 * H;
    const here = (row + i) * H;
    const before = (previousRow + i) * H;
    const continues = i < carried;
    for (let h = 0; h < H; h++) {
      const r = gates[gate + h];
      const z = gates[gate + H + h];
      const n = gates[gate + 2 * H + h];
      const dS = dStates[here + h];
      if (continues && !cut) dStates[before + h] += dS * z;
      const dN = dS * (1 - z) * (1 - n * n);
      const dR = dN * recurrent[gate + 2 * H + h] * r * (1 - r);
      const dZ = dS * ((continues ? states[before + h] : 0) - n) * z * (1 - z);
      gates[gate + h] = dR;
      gates[gate + H + h] = dZ;
      gates[gate + 2 * H + h] = dN;
      recurrent[gate + h] = dR;
      recurrent[gate + H + h] = dZ;
      recurrent[gate + 2 * H + h] = dN * r;
    }
  }
}
