/**
 * The gated recurrent unit (Cho et al. 2014), the reset gate applied after the recurrent product, as cuDNN does. Gates in
 * the order r z n.
 */

import { sigmoids, tanhs } from './functions';
import { add4, addRow, load4, store4 } from './lanes';
import { broadcast, columnSumsAdd } from './matrix';
import { Recurrence, rowAt } from './recurrence';
import { Step } from './steps';

/** gates [R,3H]: pre-activations U x + b in, gates out; recurrent [R,3H] and states [R,H] are written; W [H,3H], bh [3H]. */
export function gruForward(
  starts: usize,
  T: i32,
  backward: bool,
  H: i32,
  W: usize,
  bh: usize,
  gates: usize,
  recurrent: usize,
  states: usize,
  scratch: usize,
): void {
  const recurrence = changetype<Recurrence>(scratch);
  recurrence.begin(starts, T, backward, 0, H, 3 * H);
  recurrence.packForward(W);
  // q = W s(t−1) + bh
  broadcast(recurrent, bh, recurrence.rows(starts), 3 * H);
  for (let i = 0; i < T; i++) {
    const step = recurrence.step(i);
    recurrence.carry(step, recurrent, states);
    for (let r = 0; r < step.count; r++) {
      const at = rowAt(0, step.row + r, H);
      const before = r < step.carried ? rowAt(states, step.previousRow + r, H) : 0;
      unitForward(H, gates + 3 * at, recurrent + 3 * at, before, states + at);
    }
  }
}

/** One row; `before` is s(t−1), or 0 where the sentence begins. */
function unitForward(H: i32, gates: usize, recurrent: usize, before: usize, states: usize): void {
  // r, z = σ(U x + b + q) ;  n = tanh(U x + b + r ⊙ q) ;  s(t) = (1 − z) ⊙ n + z ⊙ s(t−1)
  addRow(gates, gates, recurrent, 2 * H);
  sigmoids(gates, gates, 2 * H);
  const gate: usize = (<usize>H) << 2;
  const whole = gate & ~15;
  for (let at: usize = 0; at < whole; at += 16) UnitLanes.reset(at, 4, gate, gates, recurrent);
  if (whole < gate) UnitLanes.reset(whole, H & 3, gate, gates, recurrent);
  tanhs(gates + 2 * gate, gates + 2 * gate, H);
  for (let at: usize = 0; at < whole; at += 16) UnitLanes.forward(at, 4, gate, gates, before, states);
  if (whole < gate) UnitLanes.forward(whole, H & 3, gate, gates, before, states);
}

/**
 * The gates become d(pre-activations), recurrent its gradient; dStates as in elmanBackward; dW [H,3H] and dbh [3H]
 * accumulate, unless they are 0.
 */
export function gruBackward(
  starts: usize,
  T: i32,
  backward: bool,
  bpttSteps: i32,
  H: i32,
  W: usize,
  gates: usize,
  recurrent: usize,
  states: usize,
  dStates: usize,
  dW: usize,
  dbh: usize,
  scratch: usize,
): void {
  const recurrence = changetype<Recurrence>(scratch);
  recurrence.begin(starts, T, backward, bpttSteps, H, 3 * H);
  recurrence.packBackward(W);
  for (let i = T - 1; i >= 0; i--) {
    const step = recurrence.step(i);
    stepBackward(step, H, gates, recurrent, states, dStates);
    recurrence.carryBack(step, dStates, recurrent);
  }
  if (dW !== 0) recurrence.weightGradient(dW, states, recurrent);
  if (dbh !== 0) columnSumsAdd(dbh, recurrent, recurrence.rows(starts), 3 * H);
}

function stepBackward(step: Step, H: i32, gates: usize, recurrent: usize, states: usize, dStates: usize): void {
  for (let r = 0; r < step.count; r++) {
    const at = rowAt(0, step.row + r, H);
    const carried = r < step.carried;
    const previous = rowAt(0, step.previousRow + r, H);
    const before = carried ? states + previous : 0;
    const dBefore = carried && !step.cut ? dStates + previous : 0;
    unitBackward(H, gates + 3 * at, recurrent + 3 * at, before, dStates + at, dBefore);
  }
}

/** One row; `before` is s(t−1) and `dBefore` dL/ds(t−1), 0 where the sentence begins or the gradient ends. */
function unitBackward(H: i32, gates: usize, recurrent: usize, before: usize, dStates: usize, dBefore: usize): void {
  const gate: usize = (<usize>H) << 2;
  const whole = gate & ~15;
  for (let at: usize = 0; at < whole; at += 16) {
    UnitLanes.backward(at, 4, gate, gates, recurrent, before, dStates, dBefore);
  }
  if (whole < gate) UnitLanes.backward(whole, H & 3, gate, gates, recurrent, before, dStates, dBefore);
}

/**
 * The k ≤ 4 floats of a row that begin at byte `at`, inlined, so that whole vectors ask for no number of lanes. Methods, since
 * TypeScript has no decorators of functions.
 */
class UnitLanes {
  /** n = U x + b + r ⊙ q, before its tanh */
  @inline
  static reset(at: usize, k: i32, gate: usize, gates: usize, recurrent: usize): void {
    const r = gates + at;
    add4(r + 2 * gate, f32x4.mul(load4(r, k), load4(recurrent + 2 * gate + at, k)), k);
  }

  @inline
  static forward(at: usize, k: i32, gate: usize, gates: usize, before: usize, states: usize): void {
    const z = load4(gates + gate + at, k);
    let s = f32x4.mul(f32x4.sub(f32x4.splat(1), z), load4(gates + 2 * gate + at, k));
    if (before !== 0) s = f32x4.add(s, f32x4.mul(z, load4(before + at, k)));
    store4(states + at, s, k);
  }

  @inline
  static backward(
    at: usize,
    k: i32,
    gate: usize,
    gates: usize,
    recurrent: usize,
    before: usize,
    dStates: usize,
    dBefore: usize,
  ): void {
    const one = f32x4.splat(1);
    const at1 = gate + at;
    const at2 = gate + at1;
    const r = load4(gates + at, k);
    const z = load4(gates + at1, k);
    const n = load4(gates + at2, k);
    const dS = load4(dStates + at, k);
    if (dBefore !== 0) add4(dBefore + at, f32x4.mul(dS, z), k);
    const s = before !== 0 ? load4(before + at, k) : f32x4.splat(0);
    // dn = ds ⊙ (1−z) ⊙ (1−n²) ;  dr = dn ⊙ q ⊙ r(1−r) ;  dz = ds ⊙ (s(t−1) − n) ⊙ z(1−z) ;  dq = [dr, dz, dn ⊙ r]
    const dN = f32x4.mul(f32x4.mul(dS, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)));
    const dR = f32x4.mul(f32x4.mul(dN, load4(recurrent + at2, k)), f32x4.mul(r, f32x4.sub(one, r)));
    const dZ = f32x4.mul(f32x4.mul(dS, f32x4.sub(s, n)), f32x4.mul(z, f32x4.sub(one, z)));
    store4(gates + at, dR, k);
    store4(gates + at1, dZ, k);
    store4(gates + at2, dN, k);
    store4(recurrent + at, dR, k);
    store4(recurrent + at1, dZ, k);
    store4(recurrent + at2, f32x4.mul(dN, r), k);
  }
}
