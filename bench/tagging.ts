import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asColumns, asText } from './corpus.js';
import { crfsuite } from './crfsuite.js';
import { tokensIn } from './epochs.js';
import { interleaved, median, medianRatio, type Row, shown, type Tell } from './measure.js';
import { onOneCore, seconds } from './processes.js';
import { conllShaped, everyWord } from './sentences.js';

const NER = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
const [WORDS, TAGS, LENGTH] = [20_000, 9, 14];
/** Enough that starting counts for little; fewer for what is much slower. */
const [SENTENCES, FEW_SENTENCES] = [720_000, 12_000];
const ROUNDS = 3;
const STARTS = 15;

interface Files {
  readonly folder: string;
  readonly corpus: string;
  readonly model: string;
}

/** `ner tag` as a whole process, with a model of 20,000 words and 128 units: by the clock, reading and writing included. */
export async function tagging(tell: Tell): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ner-bench-'));
  try {
    const files = trained(folder);
    const rows = [...(await throughput(files, tell)), await start(files)];
    for (const { name, against, ours, other, unit, ratio } of rows)
      tell(`${name}: ${shown(ours)} ${unit} to ${shown(other)} (${against}) is ${shown(ratio)}`);
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A model that knows all words. */
function trained(folder: string): Files {
  const [corpus, model] = [join(folder, 'corpus.tsv'), join(folder, 'model.json')];
  writeFileSync(corpus, asColumns(asText(everyWord(WORDS, 3 * WORDS, LENGTH, TAGS, 1))));
  const args = [NER, 'train', corpus, '--preset', 'textbook', '--epochs', '2', '--output', model];
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return { folder, corpus, model };
}

/** A command that tags a text of so many tokens. */
export interface Tagging {
  readonly name: string;
  readonly run: readonly string[];
  readonly tokens: number;
}

async function throughput({ folder, corpus, model }: Files, tell: Tell): Promise<Row[]> {
  const tag = [process.execPath, NER, 'tag', '--model', model];
  const whole = writeText(join(folder, 'text.txt'), SENTENCES);
  const ours = ['tokens', 'text'].flatMap((input) => {
    const run = [...tag, '--file', whole.file, '--input', input];
    const name = `ner tag, ${input === 'text' ? 'text to be tokenised' : input}`;
    return [
      { name: `${name}, one thread on one core`, run: onOneCore([...run, '--threads', '1']), tokens: whole.tokens },
      { name: `${name}, two threads`, run: [...run, '--threads', '2'], tokens: whole.tokens },
    ];
  });
  const others = crfsuite(folder, corpus, writeText(join(folder, 'part.txt'), FEW_SENTENCES), tell);
  const [first, ...rest] = ours;
  const hash = await hashOf(first, folder);
  for (const one of rest) if ((await hashOf(one, folder)) !== hash) throw new Error(`${one.name}: other tags`);
  for (const other of others) await hashOf(other, folder);
  const sides = [...ours, ...others].map(({ name, run, tokens }) => {
    return [name, async () => tokens / (await seconds(run))] as const;
  });
  const rates = await interleaved(new Map(sides), ROUNDS);
  const beside = (name: string, other: string): Row =>
    rowOf(name, other, rates.get(name) ?? [], rates.get(other) ?? [], 'tokens/s');
  return [...rest.map(({ name }) => beside(name, first.name)), ...others.map(({ name }) => beside(first.name, name))];
}

/** A sentence a line. */
function writeText(file: string, count: number): { readonly file: string; readonly tokens: number } {
  const sentences = asText(conllShaped(count, WORDS, TAGS, 2));
  writeFileSync(file, sentences.map(({ tokens }) => `${tokens.join(' ')}\n`).join(''));
  return { file, tokens: tokensIn(sentences) };
}

/** Of what a command writes. Throws Error where that is not a line for each token. */
async function hashOf({ name, run, tokens }: Tagging, folder: string): Promise<string> {
  const file = join(folder, 'output');
  await seconds(run, file);
  const output = readFileSync(file);
  const lines = output.toString('latin1').match(/[^\n]+\n/g)?.length;
  if (lines !== tokens) throw new Error(`${name}: ${lines} of ${tokens} tokens were tagged`);
  return createHash('sha256').update(output).digest('hex');
}

/** The time from nothing to the entities of one sentence, beside that of Node itself. */
async function start({ model }: Files): Promise<Row> {
  const ours = [process.execPath, NER, 'tag', '--model', model, 'Sumesh worked at Cisco in Bengaluru'];
  const node = [process.execPath, '-e', '0'];
  const times = await interleaved(
    new Map([
      ['ours', async () => 1000 * (await seconds(ours))],
      ['node', async () => 1000 * (await seconds(node))],
    ]),
    STARTS,
  );
  const name = `ner tag "…" from start to end, model of ${WORDS} words`;
  return rowOf(name, 'node -e 0', times.get('ours') ?? [], times.get('node') ?? [], 'ms');
}

function rowOf(name: string, against: string, ours: readonly number[], other: readonly number[], unit: string): Row {
  const figures = { ours: median(ours), other: median(other), ratio: medianRatio(ours, other) };
  return { section: 'tagging', name, against, unit, ...figures };
}
