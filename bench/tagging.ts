import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asColumns, asText } from './corpus.js';
import { interleaved, median, medianRatio, type Row, shown, type Tell } from './measure.js';
import { CORES } from './rival.js';
import { conllShaped, everyWord } from './sentences.js';

const NER = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
const [WORDS, TAGS, LENGTH] = [20_000, 9, 14];
const SENTENCES = 48_000;
const ROUNDS = 3;
const STARTS = 15;

interface Files {
  readonly folder: string;
  readonly model: string;
  readonly text: string;
}

/** `ner tag` as a whole process, with a model of 20,000 words and 128 units: by the clock, reading and writing included. */
export async function tagging(tell: Tell): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ner-bench-'));
  try {
    const files = { folder, model: trainModel(folder), text: join(folder, 'text.txt') };
    const rows = [...(await throughput(files)), await start(files)];
    for (const { name, against, ours, other, unit, ratio } of rows)
      tell(`${name}: ${shown(ours)} ${unit} to ${shown(other)} (${against}) is ${shown(ratio)}`);
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A model that knows all words. */
function trainModel(folder: string): string {
  const [corpus, model] = [join(folder, 'corpus.tsv'), join(folder, 'model.json')];
  writeFileSync(corpus, asColumns(asText(everyWord(WORDS, 3 * WORDS, LENGTH, TAGS, 1))));
  const args = [NER, 'train', corpus, '--preset', 'textbook', '--epochs', '2', '--output', model];
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return model;
}

async function throughput({ folder, model, text }: Files): Promise<Row[]> {
  const sentences = asText(conllShaped(SENTENCES, WORDS, TAGS, 2));
  writeFileSync(text, sentences.map(({ tokens }) => `${tokens.join(' ')}\n`).join(''));
  const tokens = sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
  const command = (input: string, threads: number): string[] => {
    return [
      process.execPath,
      NER,
      'tag',
      '--model',
      model,
      '--file',
      text,
      '--input',
      input,
      '--threads',
      `${threads}`,
    ];
  };
  const kinds = [
    { name: 'tokens, one thread on one core', run: onOneCore(command('tokens', 1)) },
    { name: 'tokens, two threads', run: command('tokens', 2) },
    { name: 'text to be tokenised, one thread on one core', run: onOneCore(command('text', 1)) },
    { name: 'text to be tokenised, two threads', run: command('text', 2) },
  ];
  await checkOutputs(
    kinds.map(({ run }) => run),
    join(folder, 'output'),
    tokens,
  );
  const sides = kinds.map(({ name, run }) => [name, async () => tokens / (await seconds(run))] as const);
  const rates = await interleaved(new Map(sides), ROUNDS);
  const [tokens1, tokens2, text1, text2] = kinds.map(({ name }) => name);
  return [
    [tokens2, tokens1],
    [text1, tokens1],
    [text2, text1],
  ].map(([ours, other]) => rowOf(`ner tag, ${ours}`, other, rates.get(ours) ?? [], rates.get(other) ?? [], 'tokens/s'));
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

function onOneCore(command: readonly string[]): readonly string[] {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return ['taskset', '-c', String(CORES - 1), ...command];
  } catch {
    return command;
  }
}

/** Throws Error where commands do not tag every token, or not all alike. */
async function checkOutputs(commands: readonly (readonly string[])[], file: string, tokens: number): Promise<void> {
  const hashes = new Set<string>();
  for (const command of commands) {
    await seconds(command, file);
    const output = readFileSync(file);
    const lines = output.toString('latin1').match(/[^\n]+\n/g)?.length;
    if (lines !== tokens) throw new Error(`${command.join(' ')} tagged ${lines} of ${tokens} tokens`);
    hashes.add(createHash('sha256').update(output).digest('hex'));
  }
  if (hashes.size > 1) throw new Error('ner tag wrote other tags with other threads or input');
}

/** Seconds that a command lasts by the clock. Throws Error where it fails. */
async function seconds([program, ...args]: readonly string[], output = '/dev/null'): Promise<number> {
  const file = openSync(output, 'w');
  const begin = performance.now();
  try {
    const status = await new Promise((resolve, reject) => {
      spawn(program, args, { stdio: ['ignore', file, 'ignore'] })
        .on('error', reject)
        .on('exit', resolve);
    });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  } finally {
    closeSync(file);
  }
  return (performance.now() - begin) / 1000;
}
