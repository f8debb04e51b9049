/** The simple recurrent network (Elman 1990): s(t) = g(W s(t−1) + U x(t) + b). */

import { relu4, sigmoids, tanhs } from './functions';
import { load4, store4 } from './lanes';
import { Recurrence, rowAt } from './recurrence';

const SIGMOID: i32 = 0;
const TANH: i32 = 1;

/** states [R,H]: pre-activations U x + b in, s out; W [H,H]. `activation` is 0 sigmoid, 1 tanh, 2 ReLU. */
export function elmanForward(
  starts: usize,
  T: i32,
  backward: bool,
  H: i32,
  activation: i32,
  W: usize,
  states: usize,
  scratch: usize,
): void {
  const recurrence = changetype<Recurrence>(scratch);
  recurrence.begin(starts, T, backward, 0, H, H);
  recurrence.packForward(W);
  for (let i = 0; i < T; i++) {
    const step = recurrence.step(i);
    recurrence.carry(step, states, states);
    activate(activation, rowAt(states, step.row, H), step.count * H);
  }
}

/** dStates [R,H]: dL/ds of the layers above in, of all that follows out. dPre [R,H] is written, dW [H,H] accumulates unless it is 0. */
export function elmanBackward(
  starts: usize,
  T: i32,
  backward: bool,
  bpttSteps: i32,
  H: i32,
  activation: i32,
  W: usize,
  states: usize,
  dStates: usize,
  dPre: usize,
  dW: usize,
  scratch: usize,
): void {
  const recurrence = changetype<Recurrence>(scratch);
  recurrence.begin(starts, T, backward, bpttSteps, H, H);
  recurrence.packBackward(W);
  for (let i = T - 1; i >= 0; i--) {
    const step = recurrence.step(i);
    const at = rowAt(0, step.row, H);
    differentiate(activation, dPre + at, dStates + at, states + at, step.count * H);
    recurrence.carryBack(step, dStates, dPre);
  }
  if (dW !== 0) recurrence.weightGradient(dW, states, dPre);
}

/** x = g(x) */
function activate(activation: i32, x: usize, n: i32): void {
  if (activation === SIGMOID) sigmoids(x, x, n);
  else if (activation === TANH) tanhs(x, x, n);
  else for (let j = 0; j < n; j += 4, x += 16) store4(x, relu4(load4(x, n - j)), n - j);
}

/** δ = dL/ds ⊙ g′ */
function differentiate(activation: i32, dPre: usize, dStates: usize, states: usize, n: i32): void {
  for (; n >= 8; n -= 8, dPre += 32, dStates += 32, states += 32) {
    const x0 = f32x4.mul(v128.load(dStates), derivative(activation, v128.load(states)));
    const x1 = f32x4.mul(v128.load(dStates, 16), derivative(activation, v128.load(states, 16)));
    v128.store(dPre, x0);
    v128.store(dPre, x1, 16);
  }
  for (; n > 0; n -= 4, dPre += 16, dStates += 16, states += 16) {
    store4(dPre, f32x4.mul(load4(dStates, n), derivative(activation, load4(states, n))), n);
  }
}

/** g′ in terms of s = g(z): s(1−s), 1−s², and 1 where s > 0. */
function derivative(activation: i32, s: v128): v128 {
  const one = f32x4.splat(1);
  if (activation === SIGMOID) return f32x4.mul(s, f32x4.sub(one, s));
  if (activation === TANH) return f32x4.sub(one, f32x4.mul(s, s));
  return v128.and(one, f32x4.gt(s, f32x4.splat(0)));
}
