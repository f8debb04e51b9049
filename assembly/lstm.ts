/** The memory cell (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000). Gates in the order i f g o. */

import { sigmoid4, tanh4 } from './functions';
import { add4, load4, store4 } from './lanes';
import { Recurrence, rowAt } from './recurrence';
import { Step } from './steps';

/** gates [R,4H]: pre-activations U x + b in, gates out; cells, squashed and states [R,H] are written; W [H,4H]. */
export function lstmForward(
  starts: usize,
  T: i32,
  backward: bool,
  H: i32,
  W: usize,
  gates: usize,
  cells: usize,
  squashed: usize,
  states: usize,
  scratch: usize,
): void {
  const recurrence = changetype<Recurrence>(scratch);
  recurrence.begin(starts, T, backward, 0, H, 4 * H);
  recurrence.packForward(W);
  for (let i = 0; i < T; i++) {
    const step = recurrence.step(i);
    recurrence.carry(step, gates, states);
    for (let r = 0; r < step.count; r++) {
      const at = rowAt(0, step.row + r, H);
      const before = r < step.carried ? rowAt(cells, step.previousRow + r, H) : 0;
      cellForward(H, gates + 4 * at, before, cells + at, squashed + at, states + at);
    }
  }
}

/** One row; `before` is c(t−1), or 0 where the sentence begins. */
function cellForward(H: i32, gates: usize, before: usize, cells: usize, squashed: usize, states: usize): void {
  const gate: usize = (<usize>H) << 2;
  for (let h = 0; h < H; h += 4) {
    const n = H - h;
    const at = (<usize>h) << 2;
    // [i f g o] = [σ σ tanh σ](W s(t−1) + U x(t) + b)
    const i = sigmoid4(load4(gates + at, n));
    const f = sigmoid4(load4(gates + gate + at, n));
    const g = tanh4(load4(gates + 2 * gate + at, n));
    const o = sigmoid4(load4(gates + 3 * gate + at, n));
    store4(gates + at, i, n);
    store4(gates + gate + at, f, n);
    store4(gates + 2 * gate + at, g, n);
    store4(gates + 3 * gate + at, o, n);
    // c(t) = f ⊙ c(t−1) + i ⊙ g ;  s(t) = o ⊙ tanh c(t)
    let c = f32x4.mul(i, g);
    if (before !== 0) c = f32x4.add(f32x4.mul(f, load4(before + at, n)), c);
    const squash = tanh4(c);
    store4(cells + at, c, n);
    store4(squashed + at, squash, n);
    store4(states + at, f32x4.mul(o, squash), n);
  }
}

/** The gates become d(pre-activations); dStates as in elmanBackward; dCells [R,H] is written; dW [H,4H] accumulates. */
export function lstmBackward(
  starts: usize,
  T: i32,
  backward: bool,
  bpttSteps: i32,
  H: i32,
  W: usize,
  gates: usize,
  cells: usize,
  squashed: usize,
  states: usize,
  dStates: usize,
  dCells: usize,
  dW: usize,
  scratch: usize,
): void {
  const recurrence = changetype<Recurrence>(scratch);
  recurrence.begin(starts, T, backward, bpttSteps, H, 4 * H);
  recurrence.packBackward(W);
  memory.fill(dCells, 0, rowAt(0, recurrence.rows(starts), H));
  for (let i = T - 1; i >= 0; i--) {
    const step = recurrence.step(i);
    stepBackward(step, H, gates, cells, squashed, dStates, dCells);
    recurrence.carryBack(step, dStates, gates);
  }
  recurrence.weightGradient(dW, states, gates);
}

function stepBackward(
  step: Step,
  H: i32,
  gates: usize,
  cells: usize,
  squashed: usize,
  dStates: usize,
  dCells: usize,
): void {
  for (let r = 0; r < step.count; r++) {
    const at = rowAt(0, step.row + r, H);
    const carried = r < step.carried;
    const previous = rowAt(0, step.previousRow + r, H);
    const before = carried ? cells + previous : 0;
    const dBefore = carried && !step.cut ? dCells + previous : 0;
    cellBackward(H, gates + 4 * at, before, squashed + at, dStates + at, dCells + at, dBefore);
  }
}

/** One row; `before` is c(t−1) and `dBefore` dL/dc(t−1), 0 where the sentence begins or the gradient ends. */
function cellBackward(
  H: i32,
  gates: usize,
  before: usize,
  squashed: usize,
  dStates: usize,
  dCells: usize,
  dBefore: usize,
): void {
  const gate: usize = (<usize>H) << 2;
  const one = f32x4.splat(1);
  for (let h = 0; h < H; h += 4) {
    const n = H - h;
    const at = (<usize>h) << 2;
    const i = load4(gates + at, n);
    const f = load4(gates + gate + at, n);
    const g = load4(gates + 2 * gate + at, n);
    const o = load4(gates + 3 * gate + at, n);
    const squash = load4(squashed + at, n);
    const dS = load4(dStates + at, n);
    // dL/dc(t) = dL/ds(t) ⊙ o ⊙ (1 − tanh² c(t)) + dL/dc(t+1) ⊙ f(t+1)
    const slope = f32x4.sub(one, f32x4.mul(squash, squash));
    const dC = f32x4.add(load4(dCells + at, n), f32x4.mul(f32x4.mul(dS, o), slope));
    store4(dCells + at, dC, n);
    if (dBefore !== 0) add4(dBefore + at, f32x4.mul(dC, f), n);
    const cell = before !== 0 ? load4(before + at, n) : f32x4.splat(0);
    // δ = [dc ⊙ g ⊙ i(1−i), dc ⊙ c(t−1) ⊙ f(1−f), dc ⊙ i ⊙ (1−g²), ds ⊙ tanh c ⊙ o(1−o)]
    store4(gates + at, f32x4.mul(f32x4.mul(dC, g), f32x4.mul(i, f32x4.sub(one, i))), n);
    store4(gates + gate + at, f32x4.mul(f32x4.mul(dC, cell), f32x4.mul(f, f32x4.sub(one, f))), n);
    store4(gates + 2 * gate + at, f32x4.mul(f32x4.mul(dC, i), f32x4.sub(one, f32x4.mul(g, g))), n);
    store4(gates + 3 * gate + at, f32x4.mul(f32x4.mul(dS, squash), f32x4.mul(o, f32x4.sub(one, o))), n);
  }
}
