import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';

/** A process of another library that does what it is told: a JSON object a line in, one out. */
export class Rival {
  private readonly lines: AsyncIterator<string>;
  private errors = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on('data', (text) => {
      this.errors += text;
    });
    child.stdin.on('error', () => {});
    child.on('error', () => {});
  }

  /** Starts a program; undefined where it is not installed, that is where it ends before it said hello. */
  static async start(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ rival: Rival; hello: Record<string, unknown> } | undefined> {
    const rival = new Rival(spawn(command, args, { env: { ...process.env, ...env } }));
    const line = await rival.lines.next();
    return line.done ? undefined : { rival, hello: JSON.parse(line.value) };
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Throws Error with what the process said when it fails. */
  async ask<Answer>(request: Readonly<Record<string, unknown>>): Promise<Answer> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.lines.next();
    if (line.done) throw new Error(`the other side ended at ${request.command}:\n${this.errors}`);
    return JSON.parse(line.value);
  }

  stop(): void {
    this.child.stdin.end();
  }
}

/** Keeps every thread of a process on the last core. Returns whether the system can. */
export function pin(pid: number): boolean {
  return setCores(pid, String(CORES - 1));
}

/** Lets every thread of a process run on all cores again. */
export function unpin(pid: number): boolean {
  return setCores(pid, `0-${CORES - 1}`);
}

/** How many there are before this process is pinned. */
export const CORES = availableParallelism();

function setCores(pid: number, cores: string): boolean {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', cores, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
