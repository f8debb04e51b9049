import type { DevBatches } from './dev_batches.js';

/** Scores that are tried are multiples of this. */
const STEP = 0.25;
/** F1 wavers from score to score: so many steps to each side are averaged. */
const AROUND = 2;
/** A step must raise that average by this share of it, or it says nothing; and by as much as an entity of all that there are. */
const LEAST_GAIN = 0.0005;

/**
 * What to add to the score of O for the best F1 on a dev set (Minkov, Wang, Tomasic & Cohen 2006). The likeliest tags are not those of the
 * best F1 where a model misses far more than it makes up. From 0 on it goes, to either side, as long as F1 rises; the fewer entities
 * there are, the more it must rise, so that a small dev set changes little. It is 0 unless F1 is better than with 0.
 */
export function fitOutside(dev: DevBatches): number {
  const entities = dev.gold.reduce((sum, { length }) => sum + length, 0);
  const leastGain = Math.max(LEAST_GAIN, 1 / entities);
  const known = new Map<number, number>();
  const f1At = (step: number): number => {
    const f1 = known.get(step) ?? f1Of(dev, entities, step * STEP);
    known.set(step, f1);
    return f1;
  };
  const meanAround = (step: number): number => {
    let sum = 0;
    for (let i = step - AROUND; i <= step + AROUND; i++) sum += f1At(i);
    return sum / (2 * AROUND + 1);
  };
  for (const direction of [-1, 1]) {
    let step = 0;
    while (meanAround(step + direction) > (1 + leastGain) * meanAround(step)) step += direction;
    if (f1At(step) > f1At(0)) return step * STEP;
  }
  return 0;
}

function f1Of(dev: DevBatches, entities: number, outsideScore: number): number {
  let found = 0;
  let right = 0;
  dev.decode(outsideScore, (batch) => {
    for (const answers of batch.right) {
      found += answers.length;
      for (const answer of answers) if (answer) right++;
    }
  });
  return entities + found === 0 ? 0 : (2 * right) / (entities + found);
}
