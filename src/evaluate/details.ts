import { type Calibration, calibrationOf } from './calibration.js';
import { type ConfusionCell, confusionOf } from './confusion.js';
import { type FrequentError, frequentErrors } from './frequent.js';
import { type ComparedSentence, type Comparison, outcomesOf } from './outcome.js';
import { type KnownEntities, type SeenScores, scoreBySeen } from './seen.js';

/** What stands behind a score. */
export interface Details {
  readonly confusion: readonly ConfusionCell[];
  /** The most frequent errors, at most 100. */
  readonly errors: readonly FrequentError[];
  /** Null where the training part is not known. */
  readonly bySeen: SeenScores | null;
  /** Null where the predictions have no probabilities. */
  readonly calibration: Calibration | null;
}

const ERRORS = 100;

/** Compares the entities of sentences, gold against predicted; `training` holds the entities of the training part. */
export function detailsOf(sentences: Iterable<ComparedSentence>, training?: KnownEntities): Details {
  const comparisons: Comparison[] = [];
  for (const sentence of sentences) comparisons.push({ sentence, outcomes: outcomesOf(sentence) });
  return {
    confusion: confusionOf(comparisons),
    errors: frequentErrors(comparisons, ERRORS),
    bySeen: training === undefined ? null : scoreBySeen(comparisons, training),
    calibration: calibrationOf(comparisons) ?? null,
  };
}
