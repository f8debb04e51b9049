/** The memory cell (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000). Gates in the order i f g o. */

import { sigmoids, tanhs } from './functions';
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
    stepForward(step, H, gates, cells, squashed, states);
  }
}

function stepForward(step: Step, H: i32, gates: usize, cells: usize, squashed: usize, states: usize): void {
  // [i f g o] = [σ σ tanh σ](W s(t−1) + U x(t) + b) ;  c(t) = f ⊙ c(t−1) + i ⊙ g
  for (let r = 0; r < step.count; r++) {
    const at = rowAt(0, step.row + r, H);
    squashGates(gates + 4 * at, H);
    cellForward(H, gates + 4 * at, r < step.carried ? rowAt(cells, step.previousRow + r, H) : 0, cells + at);
  }
  // s(t) = o ⊙ tanh c(t)
  const first = rowAt(0, step.row, H);
  tanhs(squashed + first, cells + first, step.count * H);
  for (let r = 0; r < step.count; r++) {
    const at = rowAt(0, step.row + r, H);
    multiply(states + at, rowAt(gates, 4 * (step.row + r) + 3, H), squashed + at, H);
  }
}

/** One row [4H] of pre-activations, in place. */
function squashGates(gates: usize, H: i32): void {
  sigmoids(gates, gates, 2 * H);
  const g = rowAt(gates, 2, H);
  tanhs(g, g, H);
  const o = rowAt(gates, 3, H);
  sigmoids(o, o, H);
}

/** One row; `before` is c(t−1), or 0 where the sentence begins. */
function cellForward(H: i32, gates: usize, before: usize, cells: usize): void {
  const gate: usize = (<usize>H) << 2;
  const whole = gate & ~15;
  for (let at: usize = 0; at < whole; at += 16) CellLanes.forward(at, 4, gate, gates, before, cells);
  if (whole < gate) CellLanes.forward(whole, H & 3, gate, gates, before, cells);
}

/** out = a ⊙ b */
function multiply(out: usize, a: usize, b: usize, n: i32): void {
  for (; n >= 4; n -= 4, out += 16, a += 16, b += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
  if (n > 0) store4(out, f32x4.mul(load4(a, n), load4(b, n)), n);
}

/** The gates become d(pre-activations); dStates as in elmanBackward; dCells [R,H] is written; dW [H,4H] accumulates, unless it is 0. */
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
  if (dW !== 0) recurrence.weightGradient(dW, states, gates);
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
  const whole = gate & ~15;
  for (let at: usize = 0; at < whole; at += 16) {
    CellLanes.backward(at, 4, gate, gates, before, squashed, dStates, dCells, dBefore);
  }
  if (whole < gate) CellLanes.backward(whole, H & 3, gate, gates, before, squashed, dStates, dCells, dBefore);
}

/**
 * The n ≤ 4 floats of a row that begin at byte `at`, inlined, so that whole vectors ask for no number of lanes. Methods, since
 * TypeScript has no decorators of functions.
 */
class CellLanes {
  @inline
  static forward(at: usize, n: i32, gate: usize, gates: usize, before: usize, cells: usize): void {
    const i = gates + at;
    let c = f32x4.mul(load4(i, n), load4(i + 2 * gate, n));
    if (before !== 0) c = f32x4.add(f32x4.mul(load4(i + gate, n), load4(before + at, n)), c);
    store4(cells + at, c, n);
  }

  @inline
  static backward(
    at: usize,
    n: i32,
    gate: usize,
    gates: usize,
    before: usize,
    squashed: usize,
    dStates: usize,
    dCells: usize,
    dBefore: usize,
  ): void {
    const one = f32x4.splat(1);
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
