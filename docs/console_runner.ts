import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trimmed } from './console_blocks.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Programs that a command may name: those whose output is the same everywhere. */
const PROGRAMS: ReadonlySet<string> = new Set(['ner', 'npx ner', 'cat', 'echo', 'printf', 'head']);

/** Runs commands with the built program as `ner`. */
export class ConsoleRunner {
  private readonly programs = programsFolder();

  /**
   * What a command writes to standard output and standard error, in the order in which it writes it, where neither is a
   * terminal. It runs in the root of the repository with the bundled model. Throws where it names a program that is not
   * the same everywhere.
   */
  async run(command: string): Promise<string[]> {
    const other = programsIn(command).find((name) => !PROGRAMS.has(name));
    if (other !== undefined) {
      throw new Error(`\`${command}\`: ${other} is none of ${[...PROGRAMS].join(', ')}; mark its block \`norun\``);
    }
    const { COLUMNS, FORCE_COLOR, ...inherited } = process.env;
    const PATH = `${this.programs}${delimiter}${inherited.PATH}`;
    const env = { ...inherited, PATH, NER_MODEL: 'models/english.json', NO_COLOR: '1' };
    return new Promise((resolve, reject) => {
      const child = spawn('sh', ['-c', `exec 2>&1\n${command}`], {
        cwd: ROOT,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let written = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        written += text;
      });
      child.on('error', reject);
      child.on('close', () => resolve(trimmed(written.split('\n'))));
    });
  }

  close(): void {
    rmSync(this.programs, { recursive: true, force: true });
  }
}

/** A new folder with the built program as `ner`, and an `npx` that finds it there. */
export function programsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ner-docs-'));
  const program = (name: string, line: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\nexec ${line}\n`, { mode: 0o755 });
  program('ner', `'${process.execPath}' '${join(ROOT, 'bin/ner.js')}' "$@"`);
  program('npx', '"$@"');
  return folder;
}

function programsIn(command: string): string[] {
  const unquoted = command.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, 'quoted');
  return unquoted.split(/[|&;()`]+/).map((part) => /^\s*((?:npx\s+)?\S*)/.exec(part)?.[1] ?? '');
}
