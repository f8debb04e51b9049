/** Longer lines seldom repeat, and of very long ones the engine's hash is their length. In UTF-16 units. */
const LONGEST_LOOKED_UP = 1000;
const ENOUGH_TO_JUDGE = 10_000;
/** A `Map` can hold no more than 2^24. */
const MOST_KNOWN = 1_000_000;

/**
 * The lines of a file, equal ones as one where looking them up pays: a corpus has most of its rows many times, and what they are is asked
 * of each value once. Elsewhere a value may stand here again.
 */
export interface DistinctLines {
  /** In the order in which they first come. */
  readonly values: readonly string[];
  /** Which of these each line is. Shape [lines]. */
  readonly ids: Int32Array;
  /** The first line, from 0, that is such. Shape [values]. */
  readonly firsts: Int32Array;
  /** How many lines are such. Shape [values]. */
  readonly counts: Int32Array;
}

/** The lines of a file one by one, or equal ones as one. */
export type Lines = readonly string[] | DistinctLines;

/** Each line of a file in its place. */
export function eachLine(lines: Lines): readonly string[] {
  if (!('ids' in lines)) return lines;
  const { values, ids } = lines;
  return Array.from(ids, (id) => values[id]);
}

/** The lines of a file, equal ones as one. */
export function distinctLines(lines: Lines): DistinctLines {
  return 'ids' in lines ? lines : lookUp(lines);
}

/** Whether to go on looking lines up: not where more than half of very many were new, as where each has a number. `line` counts from 0. */
export function paysOff(known: number, line: number): boolean {
  return known < ENOUGH_TO_JUDGE || 2 * known <= line;
}

function lookUp(lines: readonly string[]): DistinctLines {
  const { length } = lines;
  const values: string[] = [];
  const ids = new Int32Array(length);
  const firsts = new Int32Array(length);
  const counts = new Int32Array(length);
  const known = new Map<string, number>();
  let goesOn = true;
  for (let i = 0; i < length; i++) {
    const line = lines[i];
    const isLookedUp = goesOn && line.length <= LONGEST_LOOKED_UP;
    let id = isLookedUp ? known.get(line) : undefined;
    if (id === undefined) {
      id = values.length;
      values.push(line);
      firsts[id] = i;
      if (isLookedUp) known.set(line, id);
      goesOn &&= known.size < MOST_KNOWN && paysOff(known.size, i);
    }
    ids[i] = id;
    counts[id]++;
  }
  return { values, ids, firsts: firsts.slice(0, values.length), counts: counts.slice(0, values.length) };
}
