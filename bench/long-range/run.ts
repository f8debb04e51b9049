import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { sha256 } from '../../src/hash.js';
import { formatModel } from '../../src/model/json.js';
import type { CorpusRecord, TrainingRecord } from '../../src/model/record.js';
import type { Tagger } from '../../src/model/tagger.js';
import type { Example, TrainingResult } from '../../src/train/trainer.js';
import { accuracy, type Corpora, corporaOf, median, NETWORKS, trained, untrained } from './experiment.js';
import { PARTS, toColumns } from './sentences.js';

const DISTANCES = [5, 10, 20, 40];
/** The distance whose corpora and models are written. */
const WRITTEN = 40;
const FOLDER = 'build/long-range';

const given = process.argv.slice(2).map(Number);
if (given.some((seed) => !Number.isSafeInteger(seed) || seed < 0)) {
  console.error('usage: run.ts [SEED …], each a whole number; 1 2 3 4 5 if none is given');
  process.exit(2);
}
const SEEDS = given.length > 0 ? given : [1, 2, 3, 4, 5];

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`.padStart(7);

mkdirSync(FOLDER, { recursive: true });
writeCorpora(corporaOf(WRITTEN, SEEDS[0]));
console.log('test sentences whose last word gets the right type, by the seed of the sentences and the weights\n');
console.log(`distance  ${'network'.padEnd(17)}${SEEDS.map((seed) => `seed ${seed}`.padStart(8)).join('')}   median`);
for (const distance of DISTANCES) {
  for (const { name } of NETWORKS) {
    const shares: number[] = [];
    process.stdout.write(`${String(distance).padStart(8)}  ${name.padEnd(17)}`);
    for (const seed of SEEDS) {
      const corpora = corporaOf(distance, seed);
      const result = await trained(name, corpora, seed);
      shares.push(accuracy(result.tagger, corpora.test));
      process.stdout.write(` ${percent(shares[shares.length - 1])}`);
      if (distance === WRITTEN && seed === SEEDS[0]) {
        await writeModel(name, result.tagger, corpora, result);
        await writeModel(`${name}-untrained`, untrained(name, corpora, seed), corpora);
      }
    }
    console.log(`  ${percent(median(shares))}`);
  }
}
console.log(
  `\n${FOLDER} holds the sentences of distance ${WRITTEN}, seed ${SEEDS[0]}, and the networks trained on them`,
);

function writeCorpora(corpora: Corpora): void {
  for (const part of PARTS) writeFileSync(`${FOLDER}/${part}.tsv`, toColumns(corpora[part]));
  writeFileSync(`${FOLDER}/sentence.txt`, `${corpora.test[0].tokens.join(' ')}\n`);
}

async function writeModel(name: string, tagger: Tagger, corpora: Corpora, result?: TrainingResult): Promise<void> {
  const { precision, recall, f1 } = result?.best.dev.micro ?? { precision: 0, recall: 0, f1: 0 };
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const record: TrainingRecord = {
    version,
    kernels: tagger.kernels.name,
    train: await corpusRecord(corpora.train),
    heldOut: false,
    dev: await corpusRecord(corpora.dev),
    epochs: result?.epochs.length ?? 0,
    bestEpoch: result?.best.epoch ?? 0,
    stopped: 'finished',
    devScores: { precision, recall, f1 },
  };
  writeFileSync(`${FOLDER}/${name}.json`, (await formatModel({ tagger, record })).join(''));
}

async function corpusRecord(examples: readonly Example[]): Promise<CorpusRecord> {
  return {
    sha256: [await sha256(new TextEncoder().encode(toColumns(examples)))],
    sentences: examples.length,
    tokens: examples.reduce((sum, { tokens }) => sum + tokens.length, 0),
    entities: examples.length,
  };
}
