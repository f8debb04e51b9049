/**
 * Kills `ner train` with SIGKILL at random moments of training and saving, and looks each time whether the output path
 * is absent or holds a valid model.
 *
 *     npx tsx .ci/kill.ts [times=50]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
/** The start of the program takes up to half a second; after that it trains, and saves after the first epoch. */
const LATEST_KILL = 2500;
/** Saving takes a few milliseconds. */
const LONGEST_SAVE = 12;

const times = Number(process.argv[2] ?? 50);
const folder = mkdtempSync(join(tmpdir(), 'ner-kill-'));

/** Every sentence is of words of its own: the model has megabytes, and grows better over many epochs. */
function makeCorpus(): string {
  const sentences = Array.from(
    { length: 1500 },
    (_, i) => `first${i} B-A${i % 20}\nsecond${i} O\nthird${i} B-B${i % 7}\n`,
  );
  return sentences.join('\n');
}

const isTemporary = (name: string): boolean => name.endsWith('.tmp');

/** Waits until a file is being saved, if that happens in time, and then for a moment. */
async function untilSaving(): Promise<void> {
  const end = performance.now() + 2 * LATEST_KILL;
  while (performance.now() < end && !readdirSync(folder).some(isTemporary)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_SAVE));
}

/** Kills a run at any moment, or at one of saving. */
async function killOnce(output: string, whileSaving: boolean): Promise<void> {
  const corpus = join(folder, 'corpus.txt');
  const args = [
    'train',
    corpus,
    '--dev',
    corpus,
    '-o',
    output,
    '--preset',
    'textbook',
    '--hidden',
    '64',
    '--epochs',
    '100000',
  ];
  const child = spawn(process.execPath, [BINARY, ...args, '--optimizer', 'adam'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('close', resolve));
  if (whileSaving) await untilSaving();
  else await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_KILL));
  child.kill('SIGKILL');
  await ended;
}

function verdict(output: string): 'absent' | 'valid' | 'broken' {
  if (!existsSync(output)) return 'absent';
  const { status, stderr } = spawnSync(process.execPath, [BINARY, 'inspect', output], { encoding: 'utf8' });
  if (status !== 0) console.error(stderr);
  return status === 0 ? 'valid' : 'broken';
}

try {
  writeFileSync(join(folder, 'corpus.txt'), makeCorpus());
  const counts = { absent: 0, valid: 0, broken: 0 };
  let saving = 0;
  for (let i = 0; i < times; i++) {
    // half of the runs find a model of an earlier one at the path
    const output = join(folder, `model${i >> 1}.json`);
    await killOnce(output, i % 4 >= 2);
    const found = verdict(output);
    counts[found]++;
    const temporary = readdirSync(folder).filter(isTemporary);
    if (temporary.length > 0) saving++;
    for (const name of temporary) rmSync(join(folder, name));
  }
  console.log(
    `${times} killed: model absent ${counts.absent}, valid ${counts.valid}, broken ${counts.broken}; ` +
      `${saving} of them while saving`,
  );
  process.exitCode = counts.broken > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
