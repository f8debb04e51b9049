import type { Kernels } from '../kernels/kernels.js';
import { ReferenceKernels } from '../kernels/reference.js';
import { checkCrf } from './crf_check.js';
import { checkNetwork } from './network_check.js';
import { checkOptimizers } from './optimizer_check.js';
import { checkReach } from './reach_check.js';
import { parseReference, type Reference } from './reference_file.js';
import type { Difference } from './tensor.js';

/** Largest errors that pass: float64 agrees but for rounding, float32 to its precision times the sums' lengths. */
export const TOLERANCES = { float64: 1e-9, float32: 1e-4 } as const;

/** How one quantity came out in both precisions, and in the kernels that the program runs on. */
export interface AgainstRow {
  readonly name: string;
  readonly shape: readonly number[];
  /** Largest |a − b| over the largest |b|, b from the file; infinite where a number is not finite. */
  readonly errors: { readonly float64: number; readonly float32: number; readonly running: number };
  readonly passed: boolean;
}

export interface AgainstResult {
  readonly kind: Reference['kind'];
  readonly rows: readonly AgainstRow[];
}

/**
 * Compares the plain loops, in float64 and in float32, and the kernels that the program runs on, which have float32's
 * tolerance, with a file of values that another program computed.
 *
 * @param json the file's text
 * @param source its name, for the errors
 * @param running the kernels that the program runs on
 * @throws DataError where the file is not what it should be
 */
export function checkAgainst(json: string, source: string, running: Kernels): AgainstResult {
  const reference = parseReference(json, source);
  const { kind } = reference;
  const float64 = differences(reference, new ReferenceKernels('float64'), source);
  const float32 = differences(reference, new ReferenceKernels('float32'), source);
  const run = differences(reference, running, source);
  const rows = float64.map(({ name, shape, error }, i) => {
    const errors = { float64: error, float32: float32[i].error, running: run[i].error };
    const passed =
      errors.float64 <= TOLERANCES.float64 &&
      errors.float32 <= TOLERANCES.float32 &&
      errors.running <= TOLERANCES.float32;
    return { name, shape, errors, passed };
  });
  return { kind, rows };
}

function differences(reference: Reference, kernels: Kernels, source: string): Difference[] {
  switch (reference.kind) {
    case 'network':
      return checkNetwork(reference.content, kernels, source);
    case 'gradient reach':
      return checkReach(reference.content, kernels, source);
    case 'optimizers':
      return checkOptimizers(reference.content, kernels, source);
    case 'crf':
      return checkCrf(reference.content, kernels, source);
  }
}
