import type { TypedSpan } from './annotation.js';
import type { Span } from './sentence.js';

/** An entity that is not taken as it was given. */
export interface MendedSpan {
  readonly given: TypedSpan;
  /** As it is taken; undefined where it is left out. */
  readonly taken: TypedSpan | undefined;
  /** The entity for which it is left out; undefined where that is not why, or it is taken. */
  readonly rival?: TypedSpan;
}

export interface MendedSpans {
  /** In text order, none overlapping another, each beginning and ending where a token does. */
  readonly entities: readonly TypedSpan[];
  /** In the order in which they were given. */
  readonly mended: readonly MendedSpan[];
}

interface Candidate {
  readonly given: TypedSpan;
  /** The tokens [first, end) that it covers or cuts. */
  readonly first: number;
  readonly end: number;
  readonly taken: TypedSpan | undefined;
  readonly isWhole: boolean;
}

/**
 * Makes whole tokens of entities: an edge within a token moves out to the edge of that token, one in the white space between tokens
 * in. Of entities that overlap then the longest stays, in UTF-16 units; of equally long ones the first of those that were whole tokens as
 * given, else the first. The tokens are in text order, none overlapping another.
 */
export function mendSpans(entities: readonly TypedSpan[], tokens: readonly Span[]): MendedSpans {
  const all = entities.map((given) => onTokens(given, tokens));
  /** The entity that each token is of. */
  const owners = new Array<TypedSpan | undefined>(tokens.length).fill(undefined);
  const kept: TypedSpan[] = [];
  const rivals = new Map<Candidate, TypedSpan>();
  for (const candidate of [...all].sort(byPrecedence)) {
    const { first, end, taken } = candidate;
    if (taken === undefined) continue;
    // one that is already there is no shorter, so it holds the first token of this one, or the last
    const rival = owners[first] ?? owners[end - 1];
    if (rival !== undefined) {
      rivals.set(candidate, rival);
      continue;
    }
    owners.fill(taken, first, end);
    kept.push(taken);
  }
  const mended = all.flatMap((candidate): MendedSpan[] => {
    const { given, taken, isWhole } = candidate;
    const rival = rivals.get(candidate);
    if (rival !== undefined) return [{ given, taken: undefined, rival }];
    return isWhole ? [] : [{ given, taken }];
  });
  return { entities: kept.sort((a, b) => a.start - b.start), mended };
}

function byPrecedence(a: Candidate, b: Candidate): number {
  return lengthOf(b) - lengthOf(a) || Number(b.isWhole) - Number(a.isWhole);
}

function lengthOf({ taken }: Candidate): number {
  return taken === undefined ? 0 : taken.end - taken.start;
}

/** From the first token that an entity reaches into to the last. */
function onTokens(given: TypedSpan, tokens: readonly Span[]): Candidate {
  const first = countWhile(tokens, (token) => token.end <= given.start);
  const end = countWhile(tokens, (token) => token.start < given.end);
  if (first >= end) return { given, first, end, taken: undefined, isWhole: false };
  const taken = { start: tokens[first].start, end: tokens[end - 1].end, type: given.type };
  return { given, first, end, taken, isWhole: taken.start === given.start && taken.end === given.end };
}

/** How many tokens something holds of, which holds of the first ones alone. */
function countWhile(tokens: readonly Span[], holds: (token: Span) => boolean): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(tokens[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
