import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packBatch, packTokens } from '../src/encode/batch.js';
import { agreement, type Checked } from './agreement.js';
import { interleaved, median, medianRatio, processorSeconds, type Row, shown, type Tell } from './measure.js';
import { architecture, Ours, RATES } from './ours.js';
import type { Rival } from './rival.js';
import type { BenchSentence } from './sentences.js';

export const [HIDDEN, BATCH, TAGS, VOCABULARY] = [128, 32, 9, 23_000];
const CHECKED_STEPS = 4;
const WARM_UP_SECONDS = 2;

export const NETWORKS = [
  { name: 'Elman', cell: 'elman', bidirectional: false },
  { name: 'LSTM', cell: 'lstm', bidirectional: false },
  { name: 'BiLSTM', cell: 'lstm', bidirectional: true },
] as const;

const TASKS = [
  { command: 'train', name: 'training' },
  { command: 'tag', name: 'inference' },
] as const;

/** What is compared with what. */
export interface Contest {
  readonly section: string;
  readonly network: (typeof NETWORKS)[number];
  readonly batches: readonly BenchSentence[][];
  /** How the batches were made. */
  readonly batching: string;
  readonly rounds: number;
}

/** Another library in a process of its own. */
export interface Opponent {
  readonly library: string;
  readonly rival: Rival;
  /** The formulations to time; all that it has if none are named. */
  readonly only?: readonly string[];
}

/** A way to write the network with the other library; one that is not `same` computes another network. */
interface Formulation {
  readonly name: string;
  readonly same: boolean;
}

/** A formulation and who has it. */
export interface Entry extends Formulation {
  readonly rival: Rival;
  /** The library and the formulation. */
  readonly against: string;
}

/**
 * Training and inference on the same batches as other libraries in every formulation that they have, by the processor time
 * that all sides take. Ours packs its batches within that time, the others get them ready-made. Throws Error where the
 * results are not the same.
 */
export async function compare(opponents: readonly Opponent[], contest: Contest, tell: Tell): Promise<Row[]> {
  const { network, batches } = contest;
  const shape = architecture(network.cell, network.bidirectional, HIDDEN);
  const ours = await Ours.create(shape, VOCABULARY, TAGS, batches);
  const entries = await enter(opponents, ours, batches);
  const rows: Row[] = [];
  for (const { command, name } of TASKS) {
    warmUp(ours, command, batches);
    const sides = new Map([['ours', async () => ours.rate(command, batches)]]);
    for (const entry of entries) sides.set(entry.against, async () => (await ask(entry, command)).byProcessor);
    const rates = await interleaved(sides, contest.rounds);
    rows.push(...rowsOf(contest.section, `${network.name} ${name}, batches of ${contest.batching}`, rates));
  }
  for (const { name, against, ours, other, ratio } of rows) {
    tell(`${name}: ${shown(ours)} to ${shown(other)} (${against}) is ${shown(ratio)}`);
  }
  return rows;
}

/** Hands our weights and batches over to all, and sees that they compute what ours computes. */
export async function enter(
  opponents: readonly Opponent[],
  ours: Ours,
  batches: readonly BenchSentence[][],
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const { library, rival, only } of opponents) {
    for (const { name, same } of await setUp(rival, ours, batches)) {
      if (only?.includes(name) === false) continue;
      entries.push({ name, same, rival, against: `${library}: ${name}${same ? '' : ' (another network)'}` });
    }
  }
  await check(ours, entries, batches);
  return entries;
}

/** Tokens a second of all batches, by the time of the processor and by the clock. */
export async function ask(
  { rival, name }: Entry,
  command: 'train' | 'tag',
): Promise<{ byProcessor: number; byClock: number }> {
  const request = { command, formulation: name };
  const { seconds, clock, tokens } = await rival.ask<{ seconds: number; clock: number; tokens: number }>(request);
  return { byProcessor: tokens / seconds, byClock: tokens / clock };
}

/** Until the engine has compiled what is run often, which other threads of this process do. */
function warmUp(ours: Ours, task: 'train' | 'tag', batches: readonly BenchSentence[][]): void {
  const runs = () => ours.rate(task, batches);
  for (let spent = 0; spent < WARM_UP_SECONDS; ) spent += processorSeconds(runs);
}

/** A row for each side but `ours`, the fastest first. */
export function rowsOf(section: string, name: string, rates: ReadonlyMap<string, number[]>): Row[] {
  const ours = rates.get('ours') ?? [];
  const others = [...rates].filter(([against]) => against !== 'ours');
  const rows = others.map(([against, theirs]): Row => {
    const figures = { ours: median(ours), other: median(theirs), ratio: medianRatio(ours, theirs) };
    return { section, name, against, unit: 'tokens/s', ...figures };
  });
  return rows.sort((a, b) => b.other - a.other);
}

/** Hands over our weights and batches. */
async function setUp(rival: Rival, ours: Ours, batches: readonly BenchSentence[][]): Promise<Formulation[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ner-bench-'));
  try {
    const { shapes, values } = ours.weights();
    const weights = join(folder, 'weights');
    writeFileSync(weights, values);
    const { cell, bidirectional, hidden } = ours.architecture;
    const { learningRate: rate, tableLearningRate: tableRate, momentum } = RATES;
    const network = { cell, bidirectional, hidden, tags: ours.tags, rate, tableRate, momentum, weights, shapes };
    const request = { command: 'setup', ...network, batches: batches.map(packedLists) };
    const answer = await rival.ask<{ formulations: [string, boolean][] }>(request);
    return answer.formulations.map(([name, same]) => ({ name, same }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lengths, words and tags of a batch, packed. */
function packedLists(sentences: readonly BenchSentence[]): number[][] {
  const batch = packBatch(sentences.map(({ encoded }) => encoded));
  const gold = packTokens(
    batch,
    sentences.map((sentence) => sentence.gold),
  );
  return [batch.lengths, batch.ids, gold].map((list) => Array.from(list));
}

/** Throws Error where a formulation's tags or losses are not ours. */
async function check(ours: Ours, entries: readonly Entry[], batches: readonly BenchSentence[][]): Promise<void> {
  const first = batches.slice(0, CHECKED_STEPS);
  const expected: Checked = {
    tags: first.map((batch) => Array.from(ours.tag(batch))),
    losses: first.map((batch) => ours.train(batch)),
  };
  for (const { name, same, against, rival } of entries) {
    if (!same) continue;
    const request = { command: 'check', formulation: name, steps: CHECKED_STEPS };
    agreement(against, await rival.ask<Checked>(request), expected);
  }
}
