/**
 * Puts the program's real output below every command of the ```console blocks of pages:
 *
 *     npx tsx docs/console.ts [--check] README.md docs/math.md
 *
 * `--check` writes nothing, names the first line of each command that is not what the program prints, and exits with 1.
 * Blocks marked ```console norun stay as they are. The program is the built one: run `npm run build` first.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { commandsOf, firstDifference, withOutputs } from './console_blocks.js';
import { ConsoleRunner } from './console_runner.js';

const check = process.argv.includes('--check');
const pages = process.argv.slice(2).filter((argument) => argument !== '--check');
const runner = new ConsoleRunner();
try {
  for (const path of pages) await refresh(path);
} finally {
  runner.close();
}

async function refresh(path: string): Promise<void> {
  const page = readFileSync(path, 'utf8');
  const commands = commandsOf(page);
  const outputs: string[][] = [];
  for (const { text } of commands) outputs.push(await runner.run(text));
  if (!check) {
    writeFileSync(path, withOutputs(page, outputs));
    return;
  }
  for (const [i, command] of commands.entries()) {
    const difference = firstDifference(command, outputs[i]);
    if (difference === undefined) continue;
    process.stderr.write(`${path}:${difference}\n`);
    process.exitCode = 1;
  }
}
