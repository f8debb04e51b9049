import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Encoder } from '../src/encode/encoder.js';
import { resolveSettings, type Settings } from '../src/model/settings.js';
import { tagSet } from '../src/text/tags.js';
import { footprint, loadOf } from '../src/train/footprint.js';
import { type Example, entityTypes } from '../src/train/trainer.js';
import { asColumns, asText } from './corpus.js';
import { type Row, shown, type Tell } from './measure.js';
import { everyWord } from './sentences.js';

const NER = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
/** Writes what the process had at most, in KiB, as its last line. */
const REPORT = "data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))";
/** Hardly more tokens than words: what the corpus takes varies with when it is collected. */
const [WORDS, TOKENS, LENGTH, TAGS] = [100_000, 110_000, 14, 9];
const DEV = 100;
const BASELINE: Partial<Settings> = { hidden: 1, epochs: 1 };
const CASES: readonly (Partial<Settings> & { readonly name: string })[] = [
  { name: 'Elman, H=256, SGD', cell: 'elman', hidden: 256 },
  { name: 'LSTM, H=128, SGD', cell: 'lstm', hidden: 128 },
  { name: 'BiLSTM, H=64, SGD', cell: 'lstm', hidden: 64, bidirectional: true },
  { name: 'LSTM, H=64, Adam', cell: 'lstm', hidden: 64, optimizer: 'adam' },
];

interface Files {
  readonly folder: string;
  readonly corpus: string;
  readonly dev: string;
}

const THREADS = 1;
/** What the footprint needs to know of the kernels that run. */
const KERNELS = { floatBytes: 4, growsInPlace: true };

/**
 * The most memory that `ner train` has, beyond what it has for a network of one unit on the same corpus, beside what
 * src/train/footprint.ts says before training begins.
 */
export async function memory(tell: Tell): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ner-bench-'));
  try {
    const examples = asText(everyWord(WORDS, TOKENS, LENGTH, TAGS, 1));
    const files: Files = { folder, corpus: join(folder, 'corpus.tsv'), dev: join(folder, 'dev.tsv') };
    writeFileSync(files.corpus, asColumns(examples));
    writeFileSync(files.dev, asColumns(examples.slice(0, DEV)));
    const baseline = peak(files, BASELINE);
    return CASES.map(({ name, ...given }) => {
      const settings = { ...BASELINE, ...given };
      const ours = peak(files, settings) - baseline;
      const other = foretold(examples, settings) - foretold(examples, BASELINE);
      tell(`${name}: ${shown(ours)} MiB measured, ${shown(other)} MiB foretold`);
      const what = `memory of training, ${name}, ${WORDS} words`;
      return { section: 'memory', name: what, against: 'foretold', ours, other, unit: 'MiB', ratio: ours / other };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** MiB. */
function peak({ folder, corpus, dev }: Files, settings: Partial<Settings>): number {
  const config = join(folder, 'settings.json');
  writeFileSync(config, JSON.stringify(settings));
  const out = join(folder, 'model.json');
  const args = [
    '--import',
    REPORT,
    NER,
    'train',
    '--preset',
    'textbook',
    '--threads',
    String(THREADS),
    corpus,
    '--dev',
    dev,
    '--config',
    config,
    '--output',
    out,
  ];
  const shell = ['-c', '"$@" 2>&1 >/dev/null', 'sh', process.execPath, ...args];
  const said = execFileSync('sh', shell, { encoding: 'utf8' });
  return Number(said.trim().split('\n').pop()) / 1024;
}

/** MiB. */
function foretold(examples: readonly Example[], given: Partial<Settings>): number {
  const settings = resolveSettings(given);
  const lengths = examples.map(({ tokens }) => tokens.length);
  const tags = tagSet(entityTypes(examples), settings.scheme).length;
  const load = loadOf(settings, lengths, lengths.slice(0, DEV), tags, THREADS);
  return footprint(settings, Encoder.build(examples, settings), load, KERNELS).bytes / 2 ** 20;
}
