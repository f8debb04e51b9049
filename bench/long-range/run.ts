import { mkdirSync, writeFileSync } from 'node:fs';
import {
  accuracy,
  type Corpora,
  corporaOf,
  median,
  NETWORKS,
  type NetworkName,
  trained,
  untrained,
} from './experiment.js';
import { modelFile } from './model_file.js';
import { PARTS, toColumns } from './sentences.js';

const DISTANCES = [5, 10, 20, 40];
/** The distance whose sentences and models are written. */
const WRITTEN = 40;
const FOLDER = 'build/long-range';

const given = process.argv.slice(2).map(Number);
if (given.some((seed) => !Number.isSafeInteger(seed) || seed < 0)) {
  console.error('usage: run.ts [SEED …], whole numbers; 1 2 3 4 5 if none is given');
  process.exit(2);
}
const SEEDS = given.length > 0 ? given : [1, 2, 3, 4, 5];

mkdirSync(FOLDER, { recursive: true });
writeSentences(corporaOf(WRITTEN, SEEDS[0]));
console.log('Test sentences whose last word gets the right type, by the seed of sentences and weights\n');
console.log(`distance  ${'network'.padEnd(17)}${SEEDS.map((seed) => `seed ${seed}`.padStart(8)).join('')}  median`);
for (const distance of DISTANCES) {
  for (const { name } of NETWORKS) await measure(name, distance);
}
console.log(`\n${FOLDER} holds the sentences of distance ${WRITTEN} and seed ${SEEDS[0]}, and the models of these.`);

/** Prints a row as it comes: one accuracy a seed, and their median. */
async function measure(name: NetworkName, distance: number): Promise<void> {
  process.stdout.write(`${String(distance).padStart(8)}  ${name.padEnd(17)}`);
  const shares: number[] = [];
  for (const seed of SEEDS) {
    const corpora = corporaOf(distance, seed);
    const result = await trained(name, corpora, seed);
    const share = accuracy(result.tagger, corpora.test);
    shares.push(share);
    process.stdout.write(percent(share));
    if (distance === WRITTEN && seed === SEEDS[0]) {
      writeFileSync(`${FOLDER}/${name}.json`, await modelFile(result.tagger, corpora, result));
      writeFileSync(`${FOLDER}/${name}-untrained.json`, await modelFile(untrained(name, corpora, seed), corpora));
    }
  }
  console.log(percent(median(shares)));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`.padStart(8);
}

/** The parts, and a sentence to look at. */
function writeSentences(corpora: Corpora): void {
  for (const part of PARTS) writeFileSync(`${FOLDER}/${part}.tsv`, toColumns(corpora[part]));
  writeFileSync(`${FOLDER}/sentence.txt`, `${corpora.test[0].tokens.join(' ')}\n`);
}
