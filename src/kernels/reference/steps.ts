import type { Recurrence } from '../kernels.js';

/** One step of a recurrence: its rows, and the step read before it. */
export interface Step {
  /** First row of this step. */
  readonly row: number;
  /** Live rows of this step. */
  readonly count: number;
  /** First row of the step that was read before; meaningless when `carried` is 0. */
  readonly previousRow: number;
  /** The first so many rows go on from the step read before; the others begin their sentence here with s = 0. */
  readonly carried: number;
  /** Whether the gradient ends here instead of crossing to the step read before (truncated BPTT). */
  readonly cut: boolean;
}

/** The steps in the order the recurrence reads them: t = 0 … T−1 forward, T−1 … 0 backward. */
export function stepsOf({ packing, direction, bpttSteps }: Recurrence, starts: Int32Array): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < packing.steps; i++) {
    const t = direction === 'forward' ? i : packing.steps - 1 - i;
    const previous = direction === 'forward' ? t - 1 : t + 1;
    const count = starts[t + 1] - starts[t];
    const exists = previous >= 0 && previous < packing.steps;
    const carried = exists ? Math.min(count, starts[previous + 1] - starts[previous]) : 0;
    const cut = bpttSteps > 0 && Math.max(t, previous) % bpttSteps === 0;
    steps.push({ row: starts[t], count, previousRow: exists ? starts[previous] : 0, carried, cut });
  }
  return steps;
}
