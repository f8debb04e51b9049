/**
 * What tuning the score of O is worth on sentences that it was not tuned on: each half of a dev set is scored with what was fitted to the
 * other half, and what lies outside random parts of it with what was fitted to the part.
 *
 *     npx tsx bench/accuracy/unseen.ts MODEL DEV
 */
import { DevBatches } from '../../src/train/dev_batches.js';
import { fitOutside } from '../../src/train/outside.js';
import { keyedRandom } from '../../src/train/random.js';
import { loaded } from './loaded.js';

/** Consecutive sentences that go to the same half. */
const BLOCK = 50;
/** Gold entities of random parts, about, and how many of each size are drawn. */
const PARTS = [10, 30, 100, 300];
const DRAWS = 200;

const [model, file] = process.argv.slice(2);
const { tagger, inputs, gold } = await loaded(model, file);
tagger.outsideScore = 0;
const encodings = tagger.encode(inputs);
const all = inputs.map((_, s) => s);
const whole = new DevBatches(tagger, encodings, gold);
const foundWith = new Map<number, Int32Array>();

const halves = [0, 1].map((half) => all.filter((s) => Math.floor(s / BLOCK) % 2 === half));
const fitted = halves.map(fittedTo);
const crossed = halves.flatMap((half, h) => half.map((s) => countsAt(fitted[1 - h], s)));
console.log(`halves: F1 ${f1At(0, all).toFixed(2)} without, ${f1Of(crossed).toFixed(2)} with ${fitted.join(' and ')}`);

for (const entities of PARTS) {
  let gain = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const random = keyedRandom(entities, draw);
    const isChosen = all.map(() => random() * gold.flat().length < entities);
    const rest = all.filter((s) => !isChosen[s]);
    const outsideScore = fittedTo(all.filter((s) => isChosen[s]));
    gain += f1At(outsideScore, rest) - f1At(0, rest);
  }
  console.log(`parts of ${entities} entities: ${(gain / DRAWS).toFixed(2)} of F1 gained on the rest`);
}

function fittedTo(part: readonly number[]): number {
  const encoded = encodings.map((list) => part.map((s) => list[s]));
  return fitOutside(
    new DevBatches(
      tagger,
      encoded,
      part.map((s) => gold[s]),
    ),
  );
}

/** Entities of a sentence: right, found, and in the corpus. */
type Counts = readonly [right: number, found: number, gold: number];

function countsAt(outsideScore: number, s: number): Counts {
  let counts = foundWith.get(outsideScore);
  if (counts === undefined) {
    counts = countAll(outsideScore);
    foundWith.set(outsideScore, counts);
  }
  return [counts[2 * s], counts[2 * s + 1], gold[s].length];
}

/** Of each sentence the entities that are right and those that are found. */
function countAll(outsideScore: number): Int32Array {
  const counts = new Int32Array(2 * inputs.length);
  whole.decode(outsideScore, ({ pieces, right }) => {
    right.forEach((answers, i) => {
      const at = 2 * pieces[i].sentence;
      counts[at] += answers.filter((answer) => answer).length;
      counts[at + 1] += answers.length;
    });
  });
  return counts;
}

function f1At(outsideScore: number, part: readonly number[]): number {
  return f1Of(part.map((s) => countsAt(outsideScore, s)));
}

function f1Of(counts: readonly Counts[]): number {
  const [right, found, known] = [0, 1, 2].map((i) => counts.reduce((sum, each) => sum + each[i], 0));
  return (200 * right) / (found + known);
}
