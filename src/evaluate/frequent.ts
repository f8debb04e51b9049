import type { Place } from '../errors.js';
import type { Entity } from '../text/tags.js';
import { type ComparedSentence, type Comparison, type Outcome, type OutcomeKind, surfaceOf } from './outcome.js';

/** An entity apart from where it stands. */
export interface NamedEntity {
  readonly text: string;
  readonly type: string;
}

/** An error and how often it was made; a side is null where it has no entity. */
export interface FrequentError {
  readonly kind: Exclude<OutcomeKind, 'correct'>;
  readonly gold: NamedEntity | null;
  readonly predicted: NamedEntity | null;
  readonly count: number;
  /** Where its first few occurrences begin. */
  readonly places: readonly Place[];
}

/** Occurrences of one error whose places are kept. */
const PLACES = 5;

/** The errors, equal ones together, the most frequent first and among equally frequent ones the first made. */
export function frequentErrors(comparisons: Iterable<Comparison>, limit: number): FrequentError[] {
  const errors = new Map<string, FrequentError>();
  for (const { sentence, outcomes } of comparisons) {
    for (const outcome of outcomes) {
      if (outcome.kind === 'correct') continue;
      const error = errorOf(outcome, outcome.kind, sentence);
      const key = JSON.stringify([error.kind, error.gold, error.predicted]);
      const earlier = errors.get(key);
      errors.set(key, earlier === undefined ? error : merge(earlier, error));
    }
  }
  return [...errors.values()].sort((a, b) => b.count - a.count).slice(0, limit);
}

function errorOf(outcome: Outcome, kind: FrequentError['kind'], sentence: ComparedSentence): FrequentError {
  const entity = outcome.gold ?? outcome.predicted;
  return {
    kind,
    gold: named(outcome.gold, sentence),
    predicted: named(outcome.predicted, sentence),
    count: 1,
    places: entity === undefined ? [] : [{ source: sentence.source, line: sentence.lines[entity.start] }],
  };
}

function named(entity: Entity | undefined, { tokens }: ComparedSentence): NamedEntity | null {
  return entity === undefined ? null : { text: surfaceOf(tokens, entity), type: entity.type };
}

function merge(earlier: FrequentError, error: FrequentError): FrequentError {
  const places = earlier.places.length < PLACES ? [...earlier.places, ...error.places] : earlier.places;
  return { ...earlier, count: earlier.count + 1, places };
}
