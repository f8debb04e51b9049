import { isSameEntity } from '../evaluate/score.js';
import type { Decider } from '../model/decider.js';
import type { Scores } from '../model/scores.js';
import { naturalLog } from '../network/natural_log.js';
import type { Entity } from '../text/tags.js';
import type { Example } from './trainer.js';

/** Temperatures are multiples of 1/64, so that the last bits of a probability seldom decide. */
const UNIT = 1 / 64;
const LEAST = 1 / 8;
const MOST = 16;
/** Probabilities nearer to 0 or 1 cost as much as this: those of float32 are no more exact. */
const NEAREST = 2 ** -22;

/**
 * The temperature T (Guo et al. 2017) at which the probabilities p of the entities found tell best whether they are right, that of the
 * least log-loss Σ −target · ln p − (1 − target) · ln(1 − p). It is searched for from 1 on in steps that halve. 1 where nothing is found.
 */
export function fitTemperature(
  decider: Pick<Decider, 'scoredSpans'>,
  scores: Scores,
  found: readonly (readonly Entity[])[],
  gold: readonly Pick<Example, 'entities'>[],
): number {
  const right = found.map((entities, s) =>
    entities.map((entity) => gold[s].entities.some((other) => isSameEntity(other, entity))),
  );
  const targets = targetsOf(right.flat());
  if (targets === undefined) return 1;
  const { sentences, probabilitiesAt } = decider.scoredSpans(scores, found);
  const next = new Int32Array(found.length);
  const targetOf = Float64Array.from(sentences, (s) => (right[s][next[s]++] ? targets.right : targets.wrong));
  return leastAround(1, (temperature) => {
    const probabilities = probabilitiesAt(temperature);
    let loss = 0;
    for (let e = 0; e < probabilities.length; e++) loss += logLoss(probabilities[e], targetOf[e]);
    return loss;
  });
}

function logLoss(probability: number, target: number): number {
  const p = Math.min(Math.max(probability, NEAREST), 1 - NEAREST);
  return -target * naturalLog(p) - (1 - target) * naturalLog(1 - p);
}

/** (R + 1) / (R + 2) for R right ones and 1 / (W + 2) for W wrong ones (Platt 1999), so that a few prove little. */
function targetsOf(answers: readonly boolean[]): { readonly right: number; readonly wrong: number } | undefined {
  if (answers.length === 0) return undefined;
  const R = answers.filter((right) => right).length;
  return { right: (R + 1) / (R + 2), wrong: 1 / (answers.length - R + 2) };
}

/** The multiple of UNIT where f is least, as far as a descent in steps of 32, 16, … 1 units can tell. */
function leastAround(start: number, f: (x: number) => number): number {
  let best = start;
  let least = f(start);
  const improves = (x: number): boolean => {
    if (x < LEAST || x > MOST) return false;
    const value = f(x);
    if (!(value < least)) return false;
    [best, least] = [x, value];
    return true;
  };
  for (let step = 32 * UNIT; step >= UNIT; step /= 2) {
    if (improves(best + step)) while (improves(best + step));
    else while (improves(best - step));
  }
  return best;
}
