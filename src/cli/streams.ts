import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { ColorSupportLevel } from 'chalk';
import { ClosedOutput, codeOf, fileError, Interrupted } from './fail.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Standard input: its chunks, in order, to be iterated once. */
export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
}

/** Standard output or standard error. */
export interface Output {
  /**
   * Resolves when the system has taken the data, so that a command that waits for it never outruns its reader.
   * Standard output rejects with `ClosedOutput` once its reader has gone and with `FileError` on any other failure;
   * standard error never rejects, as there is nowhere to say so.
   */
  write(data: string | Uint8Array): Promise<void>;
  readonly isTTY: boolean;
  /** The width of the terminal now. */
  readonly columns: number | undefined;
  /** What the terminal can show: no colours, 16, 256 or all. */
  readonly colorLevel: ColorSupportLevel;
}

export type StopSignal = Interrupted['signal'];

/** SIGINT (Ctrl-C) and SIGTERM, which end the program at once unless a command listens. */
export interface Signals {
  /**
   * From now on the first of the two aborts the signal returned, with an `Interrupted` as its reason, so that the
   * command can end in its own time; the second ends the program at once. The program exits with 130 or 143.
   */
  listen(): AbortSignal;
  /** The one that came since `listen` was called. */
  readonly received: StopSignal | undefined;
}

/** All that a command knows of the world around it. */
export interface Streams {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Environment;
  /** The folder that file names are relative to. */
  readonly cwd: string;
  readonly signals: Signals;
}

/** What is used of a process. */
export type Host = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env' | 'cwd' | 'on' | 'off'>;

/** The streams of a process. */
export function processStreams(host: Host): Streams {
  return {
    stdin: { isTTY: isatty(0), [Symbol.asyncIterator]: () => readStandardInput(host) },
    stdout: outputTo(host.stdout, host.env, (error) => {
      throw codeOf(error) === 'EPIPE' ? new ClosedOutput() : fileError(error, 'standard output');
    }),
    stderr: outputTo(host.stderr, host.env, () => {}),
    env: host.env,
    cwd: host.cwd(),
    signals: processSignals(host),
  };
}

/** Waits until all that was written to the two outputs is out, or cannot be. */
export async function drained({ stdout, stderr }: Pick<Host, 'stdout' | 'stderr'>): Promise<void> {
  for (const stream of [stdout, stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
}

async function* readStandardInput(host: Host): AsyncGenerator<Uint8Array, void, undefined> {
  // the engine takes a folder (`ner tag < folder`) for an empty input
  if (fstatSync(0).isDirectory()) throw fileError({ code: 'EISDIR' }, 'standard input');
  yield* host.stdin;
}

function outputTo(stream: NodeJS.WriteStream, env: Environment, fail: (error: unknown) => void): Output {
  // every failure reaches the callback of its write; without a listener the event would end the process as well
  stream.on('error', () => {});
  return {
    write: (data) =>
      new Promise<void>((resolve, reject) => {
        stream.write(data, (error) => (error ? reject(error) : resolve()));
      }).catch(fail),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    colorLevel: terminalColors(stream, env),
  };
}

/** What the terminal can show by its own account, whatever the user wishes (that is `colorLevel` in terminal.ts). */
function terminalColors(stream: NodeJS.WriteStream, env: Environment): ColorSupportLevel {
  if (stream.isTTY !== true) return 0;
  const { FORCE_COLOR, NO_COLOR, NODE_DISABLE_COLORS, ...capabilities } = env;
  const bits = stream.getColorDepth(capabilities);
  if (bits >= 24) return 3;
  if (bits >= 8) return 2;
  return bits >= 4 ? 1 : 0;
}

function processSignals(host: Host): Signals {
  let received: StopSignal | undefined;
  let controller: AbortController | undefined;

  function stop(signal: NodeJS.Signals): void {
    // without listeners the next signal meets the system's default, which works even while a long computation runs
    host.off('SIGINT', stop);
    host.off('SIGTERM', stop);
    received = signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
    controller?.abort(new Interrupted(received));
  }

  return {
    listen() {
      if (controller === undefined) {
        controller = new AbortController();
        host.on('SIGINT', stop);
        host.on('SIGTERM', stop);
      }
      return controller.signal;
    },
    get received() {
      return received;
    },
  };
}
