import type { Comparison } from './outcome.js';
import { ratio } from './score.js';

/** Predicted entities of about the same probability. */
export interface CalibrationBin {
  /** p from `from` on and below `to`; 1 too in the last bin. */
  readonly from: number;
  readonly to: number;
  readonly predicted: number;
  readonly correct: number;
  /** The mean of their probabilities, and the share of them that is correct; 0 where there are none. */
  readonly probability: number;
  readonly precision: number;
}

/** How the probabilities of predicted entities agree with how often they are right. */
export interface Calibration {
  /**
   * The expected calibration error (Naeini, Cooper & Hauskrecht 2015):
   * Σ n(b)/n · |precision(b) − probability(b)| over the bins; 0 where nothing is predicted.
   */
  readonly error: number;
  readonly bins: readonly CalibrationBin[];
}

const BINS = 10;

/** Undefined where the sentences have no probabilities. */
export function calibrationOf(comparisons: readonly Comparison[]): Calibration | undefined {
  if (comparisons.some(({ sentence }) => sentence.probabilities === undefined)) return undefined;
  const counts = Array.from({ length: BINS }, () => ({ predicted: 0, correct: 0, sum: 0 }));
  let all = 0;
  for (const { sentence, outcomes } of comparisons) {
    for (const { kind, predicted } of outcomes) {
      if (predicted === undefined) continue;
      const p = sentence.probabilities?.[predicted.start] ?? 0;
      const bin = counts[Math.min(BINS - 1, Math.floor(p * BINS))];
      bin.predicted++;
      bin.sum += p;
      if (kind === 'correct') bin.correct++;
      all++;
    }
  }
  const bins = counts.map(({ predicted, correct, sum }, b) => ({
    ...{ from: b / BINS, to: (b + 1) / BINS, predicted, correct },
    probability: ratio(sum, predicted),
    precision: ratio(correct, predicted),
  }));
  const error = bins.reduce(
    (sum, { predicted, probability, precision }) => sum + ratio(predicted, all) * Math.abs(precision - probability),
    0,
  );
  return { error, bins };
}
