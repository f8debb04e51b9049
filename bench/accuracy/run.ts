import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CorpusFiles, corporaIn } from './corpora.js';
import { ROWS, type Row } from './rows.js';

/**
 * Trains what every row of the table in docs/accuracy.md was measured with, with several seeds, and prints the table:
 * `npx tsx bench/accuracy/run.ts FOLDER [WORD [SEEDS]]`, the folder holding the corpora, a word that the names of the rows to run contain.
 * Needs `npm run build` first.
 */
const [folder, word = '', seeds = '3'] = process.argv.slice(2);

const NER = fileURLToPath(new URL('../../bin/ner.js', import.meta.url));
/** Writes the seconds that the processor was busy with the process, as its last line. */
const REPORT =
  "data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();console.error((user+system)/1e6)})";

/** Of one training: F1 on the development part in percent, seconds of the processor, bytes of the model file. */
interface Run {
  readonly f1: number;
  readonly seconds: number;
  readonly bytes: number;
}

function trained(flags: readonly string[], { train, dev }: CorpusFiles, seed: number, output: string): Run {
  const args = ['--import', REPORT, NER, 'train', ...train, '--threads', '1', '--seed', String(seed), '-o', output];
  if (dev.length > 0) args.push('--dev', ...dev);
  const shell = ['-c', '"$@" 2>&1', 'sh', process.execPath, ...args, '--json', ...flags];
  const lines = execFileSync('sh', shell, { encoding: 'utf8' }).trim().split('\n');
  const result = lines.find((line) => line.startsWith('{"schema"'));
  if (result === undefined) throw new Error(lines.join('\n'));
  const { training } = JSON.parse(result);
  return { f1: 100 * training.devScores.f1, seconds: Number(lines.at(-1)), bytes: statSync(output).size };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation, of the values divided by n − 1. */
function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

function lineOf({ name, flags }: Row, corpus: string, files: CorpusFiles, scratch: string): string {
  const output = join(scratch, 'model.json');
  const runs = Array.from({ length: Number(seeds) }, (_, i) => trained(flags(corpus), files, i + 1, output));
  const f1s = runs.map(({ f1 }) => f1);
  const spread = runs.length > 1 ? ` ± ${deviation(f1s).toFixed(2)}` : '';
  const seconds = mean(runs.map((run) => run.seconds)).toFixed(0);
  const megabytes = mean(runs.map(({ bytes }) => bytes / 1e6)).toFixed(0);
  return `| ${name} | ${corpus} | ${mean(f1s).toFixed(2)}${spread} | ${seconds} | ${megabytes} |`;
}

if (folder === undefined) throw new Error('which folder holds the corpora?');
const corpora = corporaIn(folder);
const scratch = mkdtempSync(join(tmpdir(), 'ner-accuracy-'));
try {
  process.stdout.write('| what | corpus | dev F1 | CPU s | MB |\n| --- | --- | ---: | ---: | ---: |\n');
  for (const row of ROWS.filter(({ name }) => name.includes(word))) {
    for (const corpus of row.corpora) {
      const files = corpora.get(corpus);
      if (files === undefined) throw new Error(`no corpus ${corpus}`);
      process.stdout.write(`${lineOf(row, corpus, files, scratch)}\n`);
    }
  }
} finally {
  rmSync(scratch, { recursive: true });
}
