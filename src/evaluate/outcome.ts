import { type Entity, entitiesOf } from '../text/tags.js';
import type { TagPair } from './score.js';

/** A sentence with what is needed to show its errors: arrays of shape [T]. */
export interface ComparedSentence extends TagPair {
  readonly tokens: readonly string[];
  /** The line of the source, from 1, on which each token stands. */
  readonly lines: readonly number[];
  /** The gold file's name as the user wrote it, or `-`. */
  readonly source: string;
  /** At the first token of each predicted entity its probability, where it is known. */
  readonly probabilities?: ArrayLike<number>;
}

/**
 * `correct`: equal span and type. `type`: equal span, another type. `boundary`: another span that overlaps, equal type.
 * `missed`: a gold entity without any of these. `spurious`: a predicted one without.
 */
export type OutcomeKind = 'correct' | 'type' | 'boundary' | 'missed' | 'spurious';

/** What became of an entity: a gold one, a predicted one, or two that belong together. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly gold: Entity | undefined;
  readonly predicted: Entity | undefined;
}

/** A sentence and what became of its entities. */
export interface Comparison {
  readonly sentence: ComparedSentence;
  readonly outcomes: readonly Outcome[];
}

/** An entity's text: its tokens joined by blanks. */
export function surfaceOf(tokens: readonly string[], { start, end }: Entity): string {
  return tokens.slice(start, end).join(' ');
}

/**
 * What became of the entities of a sentence, each of which is in exactly one outcome: gold ones in order, then the
 * spurious. A gold entity takes the predicted one of its span, else the first free one of its type that overlaps it.
 */
export function outcomesOf({ gold: goldTags, predicted: predictedTags }: TagPair): Outcome[] {
  const gold = entitiesOf(goldTags);
  const predicted = entitiesOf(predictedTags);
  const free = new Set(predicted);
  const partners = pairEqualSpans(gold, predicted, free);
  pairOverlaps(gold, predicted, free, partners);
  const ofGold = gold.map((entity): Outcome => {
    const partner = partners.get(entity);
    return { kind: kindOf(entity, partner), gold: entity, predicted: partner };
  });
  return [...ofGold, ...[...free].map((entity): Outcome => ({ kind: 'spurious', gold: undefined, predicted: entity }))];
}

function kindOf(gold: Entity, partner: Entity | undefined): OutcomeKind {
  if (partner === undefined) return 'missed';
  if (gold.start !== partner.start || gold.end !== partner.end) return 'boundary';
  return gold.type === partner.type ? 'correct' : 'type';
}

function pairEqualSpans(gold: readonly Entity[], predicted: readonly Entity[], free: Set<Entity>): Map<Entity, Entity> {
  const byStart = new Map(predicted.map((entity) => [entity.start, entity]));
  const partners = new Map<Entity, Entity>();
  for (const entity of gold) {
    const partner = byStart.get(entity.start);
    if (partner === undefined || partner.end !== entity.end) continue;
    partners.set(entity, partner);
    free.delete(partner);
  }
  return partners;
}

/** Gold entities that have a partner get no other: nothing else overlaps a span that is predicted exactly. */
function pairOverlaps(
  gold: readonly Entity[],
  predicted: readonly Entity[],
  free: Set<Entity>,
  partners: Map<Entity, Entity>,
): void {
  let first = 0;
  for (const entity of gold) {
    while (first < predicted.length && predicted[first].end <= entity.start) first++;
    for (let p = first; p < predicted.length && predicted[p].start < entity.end; p++) {
      if (predicted[p].type !== entity.type || !free.has(predicted[p])) continue;
      partners.set(entity, predicted[p]);
      free.delete(predicted[p]);
      break;
    }
  }
}
