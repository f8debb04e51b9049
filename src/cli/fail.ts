import { NerError } from '../errors.js';

/** A gate or a check that was asked for and did not pass. */
export class CheckFailed extends NerError {}

/** A file that cannot be read or written; the message begins with its name as the user wrote it. */
export class FileError extends NerError {}

/** The reader of standard output has gone, as in `ner tag … | head`: there is nothing left to do, and nothing wrong. */
export class ClosedOutput extends Error {}

/** Waits for a write whose reader may go: a check holds even where nobody reads the output to its end, as in `ner eval … | head -1`. */
export async function unlessClosed(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof ClosedOutput)) throw error;
  }
}

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
