import type { TypedSpan } from './annotation.js';
import type { Span } from './sentence.js';

/** An entity that is not taken as it was given. */
export interface MendedSpan {
  readonly given: TypedSpan;
  /** As it is taken; undefined where it is left out. */
  readonly taken: TypedSpan | undefined;
  /** The entity for which it is left out; undefined where it covers no token. */
  readonly rival?: TypedSpan;
}

export interface MendedSpans {
  /** In text order, none overlapping another, each beginning and ending where a token does. */
  readonly entities: readonly TypedSpan[];
  /** In the order in which they were given. */
  readonly mended: readonly MendedSpan[];
}

/**
 * Entities as whole tokens, which come in text order: an edge within a token moves out to the edge of that token, one in the white
 * space between tokens in. Of entities that overlap then the longest stays, of equally long ones the first.
 */
export function mendSpans(entities: readonly TypedSpan[], tokens: readonly Span[]): MendedSpans {
  const all = entities.map((given) => ({ given, taken: onTokens(given, tokens) }));
  const lengthOf = ({ taken }: MendedSpan): number => (taken === undefined ? 0 : taken.end - taken.start);
  const kept: TypedSpan[] = [];
  const rivals = new Map<TypedSpan, TypedSpan>();
  for (const { given, taken } of [...all].sort((a, b) => lengthOf(b) - lengthOf(a))) {
    if (taken === undefined) continue;
    const rival = kept.find(({ start, end }) => start < taken.end && taken.start < end);
    if (rival === undefined) kept.push(taken);
    else rivals.set(given, rival);
  }
  const mended = all.flatMap(({ given, taken }): MendedSpan[] => {
    const rival = rivals.get(given);
    if (rival !== undefined) return [{ given, taken: undefined, rival }];
    return taken?.start === given.start && taken.end === given.end ? [] : [{ given, taken }];
  });
  return { entities: kept.sort((a, b) => a.start - b.start), mended };
}

/** From the first token that an entity reaches into to the last; undefined where it reaches into none. */
function onTokens({ start, end, type }: TypedSpan, tokens: readonly Span[]): TypedSpan | undefined {
  const reached = tokens.filter((token) => token.end > start && token.start < end);
  const [first, last] = [reached[0], reached.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end, type };
}
