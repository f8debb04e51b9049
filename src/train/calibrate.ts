import type { Batch } from '../encode/batch.js';
import { isSameEntity } from '../evaluate/score.js';
import type { FloatArray } from '../kernels/kernels.js';
import { type Encodings, eachBatch } from '../model/each_batch.js';
import type { Tagger } from '../model/tagger.js';
import { naturalLog } from '../network/natural_log.js';
import type { Entity } from '../text/tags.js';

/** Temperatures are multiples of 1/64, so that the last bits of a probability seldom decide. */
const UNIT = 1 / 64;
const LEAST = 1 / 8;
const MOST = 16;
/** Probabilities nearer to 0 or 1 cost as much as this: those of float32 are no more exact. */
const NEAREST = 2 ** -22;

/** A batch in which entities were found. */
interface FoundBatch {
  /** As each encoding has it. */
  readonly batches: readonly Batch[];
  readonly logits: FloatArray;
  /** Of its i-th longest sentence: whether each entity found is right. */
  readonly right: readonly (readonly boolean[])[];
}

/**
 * The temperature T (Guo et al. 2017) at which the probabilities p of the entities found tell best whether they are right, that of the
 * least log-loss Σ −target · ln p − (1 − target) · ln(1 − p). It is searched for from 1 on in steps that halve. 1 where nothing is found.
 * `gold` has the entities of each sentence.
 */
export function fitTemperature(tagger: Tagger, sentences: Encodings, gold: readonly (readonly Entity[])[]): number {
  const { kernels, ensemble, reader } = tagger;
  const found = foundBatches(tagger, sentences, gold);
  if (found.length === 0) return 1;
  const targets = targetsOf(found);
  return leastAround(1, (temperature) => {
    let loss = 0;
    for (const { batches, logits, right } of found) {
      ensemble.load(batches);
      kernels.view(ensemble.logits).set(logits);
      const probabilities = reader.probabilities(reader.decode(batches[0]), temperature);
      right.forEach((answers, i) => {
        answers.forEach((answer, e) => {
          loss += logLoss(probabilities[i][e], answer ? targets.right : targets.wrong);
        });
      });
    }
    return loss;
  });
}

function logLoss(probability: number, target: number): number {
  const p = Math.min(Math.max(probability, NEAREST), 1 - NEAREST);
  return -target * naturalLog(p) - (1 - target) * naturalLog(1 - p);
}

/** (R + 1) / (R + 2) for R right ones and 1 / (W + 2) for W wrong ones (Platt 1999), so that a few prove little. */
function targetsOf(found: readonly FoundBatch[]): { readonly right: number; readonly wrong: number } {
  const answers = found.flatMap(({ right }) => right.flat());
  const R = answers.filter((right) => right).length;
  const W = answers.length - R;
  return { right: (R + 1) / (R + 2), wrong: 1 / (W + 2) };
}

function foundBatches(
  { kernels, ensemble, reader }: Tagger,
  sentences: Encodings,
  gold: readonly (readonly Entity[])[],
): FoundBatch[] {
  const found: FoundBatch[] = [];
  eachBatch(ensemble, sentences, (batches, pieces) => {
    const logits = kernels.view(ensemble.logits).slice();
    const right = reader.decode(batches[0]).map((entities, i) => {
      const { sentence, offset } = pieces[i];
      return entities.map(({ start, end, type }) =>
        gold[sentence].some((entity) => isSameEntity(entity, { start: start + offset, end: end + offset, type })),
      );
    });
    if (right.some(({ length }) => length > 0)) found.push({ batches, logits, right });
  });
  return found;
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
