/** One step of a recurrence: its rows, and the step read before it. */
@unmanaged
export class Step {
  /** First row of this step. */
  row: i32;
  /** Live rows of this step. */
  count: i32;
  /** First row of the step that was read before; 0 where there is none. */
  previousRow: i32;
  /** The first so many rows go on from the step read before; the others begin their sentence here with s = 0. */
  carried: i32;
  /** Whether the gradient ends here instead of crossing to the step read before (truncated BPTT). */
  cut: bool;
}

const STEP_BYTES: usize = 20;

/** Bytes of the steps of a recurrence over T steps, a multiple of 64. */
export function stepsBytes(T: i32): usize {
  return (<usize>T * STEP_BYTES + 63) & ~63;
}

export function stepAt(steps: usize, i: i32): Step {
  return changetype<Step>(steps + <usize>i * STEP_BYTES);
}

/**
 * The steps in the order the recurrence reads them: t = 0 … T−1, or T−1 … 0 `backward`. Step t of the batch has rows
 * starts[t] to starts[t+1]; gradients do not cross to t−1 where t is a multiple of `bpttSteps` > 0.
 */
export function writeSteps(steps: usize, starts: usize, T: i32, backward: bool, bpttSteps: i32): void {
  for (let i = 0; i < T; i++) {
    const t = backward ? T - 1 - i : i;
    const previous = backward ? t + 1 : t - 1;
    const step = stepAt(steps, i);
    step.row = startOf(starts, t);
    step.count = countOf(starts, t);
    step.previousRow = i > 0 ? startOf(starts, previous) : 0;
    step.carried = i > 0 ? min(step.count, countOf(starts, previous)) : 0;
    step.cut = bpttSteps > 0 && max(t, previous) % bpttSteps === 0;
  }
}

function startOf(starts: usize, t: i32): i32 {
  return load<i32>(starts + ((<usize>t) << 2));
}

function countOf(starts: usize, t: i32): i32 {
  return startOf(starts, t + 1) - startOf(starts, t);
}
