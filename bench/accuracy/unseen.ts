/**
 * What a decision that is fitted to a dev set is worth on sentences that it was not fitted to: each half of a dev set is scored with the
 * threshold fitted to the other half, and what lies outside random parts of it with that fitted to the part.
 *
 *     npx tsx bench/accuracy/unseen.ts MODEL DEV
 */
import { isSameEntity } from '../../src/evaluate/score.js';
import { bestEntities, type Candidate } from '../../src/model/best_entities.js';
import { scoresOf } from '../../src/model/scores.js';
import { UNFITTED_THRESHOLD } from '../../src/model/tagger.js';
import type { Entity } from '../../src/text/tags.js';
import { keyedRandom } from '../../src/train/random.js';
import { fitThreshold, LEAST_PROBABILITY } from '../../src/train/threshold.js';
import { loaded } from './loaded.js';

/** Consecutive sentences that go to the same half. */
const BLOCK = 50;
/** Gold entities of random parts, about, and how many of each size are drawn. */
const PARTS = [10, 30, 100, 300];
const DRAWS = 200;

const [model, file] = process.argv.slice(2);
const { tagger, inputs, gold } = await loaded(model, file);
const { ensemble, kernels, tags, decider, settings } = tagger;
const all = inputs.map((_, s) => s);
const entities = gold.flat().length;

const scores = scoresOf(ensemble, kernels, tags.length, tagger.encode(inputs));
const likeliest = decider.likeliest(scores).map((list, s) => countsOf(list, s));
console.log(`likeliest tags: F1 ${f1Of(likeliest).toFixed(2)}`);
worth('entities by probability', decider.candidates(scores, LEAST_PROBABILITY));
const agreed = tagger.agreedScores(scores, tagger.documentsOf(inputs));
if (agreed !== scores) {
  const counts = decider.likeliest(agreed).map((list, s) => countsOf(list, s));
  console.log(`documents in agreement (${settings.agreement}), likeliest tags: F1 ${f1Of(counts).toFixed(2)}`);
  worth('documents in agreement, entities by probability', decider.candidates(agreed, LEAST_PROBABILITY));
}

function worth(what: string, candidates: readonly Candidate[][]): void {
  const known = new Map<number, Counts[]>();
  const countsAt = (threshold: number, part: readonly number[]): Counts[] => {
    const counts =
      known.get(threshold) ??
      all.map((s) => countsOf(bestEntities(candidates[s], threshold, inputs[s].tokens.length), s));
    known.set(threshold, counts);
    return part.map((s) => counts[s]);
  };
  const fittedTo = (part: readonly number[]): number =>
    fitThreshold(
      part.map((s) => candidates[s]),
      part.map((s) => ({ tokens: inputs[s].tokens, entities: gold[s] })),
    );
  const halves = [0, 1].map((half) => all.filter((s) => Math.floor(s / BLOCK) % 2 === half));
  const fitted = halves.map(fittedTo);
  const crossed = halves.flatMap((half, h) => countsAt(fitted[1 - h], half));
  const unfitted = f1Of(countsAt(UNFITTED_THRESHOLD, all)).toFixed(2);
  console.log(`${what}: F1 ${unfitted} unfitted, ${f1Of(crossed).toFixed(2)} fitted, to ${fitted.join(' and ')}`);
  for (const size of PARTS) {
    let gain = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      const random = keyedRandom(size, draw);
      const isChosen = all.map(() => random() * entities < size);
      const rest = all.filter((s) => !isChosen[s]);
      const threshold = fittedTo(all.filter((s) => isChosen[s]));
      gain += f1Of(countsAt(threshold, rest)) - f1Of(countsAt(UNFITTED_THRESHOLD, rest));
    }
    console.log(`  parts of ${size} entities: ${(gain / DRAWS).toFixed(2)} of F1 gained on the rest`);
  }
}

/** Entities of a sentence: right, found, and in the corpus. */
type Counts = readonly [right: number, found: number, gold: number];

function countsOf(found: readonly Entity[], s: number): Counts {
  const right = found.filter((entity) => gold[s].some((other) => isSameEntity(other, entity)));
  return [right.length, found.length, gold[s].length];
}

function f1Of(counts: readonly Counts[]): number {
  const [right, found, known] = [0, 1, 2].map((i) => counts.reduce((sum, each) => sum + each[i], 0));
  return (200 * right) / (found + known);
}
