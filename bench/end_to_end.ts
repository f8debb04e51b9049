import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeConllShaped } from './corpus.js';
import { type Row, shown, type Tell } from './measure.js';
import { type Shares, sharesOf } from './profile.js';

const NER = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
const CELLS = ['elman', 'lstm'] as const;
const EPOCHS = { elman: 10, lstm: 2 } as const;

/**
 * Where the time of `ner train` goes, from start to end, on one thread and on files of the size of CoNLL-2003's: the share
 * of kernels in all that is not idle, with reading, encoding, scoring the dev set after each epoch and writing the model.
 */
export async function endToEnd(tell: Tell): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ner-bench-'));
  try {
    const { train, dev } = writeConllShaped(folder);
    return CELLS.map((cell) => {
      const settings = `--preset textbook --cell ${cell} --epochs ${EPOCHS[cell]} --threads 1`.split(' ');
      const shares = profiled([train, '--dev', dev, ...settings], join(folder, cell));
      const busy = shares.kernels + shares.scripts + shares.collector + shares.program;
      const percent = (part: number): string => `${((100 * part) / busy).toFixed(1)}%`;
      tell(
        `${cell}: kernels ${percent(shares.kernels)}, scripts ${percent(shares.scripts)}, garbage collection ` +
          `${percent(shares.collector)}, else ${percent(shares.program)} of ${shown(busy / 1e6)} s`,
      );
      const figures = { ours: shares.kernels / 1e6, other: busy / 1e6, ratio: shares.kernels / busy };
      const name = `ner train, ${cell}, ${EPOCHS[cell]} epochs: time in kernels`;
      return { section: 'end_to_end', name, against: 'time of the processor', unit: 's', ...figures };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Trains in a process whose profile goes to a new folder. */
function profiled(args: readonly string[], folder: string): Shares {
  const profiling = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const output = ['--output', join(folder, 'model.json')];
  execFileSync(process.execPath, [...profiling, NER, 'train', ...args, ...output], { stdio: 'ignore' });
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  return sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
}
