import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { CORES } from './rival.js';

/** The same command on the last core alone, where the system can. */
export function onOneCore(command: readonly string[]): readonly string[] {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return ['taskset', '-c', String(CORES - 1), ...command];
  } catch {
    return command;
  }
}

/** Seconds that a command lasts by the clock, with more in its environment. Throws Error where it fails. */
export async function seconds(
  [program, ...args]: readonly string[],
  output = '/dev/null',
  more: Readonly<Record<string, string>> = {},
): Promise<number> {
  const file = openSync(output, 'w');
  const begin = performance.now();
  try {
    const status = await new Promise((resolve, reject) => {
      spawn(program, args, { stdio: ['ignore', file, 'ignore'], env: { ...process.env, ...more } })
        .on('error', reject)
        .on('exit', resolve);
    });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  } finally {
    closeSync(file);
  }
  return (performance.now() - begin) / 1000;
}
