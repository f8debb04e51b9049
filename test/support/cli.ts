import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Interrupted } from '../../src/cli/fail.js';
import { main } from '../../src/cli/main.js';
import type { CommandEntry } from '../../src/cli/shell.js';
import type { Environment, Output, Signals, StopSignal, Streams } from '../../src/cli/streams.js';

/** The exit code, and all that was written. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Settings {
  readonly stdin?: string | Uint8Array | readonly Uint8Array[];
  readonly env?: Environment;
  readonly cwd?: string;
}

export interface InProcessSettings extends Settings {
  /** Whether the three streams are a terminal (of 80 columns and 16 colours). */
  readonly tty?: boolean;
  /** The commands in place of the program's own. */
  readonly commands?: readonly CommandEntry[];
  /** Called with every text as it is written to an output; may throw, as a closed pipe does. */
  readonly onWrite?: (text: string, output: 'stdout' | 'stderr') => void;
  readonly signals?: Signals;
}

/** Streams that remember what is written to them. */
export function recordingStreams(settings: InProcessSettings = {}): {
  readonly streams: Streams;
  readonly written: { stdout: string; stderr: string };
} {
  const { tty = false, env = {}, cwd = process.cwd() } = settings;
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    async write(data) {
      const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
      settings.onWrite?.(text, name);
      written[name] += text;
    },
    isTTY: tty,
    columns: tty ? 80 : undefined,
    colorLevel: tty ? 1 : 0,
  });
  const chunks = chunksOf(settings.stdin ?? '');
  const stdin = {
    isTTY: tty,
    async *[Symbol.asyncIterator]() {
      yield* chunks;
    },
  };
  const signals = settings.signals ?? pressableSignals().signals;
  return { streams: { stdin, stdout: output('stdout'), stderr: output('stderr'), env, cwd, signals }, written };
}

/** Signals that a test sends with `press`. */
export function pressableSignals(): { readonly signals: Signals; press(signal: StopSignal): void } {
  const controller = new AbortController();
  let received: StopSignal | undefined;
  return {
    signals: {
      listen: () => controller.signal,
      get received() {
        return received;
      },
    },
    press(signal) {
      received = signal;
      controller.abort(new Interrupted(signal));
    },
  };
}

function chunksOf(stdin: string | Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  if (typeof stdin === 'string') return [Buffer.from(stdin)];
  return stdin instanceof Uint8Array ? [stdin] : stdin;
}

/** Runs the program in this process. */
export async function runInProcess(argv: readonly string[], settings: InProcessSettings = {}): Promise<Outcome> {
  const { streams, written } = recordingStreams(settings);
  const code = await main(argv, streams, settings.commands);
  return { code, ...written };
}

/** The built program. */
export const BINARY = fileURLToPath(new URL('../../bin/ner.js', import.meta.url));
const SIGNAL_CODES: ReadonlyMap<string | null, number> = new Map([
  ['SIGINT', 130],
  ['SIGKILL', 137],
  ['SIGTERM', 143],
]);

/** The exit code of a process as a shell counts it: 128 + number where a signal ended it. */
export function codeOfExit(code: number | null, signal: string | null): number {
  return code ?? SIGNAL_CODES.get(signal) ?? 128;
}

export interface BinarySettings extends Settings {
  /** Milliseconds after which the program is killed (code 137). */
  readonly timeout?: number;
}

/** Runs the built program as a process of its own; a signal that ended it counts as a shell counts it, 128 + number. */
export function runBinary(args: readonly string[], settings: BinarySettings = {}): Promise<Outcome> {
  const { stdin = '', env = {}, cwd = process.cwd(), timeout = 60_000 } = settings;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BINARY, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      timeout,
      killSignal: 'SIGKILL',
    });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        written[name] += text;
      });
    }
    child.stdin.on('error', () => {}); // the program may end before it has read all
    for (const chunk of chunksOf(stdin)) child.stdin.write(chunk);
    child.stdin.end();
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: codeOfExit(code, signal), ...written }));
  });
}
