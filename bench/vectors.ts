import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canWidenVectors } from '../src/cli/wide_vectors.js';
import { writeConllShaped } from './corpus.js';
import { interleaved, median, medianRatio, type Row, shown, type Tell } from './measure.js';
import { onOneCore, seconds } from './processes.js';

const NER = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
const ROUNDS = 3;
const NETWORKS = [
  { name: 'elman', options: '--cell elman', epochs: 10 },
  { name: 'lstm', options: '--cell lstm', epochs: 4 },
  { name: 'BiLSTM', options: '--cell lstm --bidirectional', epochs: 2 },
] as const;

/** `ner train` as a whole process on one core where V8 joins vectors of four floats to such of eight, beside the same without. */
export async function vectors(tell: Tell): Promise<Row[]> {
  if (!canWidenVectors(process.env)) {
    tell(`Node ${process.versions.node} has vectors of four floats only`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'ner-bench-'));
  try {
    const { train, dev } = writeConllShaped(folder);
    const rows: Row[] = [];
    for (const { name, options, epochs } of NETWORKS) {
      const settings = `--preset textbook ${options} --epochs ${epochs} --threads 1`.split(' ');
      const output = join(folder, 'model.json');
      const run = onOneCore([process.execPath, NER, 'train', train, '--dev', dev, ...settings, '--output', output]);
      const timed = (wide: string) => (): Promise<number> => seconds(run, '/dev/null', { NER_WIDE_VECTORS: wide });
      const times = await interleaved(
        new Map([
          ['eight', timed('1')],
          ['four', timed('0')],
        ]),
        ROUNDS,
      );
      const [eight, four] = ['eight', 'four'].map((side) => times.get(side) ?? []);
      const figures = { ours: median(eight), other: median(four), ratio: medianRatio(four, eight) };
      const row = { name: `ner train, ${name}, ${epochs} epochs`, against: 'vectors of four', unit: 's', ...figures };
      tell(`${row.name}: ${shown(row.ours)} s to ${shown(row.other)} is ${shown(row.ratio)}`);
      rows.push({ section: 'vectors', ...row });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
