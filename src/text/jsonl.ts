import { DataError, type Place } from '../errors.js';
import {
  type AnnotatedText,
  type AnnotationOptions,
  LISTS,
  parseAnnotation,
  TAG_LISTS,
  type TypedSpan,
  type UntaggedText,
  unitHint,
} from './annotation.js';
import { finishedCorpus } from './finished_corpus.js';
import { type JsonMember, membersOf } from './json_members.js';
import { type MendedSpan, mendSpans } from './mend_spans.js';
import { firstSurrogate, type OffsetUnit, toCodePoints } from './offsets.js';
import { quoted } from './quote.js';
import type { Corpus, Notice, Span, TaggedSentence, TextSentence } from './sentence.js';
import { eachSentence, textSentences } from './split.js';
import { type Entity, entitiesOf, tagsOf } from './tags.js';
import { readEach } from './wrong_lines.js';

/** An entity to write: a range of UTF-16 units, a type, and how probable it is, from 0 to 1. */
export interface ScoredSpan extends TypedSpan {
  readonly probability?: number;
}

/**
 * A corpus in JSON Lines, one text a line in the spellings of `parseAnnotation`. A text is cut into tokens (unless the
 * line gives them) and sentences; sentences that an entity spans are joined. Tags are IOB2, those of lines that give tags as they
 * are. Lines that their annotator rejected are left out.
 * @throws DataError as `parseAnnotation`, if an entity does not begin and end with a token and is not to be mended, or if there is no
 * sentence
 */
export function readJsonl(lines: readonly string[], source: string, options: AnnotationOptions = {}): Corpus {
  const sentences: TaggedSentence[] = [];
  const notices: Notice[] = [];
  readEach(lines, (json, i) => {
    if (json.trim() === '') return;
    const place = { source, line: i + 1 };
    const { line } = place;
    const annotated = parseAnnotation(json, place, options);
    if ('rejected' in annotated) {
      notices.push({ kind: 'left-out', line, message: `its "answer" is "${annotated.rejected}"` });
      return;
    }
    if (annotated.doubtsUnit === true) notices.push({ kind: 'offset-unit', line, message: UNIT_DOUBT });
    const { describe } = shownSpans(annotated);
    const tellMended = (mended: MendedSpan) => notices.push({ line, ...mendedNotice(mended, describe) });
    const read = taggedSentences(annotated, place, options.mendSpans === true ? tellMended : undefined);
    for (const sentence of read) sentences.push(sentence);
  });
  return finishedCorpus(source, sentences, [], notices);
}

const UNIT_DOUBT =
  'offsets behind 😀 or the like are taken for UTF-16 units; where they are those of Python, give --offsets codepoint';

/** The sentences of a text whose tokens may be given, spans into the whole text. */
export function* untaggedSentences({
  text,
  tokens,
  isSentence,
}: UntaggedText): Generator<TextSentence, void, undefined> {
  if (tokens === undefined) {
    yield* eachSentence(text);
    return;
  }
  const starts = isSentence ? [] : startsOf(textSentences(text));
  for (const { start, end } of cutTokens(tokens, starts, [])) {
    const spans = tokens.slice(start, end);
    yield { tokens: spans.map((span) => text.slice(span.start, span.end)), spans };
  }
}

function startsOf(sentences: readonly TextSentence[]): number[] {
  return sentences.flatMap(({ spans }) => spans.slice(0, 1).map(({ start }) => start));
}

/**
 * `tellMended` hears of each entity that is mended. Without it, one that should be is an error, and so it is where it may only seem so,
 * since nobody knows what its offsets count.
 */
function taggedSentences(
  annotated: AnnotatedText,
  place: Place & { line: number },
  tellMended?: (mended: MendedSpan) => void,
): TaggedSentence[] {
  const { text } = annotated;
  const found = annotated.isSentence ? [] : textSentences(text);
  const tokens = annotated.tokens ?? found.flatMap(({ spans }) => spans);
  let { entities } = annotated;
  if (tellMended !== undefined && annotated.tags === undefined) {
    entitiesOnTokens({ ...annotated, entities: doubtfulOf(annotated) }, tokens, place, OR_MENDED);
    const { entities: onTokens, mended } = mendSpans(entities, tokens);
    entities = onTokens;
    for (const one of mended) tellMended(one);
  }
  const tags =
    annotated.tags ?? tagsOf(entitiesOnTokens({ ...annotated, entities }, tokens, place), tokens.length, 'IOB2');
  const sentences: TaggedSentence[] = [];
  for (const { start, end } of cutTokens(tokens, startsOf(found), entities)) {
    const own = tags.slice(start, end);
    sentences.push({
      tokens: tokens.slice(start, end).map((span) => text.slice(span.start, span.end)),
      tags: own,
      entities: entitiesOf(own),
      lines: new Array<number>(end - start).fill(place.line),
    });
  }
  return sentences;
}

