import type { Details } from './details.js';
import type { Measures, Score, Tally } from './score.js';

/** A score for programs: what `ner eval --json` prints. All measures are fractions from 0 to 1, not rounded. */
export interface Report {
  readonly schema: 1;
  readonly sentences: number;
  readonly tokens: number;
  readonly accuracy: number;
  readonly entities: { readonly gold: number; readonly predicted: number; readonly correct: number };
  readonly micro: Tally;
  readonly macro: Measures;
  /** Without a prototype, so that `__proto__` is a type like any other and `JSON.stringify` writes it. */
  readonly perType: { readonly [type: string]: Tally };
  readonly details?: Details;
}

/** The report of a score, ready for `JSON.stringify`. */
export function reportOf(score: Score, details?: Details): Report {
  const { sentences, tokens, accuracy, micro, macro } = score;
  const entities = { gold: micro.tp + micro.fn, predicted: micro.tp + micro.fp, correct: micro.tp };
  const perType: { [type: string]: Tally } = Object.create(null);
  for (const [type, tally] of score.perType) perType[type] = tally;
  const report = { schema: 1, sentences, tokens, accuracy, entities, micro, macro, perType } as const;
  return details === undefined ? report : { ...report, details };
}
