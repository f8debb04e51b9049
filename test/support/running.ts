import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { BINARY, codeOfExit } from './cli.js';

const NOTHING_HAPPENS = 30_000;

/** The built program while it runs. */
export class RunningProgram {
  stdout = '';
  stderr = '';
  /** The exit code as a shell counts it, when both outputs are closed. */
  readonly closed: Promise<number>;
  private readonly child: ChildProcessWithoutNullStreams;

  constructor(args: readonly string[], cwd: string) {
    this.child = spawn(process.execPath, [BINARY, ...args], { cwd, env: { PATH: process.env.PATH } });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.child.stdin.on('error', () => {}); // the program may end before it has read all
    this.closed = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code, signal) => resolve(codeOfExit(code, signal)));
    });
  }

  write(text: string): void {
    this.child.stdin.write(text);
  }

  end(): void {
    this.child.stdin.end();
  }

  /** Reads no more of standard output. */
  closeOutput(): void {
    this.child.stdout.destroy();
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until an output holds a text; kills the program and throws where that never happens. */
  async until(output: 'stdout' | 'stderr', text: string): Promise<void> {
    const end = Date.now() + NOTHING_HAPPENS;
    while (!this[output].includes(text)) {
      if (Date.now() > end) {
        this.kill('SIGKILL');
        throw new Error(`no ${JSON.stringify(text)} on ${output}, but: ${this.stdout}${this.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
