/** What all recurrent layers have in common: their scratch memory and their three products with W [H,C]. */

import { OuterSum, outerBytes } from './outer';
import { packPanels, packTransposedPanels, roundUp } from './pack';
import { multiplyPanelsAdd, pairBytes } from './product';
import { Step, stepAt, stepsBytes, writeSteps } from './steps';

/** A layer's call over a packed batch. Its fields lie at the start of the scratch memory. */
@unmanaged
export class Recurrence {
  T: i32;
  H: i32;
  /** gates × H */
  C: i32;
  steps: usize;
  /** W or Wᵀ, packed once for all steps. */
  panels: usize;
  pairs: usize;
  outer: usize;

  begin(starts: usize, T: i32, backward: bool, bpttSteps: i32, H: i32, C: i32): void {
    this.T = T;
    this.H = H;
    this.C = C;
    this.steps = changetype<usize>(this) + 64;
    this.panels = this.steps + stepsBytes(T);
    this.pairs = this.panels + panelBytes(H, C);
    this.outer = this.pairs + pairBytes(C);
    writeSteps(this.steps, starts, T, backward, bpttSteps);
  }

  /** R, all rows of the batch. */
  rows(starts: usize): i32 {
    return load<i32>(starts + ((<usize>this.T) << 2));
  }

  step(i: i32): Step {
    return stepAt(this.steps, i);
  }

  /** Makes W ready for `carry`. */
  packForward(W: usize): void {
    packPanels(this.panels, W, this.H, this.C);
  }

  /** Makes W ready for `carryBack`. */
  packBackward(W: usize): void {
    packTransposedPanels(this.panels, W, this.H, this.C);
  }

  /** out(t) += W s(t−1); out [R,C], states [R,H] */
  carry(step: Step, out: usize, states: usize): void {
    const previous = rowAt(states, step.previousRow, this.H);
    multiplyPanelsAdd(rowAt(out, step.row, this.C), previous, this.panels, this.pairs, step.carried, this.H, this.C);
  }

  /** dL/ds(t−1) += Wᵀ δ(t), unless the gradient is cut here; dStates [R,H], dPre [R,C] */
  carryBack(step: Step, dStates: usize, dPre: usize): void {
    if (step.cut) return;
    const previous = rowAt(dStates, step.previousRow, this.H);
    multiplyPanelsAdd(previous, rowAt(dPre, step.row, this.C), this.panels, this.pairs, step.carried, this.C, this.H);
  }

  /** dL/dW += Σ_t δ(t) s(t−1)ᵀ */
  weightGradient(dW: usize, states: usize, dPre: usize): void {
    const sum = changetype<OuterSum>(this.outer);
    sum.begin(dW, this.H, this.C);
    for (let i = this.T - 1; i >= 0; i--) {
      const step = this.step(i);
      sum.add(rowAt(states, step.previousRow, this.H), rowAt(dPre, step.row, this.C), step.carried);
    }
    sum.end();
  }
}

/** Bytes of scratch of a layer's call over T steps. */
export function layerScratch(T: i32, H: i32, C: i32): usize {
  return 64 + stepsBytes(T) + panelBytes(H, C) + pairBytes(C) + outerBytes(H, C);
}

/** Row r of a matrix with rows of n floats. */
export function rowAt(matrix: usize, r: i32, n: i32): usize {
  return matrix + ((<usize>r * n) << 2);
}

function panelBytes(H: i32, C: i32): usize {
  return <usize>4 * max(H * roundUp(C, 16), C * roundUp(H, 16));
}
