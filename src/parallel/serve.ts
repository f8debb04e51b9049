import { RunError } from '../errors.js';
import { Control } from './control.js';

/** What is done for each item of a job, on whichever thread. */
export type Job = (item: number) => void;

/** What a thread is started with. */
export interface ThreadSetup<Task> {
  /** What its jobs are made of; can be posted. */
  readonly task: Task;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly spins: number;
  /** Where among the items of a job it begins, in [0, 1). */
  readonly share: number;
}

/** An error as it is posted from one thread to another. */
export interface Failure {
  readonly message: string;
  /** Of an error that is not a bug; null where there is none. */
  readonly hint: string | null | undefined;
  readonly stack: string | undefined;
}

/** Does items of jobs, in the order of their numbers in `jobs`, for as long as the thread lives. Never returns. */
export function serve(setup: ThreadSetup<unknown>, jobs: readonly Job[], report: (failure: Failure) => void): never {
  const control = new Control(setup.control);
  for (;;) {
    const { phase } = control;
    work(control, jobs, setup.share, (error) => report(failureOf(error)));
    control.awaitJob(phase, setup.spins);
  }
}

/** Does items of the open job until none is left. After a failure items are only counted. */
export function work(control: Control, jobs: readonly Job[], share: number, report: (error: unknown) => void): void {
  for (let item = control.claim(share); item >= 0; item = control.claim(share)) {
    try {
      if (!control.failed) jobs[control.job](item);
    } catch (error) {
      // told before it can be seen that something failed
      report(error);
      control.fail();
    }
    control.finish();
  }
}

function failureOf(error: unknown): Failure {
  const { message = String(error), stack } = error instanceof Error ? error : {};
  return { message, stack, hint: error instanceof RunError ? (error.hint ?? null) : undefined };
}

/** A posted error as it was thrown. */
export function errorOf({ message, hint, stack }: Failure): Error {
  const error = hint === undefined ? new Error(message) : new RunError(message, hint === null ? {} : { hint });
  if (stack !== undefined) error.stack = stack;
  return error;
}
