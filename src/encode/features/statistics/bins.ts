/** Coarse counts. */
export const COUNT_BINS = ['1', '2-3', '4+'] as const;

/** An index into COUNT_BINS, of a count above 0. */
export function countBin(count: number): number {
  return count === 1 ? 0 : count < 4 ? 1 : 2;
}

/** Coarse shares. */
export const SHARE_BINS = ['<.1', '<.5', '<.9', '≥.9'] as const;

/** An index into SHARE_BINS of count / total. */
export function shareBin(count: number, total: number): number {
  const share = count / total;
  return share < 0.1 ? 0 : share < 0.5 ? 1 : share < 0.9 ? 2 : 3;
}

/** Whether most of a total, above .8 of it, is one thing. */
export function isSure(count: number, total: number): boolean {
  return count > 0.8 * total;
}
