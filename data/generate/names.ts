import type { Draw } from './random.js';

/** Every fourth name of a list is kept out of the training file, so that the dev file can show names never seen. */
const HELD_OUT_EVERY = 4;

/** Which names a corpus may use: the training file only the common ones, the dev file some of the held-out too. */
export interface Names {
  readonly draw: Draw;
  /** The probability that a name is one of the held-out. */
  readonly heldOut: number;
}

/** A name of the list, the first ones more often. */
export function pickName(list: readonly string[], names: Names): string {
  return names.draw.skewed(usable(list, names));
}

/** A name of the list, all equally often. */
export function pickEvenly(list: readonly string[], names: Names): string {
  return names.draw.any(usable(list, names));
}

function usable(list: readonly string[], { draw, heldOut }: Names): readonly string[] {
  const wanted = draw.chance(heldOut);
  return list.filter((_, index) => isHeldOut(index) === wanted);
}

export function isHeldOut(index: number): boolean {
  return index % HELD_OUT_EVERY === HELD_OUT_EVERY - 1;
}
