import type { Sentence } from '../text/sentence.js';
import { type Entity, entitiesOf } from '../text/tags.js';
import { type Comparison, surfaceOf } from './outcome.js';
import { type Tally, tallyOf } from './score.js';

/** The surfaces of a corpus's entities by type, case-sensitive. */
export type KnownEntities = ReadonlyMap<string, ReadonlySet<string>>;

/** Scores on entities that stand in the training part with the same surface and type, and on those that do not. */
export interface SeenScores {
  readonly seen: Tally;
  readonly unseen: Tally;
}

/** The entities of a training part. */
export function knownEntities(sentences: Iterable<Sentence & { readonly tags: readonly string[] }>): KnownEntities {
  const known = new Map<string, Set<string>>();
  for (const { tokens, tags } of sentences) {
    for (const entity of entitiesOf(tags)) {
      const surfaces = known.get(entity.type) ?? new Set();
      known.set(entity.type, surfaces.add(surfaceOf(tokens, entity)));
    }
  }
  return known;
}

/** Splits the score by what training has seen: gold entities, for recall, and predicted ones, for precision. */
export function scoreBySeen(comparisons: Iterable<Comparison>, known: KnownEntities): SeenScores {
  const seen = { gold: 0, predicted: 0, correct: 0 };
  const unseen = { gold: 0, predicted: 0, correct: 0 };
  for (const { sentence, outcomes } of comparisons) {
    const countsFor = (entity: Entity) =>
      known.get(entity.type)?.has(surfaceOf(sentence.tokens, entity)) ? seen : unseen;
    for (const { kind, gold, predicted } of outcomes) {
      if (gold !== undefined) countsFor(gold).gold++;
      if (predicted !== undefined) countsFor(predicted).predicted++;
      if (kind === 'correct' && gold !== undefined) countsFor(gold).correct++;
    }
  }
  return { seen: tallyOf(seen), unseen: tallyOf(unseen) };
}
