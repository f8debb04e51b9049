import type { Entity } from '../text/tags.js';

/** An entity that may be there, and how probable it is given its sentence. */
export interface Candidate extends Entity {
  /** In (0, 1]. */
  readonly probability: number;
}

/**
 * Of the candidates of a sentence of so many tokens those of which no two overlap and whose Σ (p − threshold) is largest. Taking what
 * is more probable than half of the best F1 that there is gives that F1, in expectation (Lipton, Elkan & Naryanaswamy 2014); where entities
 * overlap, the sum says which of them to take.
 */
export function bestEntities<C extends Candidate>(candidates: readonly C[], threshold: number, length: number): C[] {
  const endingAt: (C[] | undefined)[] = [];
  for (const candidate of candidates) {
    if (candidate.probability <= threshold) continue;
    const others = endingAt[candidate.end];
    if (others === undefined) endingAt[candidate.end] = [candidate];
    else others.push(candidate);
  }
  if (endingAt.length === 0) return [];
  /** The largest sum of entities that end at a token or before it, and the one that ends there, if any. */
  const sums = new Float64Array(length + 1);
  const taken: (C | undefined)[] = [];
  for (let end = 1; end <= length; end++) {
    sums[end] = sums[end - 1];
    for (const candidate of endingAt[end] ?? []) {
      const sum = sums[candidate.start] + candidate.probability - threshold;
      if (!(sum > sums[end])) continue;
      sums[end] = sum;
      taken[end] = candidate;
    }
  }
  const best: C[] = [];
  for (let end = length; end > 0; ) {
    const entity = taken[end];
    if (entity !== undefined) best.push(entity);
    end = entity?.start ?? end - 1;
  }
  return best.reverse();
}
