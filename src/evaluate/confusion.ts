import { compareCodePoints } from './order.js';
import type { Comparison, OutcomeKind } from './outcome.js';

/** How often entities of a gold type came out as one of a predicted type; a side is null where it has no entity. */
export interface ConfusionCell {
  readonly kind: OutcomeKind;
  readonly gold: string | null;
  readonly predicted: string | null;
  readonly count: number;
}

/** The cells that are not 0, by gold type, predicted type (code points, null last) and kind. */
export function confusionOf(comparisons: Iterable<Comparison>): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const { outcomes } of comparisons) {
    for (const outcome of outcomes) {
      const gold = outcome.gold?.type ?? null;
      const predicted = outcome.predicted?.type ?? null;
      const key = JSON.stringify([outcome.kind, gold, predicted]);
      const count = (cells.get(key)?.count ?? 0) + 1;
      cells.set(key, { kind: outcome.kind, gold, predicted, count });
    }
  }
  return [...cells.values()].sort(
    (a, b) =>
      compareTypes(a.gold, b.gold) || compareTypes(a.predicted, b.predicted) || compareCodePoints(a.kind, b.kind),
  );
}

function compareTypes(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareCodePoints(a, b);
}