/** `orElse` is what else than another unit there is to be said of one that may count otherwise. */
function entitiesOnTokens(annotated: AnnotatedText, tokens: readonly Span[], at: Place, orElse = ''): Entity[] {
  const starting = new Map(tokens.map(({ start }, t) => [start, t]));
  const ending = new Map(tokens.map(({ end }, t) => [end, t + 1]));
  return annotated.entities.map((entity) => {
    const start = starting.get(entity.start);
    const end = ending.get(entity.end);
    if (start !== undefined && end !== undefined) return { start, end, type: entity.type };
    throw offTokens(annotated, entity, tokens, start === undefined, at, orElse);
  });
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

/** The ranges of tokens that sentences beginning at the given offsets consist of; none cuts an entity. Entities overlap nowhere. */
function cutTokens(tokens: readonly Span[], starts: readonly number[], entities: readonly TypedSpan[]): Span[] {
  // an entity that white space begins may cover the start of the first sentence, which is no cut
  let next = 0;
  const cuts = starts.slice(1).filter((at) => {
    while (next < entities.length && entities[next].end <= at) next++;
    return next === entities.length || entities[next].start >= at;
  });
  const ranges: Span[] = [];
  let start = 0;
  for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
    let end = start;
    while (end < tokens.length && tokens[end].start < cut) end++;
    if (end > start) ranges.push({ start, end });
    start = end;
  }
  return ranges;
}

/** What is found goes by this name where a line has annotations already, which stay. */
const PREDICTED = 'predicted';

/**
 * Writes a text and its entities as one line of JSON, `{"text","unit","entities":[{"type","start","end","text"}]}` with
 * a `"probability"` where one is given; `readJsonl` reads it. Offsets come in UTF-16 units and are written in `unit`. Where `json`
 * is given, the line that the text came in, all that it has stays before them as it is; if that has entities of its own, by
 * whatever name, those found are `"predicted"`, in place of an earlier such member.
 */
export class JsonLineWriter {
  readonly #text: string;
  readonly #unit: OffsetUnit;
  readonly #convert: (offset: number) => number;
  readonly #members: readonly JsonMember[] | undefined;
  readonly #isAnnotated: boolean;
  #separator = '';

  constructor(text: string, unit: OffsetUnit, json?: string) {
    this.#text = text;
    this.#members = json === undefined ? undefined : membersOf(json);
    this.#isAnnotated = this.#members !== undefined && hasOwn(this.#members, LISTS, ['entities']);
    this.#unit = unit;
    this.#convert = this.#unit === 'codepoint' ? toCodePoints(text) : (offset) => offset;
  }

  /** What stands before the entities, in parts, so that a long text need not be copied whole. */
  *begin(): Generator<string, void, undefined> {
    yield '{';
    if (this.#members === undefined) {
      yield '"text":"';
      for (const part of partsOf(this.#text)) yield JSON.stringify(part).slice(1, -1);
      yield '",';
    } else {
      const written = this.#isAnnotated ? [PREDICTED] : ['unit', 'entities'];
      for (const { name, text } of this.#members) if (!written.includes(name)) yield `${text},`;
    }
    yield this.#isAnnotated ? `"${PREDICTED}":[` : `"unit":"${this.#unit}","entities":[`;
  }

  /** The next entities. */
  add(entities: readonly ScoredSpan[]): string {
    let written = '';
    for (const { type, start, end, probability } of entities) {
      const text = this.#text.slice(start, end);
      // JSON.stringify leaves out what is undefined.
      const fields = { type, start: this.#convert(start), end: this.#convert(end), text, probability };
      written += this.#separator + JSON.stringify(fields);
      this.#separator = ',';
    }
    return written;
  }

  end(): string {
    return ']}';
  }
}

/**
 * Writes the line of JSON that the tokens of a sentence came in, with `"tags"` behind all that it has, and where they are given
 * `"probabilities"`, null for tokens outside of entities. If it has tags of its own, by whatever name, or probabilities, those found are
 * `"predicted"` and `"predicted_probabilities"`, in place of earlier such members.
 * `readJsonl` reads it.
 */
export function formatTokenTags(
  json: string,
  tags: readonly string[],
  probabilities?: readonly (number | null)[],
): string {
  const members = membersOf(json);
  const isAnnotated = hasOwn(members, TAG_LISTS, ['tags', 'probabilities']);
  const [name, ofProbabilities] = isAnnotated ? [PREDICTED, `${PREDICTED}_probabilities`] : ['tags', 'probabilities'];
  // what an earlier run has found goes with its probabilities, whether or not they are asked for again
  const anew = [name, ofProbabilities];
  const kept = members.filter((member) => !anew.includes(member.name));
  const written = [...kept.map(({ text }) => text), `"${name}":${JSON.stringify(tags)}`];
  if (probabilities !== undefined) written.push(`"${ofProbabilities}":${JSON.stringify(probabilities)}`);
  return `{${written.join(',')}}`;
}

/** Whether a list stands under one of the names of annotations, or anything but null under those that what is found would get. */
function hasOwn(members: readonly JsonMember[], names: readonly string[], written: readonly string[]): boolean {
  return members.some(({ name, text }) => {
    if (written.includes(name)) return !/:\s*null$/.test(text);
    return names.includes(name) && /^"[^"]*"\s*:\s*\[/.test(text);
  });
}

const PART_LENGTH = 65_536;

/** A text cut anywhere but inside a surrogate pair, whose halves alone would be written as escapes. */
function* partsOf(text: string): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const end = start + PART_LENGTH;
    const cutsPair = (text.codePointAt(end - 1) ?? 0) > 0xffff;
    const part = text.slice(start, cutsPair ? end + 1 : end);
    yield part;
    start += part.length;
  }
}

/** What `JsonLineWriter` writes of a text with these entities. */
export function formatJsonLine(text: string, entities: readonly ScoredSpan[], unit: OffsetUnit): string {
  const writer = new JsonLineWriter(text, unit);
  return [...writer.begin(), writer.add(entities), writer.end()].join('');
}
