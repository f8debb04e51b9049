import type { Chain, Kernels } from '../kernels/kernels.js';
import { LEGAL, type TagRules } from './rules.js';

/** Memory for the scores of a chain of K tags, zeros at first. */
export function takeChain(kernels: Kernels, tags: number): Chain {
  return {
    tags,
    transitions: kernels.floats(tags * tags),
    start: kernels.floats(tags),
    end: kernels.floats(tags),
  };
}

/** Forbids what the rules do not allow: −∞ for those transitions, starts and ends. */
export function forbid(kernels: Kernels, { tags: K, transitions, start, end }: Chain, { pairs }: TagRules): void {
  const forbidden = (before: number, after: number): boolean => (pairs[before * (K + 1) + after] & LEGAL) === 0;
  const [A, first, last] = [transitions, start, end].map((buffer) => kernels.view(buffer));
  for (let y = 0; y < K; y++) {
    for (let to = 0; to < K; to++) if (forbidden(y, to)) A[y * K + to] = Number.NEGATIVE_INFINITY;
    if (forbidden(K, y)) first[y] = Number.NEGATIVE_INFINITY;
    if (forbidden(y, K)) last[y] = Number.NEGATIVE_INFINITY;
  }
}
