import { inspect } from 'node:util';
import { DataError, ModelError, NerError, UsageError } from '../errors.js';
import type { Output } from './streams.js';
import { visible } from './terminal.js';

/** What the program's exit code says; 128 plus the signal's number (130, 143) where a signal ended it. */
export const EXIT = { done: 0, failure: 1, usage: 2, data: 3, model: 4, check: 5, SIGINT: 130, SIGTERM: 143 } as const;

/** A gate or a check that was asked for and did not pass. */
export class CheckFailed extends NerError {}

/** A file that cannot be read or written; the message begins with its name as the user wrote it. */
export class FileError extends NerError {}

/** The reader of standard output has gone, as in `ner tag … | head`: there is nothing left to do, and nothing wrong. */
export class ClosedOutput extends Error {}

/** The reason of the abort signal that `Streams.signals.listen` gives out. */
export class Interrupted extends Error {
  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signal}`);
  }
}

const FILE_FAILURES: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EBUSY', 'in use by the system'],
  ['EDQUOT', 'disk quota exceeded'],
  ['EFBIG', 'larger than the file system allows'],
  ['EIO', 'input/output error'],
  ['EISDIR', 'is a directory'],
  ['ELOOP', 'too many symbolic links'],
  ['EMFILE', 'too many open files'],
  ['ENAMETOOLONG', 'file name too long'],
  ['ENFILE', 'too many open files in the system'],
  ['ENOENT', 'no such file'],
  ['ENOSPC', 'no space left on device'],
  ['ENOTDIR', 'a part of this path is not a directory'],
  ['ENXIO', 'no such device or address'],
  ['EPERM', 'operation not permitted'],
  ['EPIPE', 'the reader has closed the pipe'],
  ['EROFS', 'read-only file system'],
  ['ERR_FS_FILE_TOO_LARGE', 'larger than 2 GiB, the most that can be read at once'],
]);

/** How the engine says that memory or its longest string is exhausted. */
const OUT_OF_MEMORY =
  /Invalid string length|longer than 0x|allocation failed|could not allocate|Invalid typed array length|maximum size exceeded|Maximum BigInt size|reaching memory limit/;

/** The `code` of a system error. Errors of node:fs may come from another realm, where `instanceof Error` says no. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A system error as a `FileError` on the file called `name`; any other error as it is. */
export function fileError(error: unknown, name: string): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof NerError) return error;
  const reason = FILE_FAILURES.get(code) ?? (isSystemError(error) ? code : undefined);
  if (reason === undefined) return error;
  return Object.assign(new FileError(reason, { at: { source: name === '' ? '""' : name } }), { cause: error });
}

function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'errno' in error;
}

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
  if (debug && message !== undefined) await stderr.write(`${inspect(error).split('\n').map(visible).join('\n')}\n`);
  return exitCode;
}
