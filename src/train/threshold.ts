import { isSameEntity } from '../evaluate/score.js';
import { bestEntities, type Candidate } from '../model/best_entities.js';
import { UNFITTED_THRESHOLD } from '../model/tagger.js';
import type { Example } from './trainer.js';

/** Thresholds that are tried are multiples of 1 / STEPS. */
const STEPS = 20;
const LEAST = 2;
const MOST = 16;
/** F1 wavers from threshold to threshold: so many steps to each side are averaged. */
const AROUND = 2;
/** A step must raise that average by this share of it, or it says nothing; and by as much as an entity of all that there are. */
const LEAST_GAIN = 0.0005;

/** The least probability that `fitThreshold` needs to know of. */
export const LEAST_PROBABILITY = (LEAST - AROUND + 1) / STEPS;

/**
 * How probable an entity must be to be found (`bestEntities`), for the best F1 on a dev set. From half of a good F1 on it goes, to either
 * side, as long as F1 rises; the fewer entities there are, the more it must rise, so that a small dev set changes little. It stays there
 * unless F1 is better elsewhere.
 * @param candidates of each sentence those that are more probable than `LEAST_PROBABILITY`
 */
export function fitThreshold(candidates: readonly (readonly Candidate[])[], dev: readonly Example[]): number {
  const entities = dev.reduce((sum, example) => sum + example.entities.length, 0);
  const leastGain = Math.max(LEAST_GAIN, 1 / entities);
  const known = new Map<number, number>();
  const f1At = (step: number): number => {
    const f1 = known.get(step) ?? f1Of(candidates, dev, entities, step / STEPS);
    known.set(step, f1);
    return f1;
  };
  const meanAround = (step: number): number => {
    let sum = 0;
    for (let i = step - AROUND; i <= step + AROUND; i++) sum += f1At(i);
    return sum / (2 * AROUND + 1);
  };
  const start = UNFITTED_THRESHOLD * STEPS;
  for (const direction of [-1, 1]) {
    let step = start;
    const isBetter = (next: number): boolean => meanAround(next) > (1 + leastGain) * meanAround(step);
    while (step > LEAST && step < MOST && isBetter(step + direction)) step += direction;
    if (f1At(step) > f1At(start)) return step / STEPS;
  }
  return UNFITTED_THRESHOLD;
}

function f1Of(
  candidates: readonly (readonly Candidate[])[],
  dev: readonly Example[],
  entities: number,
  threshold: number,
): number {
  let found = 0;
  let right = 0;
  candidates.forEach((list, s) => {
    const best = bestEntities(list, threshold, dev[s].tokens.length);
    found += best.length;
    right += best.filter((entity) => dev[s].entities.some((other) => isSameEntity(other, entity))).length;
  });
  return entities + found === 0 ? 0 : (2 * right) / (entities + found);
}
