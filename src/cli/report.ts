import { DataError, ModelError, NerError, UsageError } from '../errors.js';
import { visible } from '../text/visible.js';
import { CheckFailed, ClosedOutput, codeOf, fileError, Interrupted } from './fail.js';
import type { Output } from './streams.js';

/** What the program's exit code says; 128 plus the signal's number (130, 143) where a signal ended it. */
export const EXIT = { done: 0, failure: 1, usage: 2, data: 3, model: 4, check: 5, SIGINT: 130, SIGTERM: 143 } as const;

/** How the engine says that memory or its longest string is exhausted. */
const OUT_OF_MEMORY =
  /Invalid string length|longer than 0x|allocation failed|could not allocate|Invalid typed array length|maximum size exceeded|Maximum BigInt size|reaching memory limit/;

/** What is told of an error: the exit code, and a message unless it is none of the user's business. */
export interface Failure {
  readonly exitCode: number;
  readonly message?: string;
  readonly hint?: string | undefined;
}

/** What to tell the user of anything that was thrown. */
export function explain(thrown: unknown): Failure {
  if (thrown instanceof ClosedOutput) return { exitCode: EXIT.done };
  if (thrown instanceof Interrupted) return { exitCode: EXIT[thrown.signal] };
  const error = fileError(thrown, pathOf(thrown));
  if (error instanceof NerError) return { exitCode: exitCodeOf(error), message: error.message, hint: error.hint };
  const message = messageOf(error);
  if (OUT_OF_MEMORY.test(message) || codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    const hint = 'try less data at once, a smaller network or smaller batches';
    return { exitCode: EXIT.failure, message: `out of memory: ${message}`, hint };
  }
  const report = 'this is a bug; please report it with what --debug shows';
  return { exitCode: EXIT.failure, message: `internal error: ${message} (${report})` };
}

function exitCodeOf(error: NerError): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof DataError) return EXIT.data;
  if (error instanceof ModelError) return EXIT.model;
  if (error instanceof CheckFailed) return EXIT.check;
  return EXIT.failure;
}

function pathOf(error: unknown): string {
  const path = typeof error === 'object' && error !== null && 'path' in error ? error.path : undefined;
  return typeof path === 'string' ? path : 'a file';
}

function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}

/**
 * Prints an error as `ner: message` and, where there is one, `hint: …`, each on a line of its own; with `debug` also
 * the stack. Returns the exit code.
 */
export async function report(error: unknown, stderr: Output, debug: boolean): Promise<number> {
  const { exitCode, message, hint } = explain(error);
  if (message !== undefined) await stderr.write(`ner: ${visible(message)}\n`);
  if (hint !== undefined) await stderr.write(`hint: ${visible(hint)}\n`);
  if (debug && message !== undefined) {
    const { inspect } = await import('node:util'); // only here, as all that the module exports takes time to load
    await stderr.write(`${inspect(error).split('\n').map(visible).join('\n')}\n`);
  }
  return exitCode;
}
