import { constants, createReadStream, type Stats } from 'node:fs';
import { access, appendFile, mkdir, open, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { codeOf, fileError } from './fail.js';
import type { Streams } from './streams.js';

/** The name that stands for standard input or standard output. */
export const STANDARD = '-';

/** Other names of standard output: to replace what stands there would cut it off from the shell's redirection. */
const STANDARD_OUTPUT = /^\/(dev\/stdout|(dev|proc\/self)\/fd\/1)$/;

/** Bytes that one call of the system reads, on every system. */
const MOST_AT_ONCE = 2 ** 31 - 2 ** 20;

/** Where names are relative to, and what `-` means. */
type Base = Pick<Streams, 'cwd' | 'stdin' | 'stdout'>;

/** The whole of a file, or of standard input for `-`. Throws `FileError`. */
export async function readBytes(name: string, streams: Base): Promise<Uint8Array> {
  if (name === STANDARD) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readChunks(name, streams)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readWhole(resolve(streams.cwd, name));
  } catch (error) {
    throw fileError(error, name);
  }
}

/** A file in one read, where `readFile` puts many together: half the time and memory. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const stats = await file.stat();
    if (stats.isFile() && stats.size > 0 && stats.size <= MOST_AT_ONCE) {
      const bytes = Buffer.allocUnsafeSlow(stats.size);
      const { bytesRead } = await file.read(bytes, 0, stats.size, 0);
      if (bytesRead === stats.size) return bytes;
    }
    return await file.readFile(); // a pipe, a folder, a file that changes meanwhile
  } finally {
    await file.close();
  }
}

/** A file, or standard input for `-`, piece by piece. Throws `FileError`. */
export async function* readChunks(name: string, streams: Base): AsyncGenerator<Uint8Array, void, undefined> {
  const input = name === STANDARD ? streams.stdin : createReadStream(resolve(streams.cwd, name));
  const chunks: AsyncIterator<Uint8Array> = input[Symbol.asyncIterator]();
  try {
    for (;;) {
      // only the reading is guarded: what the caller throws between two chunks is not about this file
      const next = await chunks.next().catch((error: unknown) => {
        throw fileError(error, name === STANDARD ? 'standard input' : name);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

/**
 * Writes a file so that whoever reads it, at any moment and after any failure, finds the old content or the new, never
 * a part: into a temporary file `.NAME.RANDOM.tmp` beside it, which is flushed to the disk and then renamed. Symbolic
 * links and the permissions of an existing file are kept, missing folders are made. What is no regular file (a pipe, a
 * device) is written straight; `-` is standard output. Throws `FileError`, and whatever iterating over `chunks` throws.
 */
export async function writeAtomically(
  name: string,
  chunks: Iterable<string | Uint8Array>,
  streams: Base,
): Promise<void> {
  if (isStandardOutput(name)) {
    for (const chunk of chunks) await streams.stdout.write(chunk);
    return;
  }
  try {
    const { path, existing } = await findTarget(name, streams);
    if (existing?.isFile() === false) {
      await writeStraight(path, chunks);
    } else {
      await mkdir(dirname(path), { recursive: true });
      await replace(path, chunks, existing);
    }
  } catch (error) {
    throw fileError(error, name);
  }
}

/** Checks, without writing, that `writeAtomically` may write a file, before hours are spent on what goes into it. Throws `FileError`. */
export async function checkWritable(name: string, streams: Base): Promise<void> {
  if (isStandardOutput(name)) return;
  try {
    const { path, existing } = await findTarget(name, streams);
    if (existing?.isFile() !== false) await checkFolder(dirname(path));
  } catch (error) {
    throw fileError(error, name);
  }
}

/**
 * Sees that no file to be written is one that is read, or written twice, by whatever names and links.
 * @throws UsageError naming the file
 */
export async function refuseOverwriting(
  read: readonly string[],
  written: readonly string[],
  streams: Base,
): Promise<void> {
  const identify = (name: string) => identityOf(name, streams);
  const taken = new Set(await Promise.all(read.filter((name) => name !== STANDARD).map(identify)));
  for (const name of written) {
    const identity = await identify(name);
    if (taken.has(identity)) throw new UsageError(`${name} is read from, or written to, already: name another file`);
    if (!isStandardOutput(name)) taken.add(identity);
  }
}

/** What two names of one file have in common. A path with something wrong is itself: writing will tell what. */
async function identityOf(name: string, { cwd }: Base): Promise<string> {
  const path = resolve(cwd, name);
  try {
    const existing = await statIfThere(path);
    return existing === undefined ? await followLinks(path) : `${existing.dev}:${existing.ino}`;
  } catch {
    return path;
  }
}

/** Whether a regular file is there. */
export async function isFile(name: string, { cwd }: Base): Promise<boolean> {
  return name !== STANDARD && (await statIfThere(resolve(cwd, name)))?.isFile() === true;
}

/** The first bytes of a regular file, at most so many, as text; undefined where there is none, or standard output is meant. */
export async function beginningOf(
  name: string,
  bytes: number,
  { cwd }: Pick<Base, 'cwd'>,
): Promise<string | undefined> {
  if (isStandardOutput(name)) return undefined;
  const path = resolve(cwd, name);
  if ((await statIfThere(path))?.isFile() !== true) return undefined;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Bytes of a regular file; undefined for standard input and what has no size. */
export async function sizeOf(name: string, { cwd }: Pick<Base, 'cwd'>): Promise<number | undefined> {
  if (name === STANDARD) return undefined;
  const existing = await statIfThere(resolve(cwd, name)).catch(() => undefined); // reading will tell what is wrong
  return existing?.isFile() === true ? existing.size : undefined;
}

/** Whether a file can be written more than once, each time in place of the last: not a pipe, a device or standard output. */
export async function isReplaceable(name: string, streams: Base): Promise<boolean> {
  if (isStandardOutput(name)) return false;
  const existing = await statIfThere(resolve(streams.cwd, name));
  return existing?.isFile() !== false;
}

function isStandardOutput(name: string): boolean {
  return name === STANDARD || STANDARD_OUTPUT.test(name);
}

interface Target {
  /** Symbolic links followed, unless the target is no regular file (`/dev/stderr` leads to what has no path). */
  readonly path: string;
  readonly existing: Stats | undefined;
}

/** What is at a name to be written to. Throws where it may not be written to. */
async function findTarget(name: string, { cwd }: Base): Promise<Target> {
  const path = resolve(cwd, name);
  const existing = await statIfThere(path);
  if (existing?.isDirectory() || name.endsWith('/')) throw fileError({ code: 'EISDIR' }, name);
  // a rename would replace even a file its owner has made read-only
  if (existing !== undefined) await access(path, constants.W_OK);
  return { path: existing?.isFile() === false ? path : await followLinks(path), existing };
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The path without symbolic links, as far as it exists; a link may lead to a file that is not there yet. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  let link: string;
  try {
    link = await readlink(path);
  } catch {
    return join(await followLinks(dirname(path)), basename(path));
  }
  return followLinks(resolve(await realpath(dirname(path)), link));
}

/** Checks that files can be made in a folder, or the folder itself in the nearest one that exists. */
async function checkFolder(folder: string): Promise<void> {
  const existing = await statIfThere(folder);
  if (existing === undefined) return checkFolder(dirname(folder));
  await access(folder, constants.W_OK | constants.X_OK);
}

async function writeStraight(path: string, chunks: Iterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeFile(file, chunks);
  } finally {
    await file.close();
  }
}

async function replace(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  existing: Stats | undefined,
): Promise<void> {
  const temporary = temporaryBeside(path);
  const file = await open(temporary, 'wx', 0o666);
  try {
    try {
      if (existing !== undefined) await file.chmod(existing.mode & 0o7777);
      await writeFile(file, chunks);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await flushFolder(dirname(path));
}

function temporaryBeside(path: string): string {
  // 60 characters of the name leave room for the rest below the usual limit of 255 bytes, whatever the script
  return join(dirname(path), `.${basename(path).slice(0, 60)}.${randomName()}.tmp`);
}

/** 12 hexadecimal digits. */
function randomName(): string {
  const numbers = globalThis.crypto.getRandomValues(new Uint8Array(6)); // node:crypto takes longer to load than the rest
  return Buffer.from(numbers).toString('hex');
}

/** Makes a rename outlive a power failure. Not every system can flush a folder, and the file is whole without it. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
}

/** Adds to the end of a file, or to standard output for `-`. Throws `FileError`. */
export async function appendText(name: string, text: string, streams: Base): Promise<void> {
  if (isStandardOutput(name)) {
    await streams.stdout.write(text);
    return;
  }
  try {
    await appendFile(resolve(streams.cwd, name), text);
  } catch (error) {
    throw fileError(error, name);
  }
}
