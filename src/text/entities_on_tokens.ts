import { DataError, type Place } from '../errors.js';
import { type AnnotatedText, type TypedSpan, unitHint } from './annotation.js';
import { type MendedSpan, mendSpans } from './mend_spans.js';
import { firstSurrogate, toCodePoints } from './offsets.js';
import { quoted } from './quote.js';
import type { Notice, Span } from './sentence.js';
import type { Entity } from './tags.js';

/**
 * The entities of a text in its tokens. `orElse` is what else than another unit there is to be said of one that may count otherwise.
 * @throws DataError of the first that does not begin and end with a token
 */
export function entitiesOnTokens(annotated: AnnotatedText, tokens: readonly Span[], at: Place, orElse = ''): Entity[] {
  const starting = new Map(tokens.map(({ start }, t) => [start, t]));
  const ending = new Map(tokens.map(({ end }, t) => [end, t + 1]));
  return annotated.entities.map((entity) => {
    const start = starting.get(entity.start);
    const end = ending.get(entity.end);
    if (start !== undefined && end !== undefined) return { start, end, type: entity.type };
    throw offTokens(annotated, entity, tokens, start === undefined, at, orElse);
  });
}

/**
 * The entities of a text as `mendSpans` makes whole tokens of them, which is told in `notices`. Those of a text that has tags are that.
 * @throws DataError of one that may only seem to need it, since nobody knows what its offsets count
 */
export function mendedEntities(
  annotated: AnnotatedText,
  tokens: readonly Span[],
  at: Place & { line: number },
  notices: Notice[],
): readonly TypedSpan[] {
  if (annotated.tags !== undefined) return annotated.entities;
  entitiesOnTokens({ ...annotated, entities: doubtfulOf(annotated) }, tokens, at, OR_MENDED);
  const { entities, mended } = mendSpans(annotated.entities, tokens);
  const { describe } = shownSpans(annotated);
  for (const one of mended) notices.push({ line: at.line, ...mendedNotice(one, describe) });
  return entities;
}

const OR_MENDED = '; where they do count UTF-16 units, --offsets utf16, and the entity is mended';

/** Entities of which nobody knows where they are: they stand behind a character that counts differently in either unit. */
function doubtfulOf({ text, entities, doubtsUnit = false }: AnnotatedText): readonly TypedSpan[] {
  if (!doubtsUnit) return [];
  const first = firstSurrogate(text);
  return entities.filter(({ end }) => end > first);
}

/** What became of an entity. */
function mendedNotice({ given, taken, rival }: MendedSpan, describe: (span: Span) => string): Omit<Notice, 'line'> {
  const what = `the entity ${describe(given)}`;
  if (taken !== undefined) return { kind: 'mended-span', message: `${what} is taken as ${describe(taken)}` };
  if (rival === undefined) return { kind: 'dropped-span', message: `${what} is left out: it covers no token` };
  const types = rival.type === given.type ? '' : `, ${quoted(given.type)} and ${quoted(rival.type)}`;
  return { kind: 'dropped-span', message: `${what} is left out: it overlaps ${describe(rival)}${types}` };
}

/** How spans of a text are shown: their offsets, which count what those of the line count, and these with what they cover. */
function shownSpans({ text, unit }: AnnotatedText) {
  const shown = unit === 'codepoint' ? toCodePoints(text) : (offset: number) => offset;
  const range = ({ start, end }: Span): string => `${shown(start)} to ${shown(end)}`;
  const describe = (span: Span): string => `${quoted(text.slice(span.start, span.end))} (${range(span)})`;
  return { range, describe };
}

/** The error of an entity that does not begin, or does not end, where a token does. Offsets count what those of the line count. */
function offTokens(
  annotated: AnnotatedText,
  entity: TypedSpan,
  tokens: readonly Span[],
  beginsOff: boolean,
  at: Place,
  orElse: string,
): DataError {
  const { text, saysUnit } = annotated;
  const { range, describe } = shownSpans(annotated);
  const unit = unitHint(saysUnit, text.slice(0, entity.end));
  const ofUnit = unit && `${unit}${orElse}`;
  const covered = text.slice(entity.start, entity.end);
  const trimmed = covered.trim();
  if (trimmed !== covered && trimmed !== '') {
    const start = entity.start + covered.indexOf(trimmed);
    const alone = range({ start, end: start + trimmed.length });
    const hint = ofUnit ?? `${quoted(trimmed)} alone is ${alone}; --mend-spans mends such entities`;
    return new DataError(`the entity ${describe(entity)} has a blank at an end`, { at, hint });
  }
  const wrong = beginsOff ? 'begin where a token begins' : 'end where a token ends';
  const nearest = nearestToken(beginsOff ? entity.start : entity.end, tokens);
  const other = nearest === undefined ? '' : `; the nearest token is ${describe(nearest)}`;
  const hint =
    'move the edge of the entity to the edge of a token (--mend-spans does so), or give the tokens: "tokens":[{"start","end"}]';
  return new DataError(`the entity ${describe(entity)} does not ${wrong}${other}`, { at, hint: ofUnit ?? hint });
}

function nearestToken(edge: number, tokens: readonly Span[]): Span | undefined {
  const distance = ({ start, end }: Span): number => Math.max(start - edge, edge - end, 0);
  let best: Span | undefined;
  for (const token of tokens) if (best === undefined || distance(token) < distance(best)) best = token;
  return best;
}
