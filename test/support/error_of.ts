import { NerError } from '../../src/errors.js';

/** The error of ours that a call throws; whatever else it throws, or nothing, fails the test. */
export function errorOf(run: () => unknown): NerError {
  try {
    run();
  } catch (error) {
    if (error instanceof NerError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
