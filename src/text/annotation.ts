import { DataError, type Place } from '../errors.js';
import { fitsCell } from './cells.js';
import { cutsPair, hasSurrogates, type OffsetUnit, toCodePoints, toUtf16 } from './offsets.js';
import { parseJson } from './parse_json.js';
import { quoted, shortened } from './quote.js';
import type { Span } from './sentence.js';
import { entitiesOf, isTag, isType } from './tags.js';

/** An entity as a range of UTF-16 units of its text. */
export interface TypedSpan extends Span {
  readonly type: string;
}

/** A text with its entities, as one line of JSON gives it. */
export interface AnnotatedText {
  readonly text: string;
  /** In text order, none empty, none overlapping another unless they are to be mended. */
  readonly entities: readonly TypedSpan[];
  /** The tokens, where the line gives them; in text order. */
  readonly tokens: readonly Span[] | undefined;
  /** Whether it is one sentence, whatever marks stand in it. */
  readonly isSentence: boolean;
  /** What the offsets of its line count. */
  readonly unit: OffsetUnit;
  /** Whether it does say what its offsets count. */
  readonly saysUnit: boolean;
  /** The tags of the tokens, where the line gives those in place of entities. */
  readonly tags?: readonly string[];
  /** Whether its offsets may count something else than they are taken to: those of other programs count as Python does. */
  readonly doubtsUnit?: boolean;
}

/** A line that its annotator does not stand by: Prodigy's `"answer"`. */
export interface RejectedText {
  readonly rejected: 'reject' | 'ignore';
}

/** A text without its entities, as one line of JSON gives it. */
export interface UntaggedText extends Pick<AnnotatedText, 'text' | 'tokens' | 'isSentence'> {
  /** What its offsets count; undefined where the line does not say. */
  readonly unit: OffsetUnit | undefined;
}

const TOKENS_HINT =
  'tokens are strings in text order, "tokens":["Ana","left"], or places, [{"start":0,"end":3},{"start":4,"end":8}]';

/** What to do about an offset that is not where it should be, given the text before it: nothing where that is the same in both units. */
export function unitHint(saysUnit: boolean, before: string): string | undefined {
  return saysUnit || !hasSurrogates(before) ? undefined : UNIT_HINT;
}

const UNIT_HINT =
  'offsets count UTF-16 units; where they count characters, give --offsets codepoint, or "unit":"codepoint" in the line';

type Fields = { readonly [name: string]: unknown };

/** Where tags of tokens stand, in lines that have no text. */
export const TAG_LISTS = ['tags', 'ner_tags', 'labels'] as const;
/** Where the list of entities stands: this product's and Prodigy's name, then doccano's. */
export const LISTS = ['entities', 'spans', 'labels', 'label'] as const;
const LIST_NAMES = '"entities" (or "spans", "labels", "label")';
const EXAMPLE = 'expected, for example, {"text":"Ana left","entities":[{"start":0,"end":3,"type":"PER"}]}';
const UNTAGGED_EXAMPLE = 'expected, for example, {"text":"Ana left"} or {"tokens":["Ana","left"]}';

/**
 * Reads one line of JSON Lines: `{"text","entities":[{"start","end","type"}]}`, or the same as doccano writes it
 * (`"label":[[start,end,type]]`, `"entities":[{"start_offset","end_offset","label"}]`) or Prodigy
 * (`"spans":[{"start","end","label"}]`, with `"tokens":[{"start","end"}]`). Offsets count what its
 * `"unit"` says (`"utf16"` or `"codepoint"`), else the given unit, else UTF-16 units. An entity's own `"text"`, if given, must be what its
 * offsets cover. Or a sentence cut into tokens, as datasets have them: `{"tokens":["Ana","left"],"ner_tags":["B-PER","O"]}` (or `"tags"`, `"labels"`).
 * An entity that is listed twice is one. What a line holds that was rejected is not looked at.
 * @throws DataError if the line is no such object, or an entity is out of range, empty, or overlaps another and is not to be mended
 */
export function parseAnnotation(
  json: string,
  at: Place,
  options: AnnotationOptions = {},
): AnnotatedText | RejectedText {
  const { offsets, tagNames, mendSpans = false, readsPredicted = false } = options;
  const given = parseObject(json, at, EXAMPLE);
  const fields = readsPredicted ? withPredicted(given) : given;
  const { answer } = fields;
  if (answer === 'reject' || answer === 'ignore') return { rejected: answer };
  const tagList = onlyList(TAG_LISTS, fields, at);
  if (isArray(fields.tokens) && tagList !== undefined && (isAbsent(fields.text) || isOfTokens(fields, tagList))) {
    return taggedTokens(fields.tokens, fields[tagList] as readonly unknown[], tagList, tagNames, at);
  }
  const { text, reader } = readText(fields, at, EXAMPLE, offsets);
  const name = onlyList(LISTS, fields, at);
  const list = name === undefined ? withoutList(answer, at) : (fields[name] as readonly unknown[]);
  const entities = inOrder(list.map((item) => reader.entity(item)));
  const tokens = reader.tokens(fields.tokens);
  if (!mendSpans) refuseOverlaps(entities, 'entities', text, at);
  const last = entities.reduce((end, entity) => Math.max(end, entity.end), 0);
  const doubtsUnit = !reader.saysUnit && hasSurrogates(text.slice(0, last)) && !list.every(isOwnEntity);
  const said = { unit: reader.unit, saysUnit: reader.saysUnit, ...(doubtsUnit ? { doubtsUnit } : {}) };
  return { text, entities, tokens, isSentence: false, ...said };
}

/** The entities of a text that has no list of them: none where its annotator accepted it so, as Prodigy's lines may be; else nobody knows. */
function withoutList(answer: unknown, at: Place): readonly unknown[] {
  if (answer === 'accept') return [];
  const hint = `${EXAMPLE}; a text without entities has an empty list`;
  throw new DataError(`no list ${LIST_NAMES}`, { at, hint });
}

/** Entities in text order, each once. */
function inOrder(entities: readonly TypedSpan[]): TypedSpan[] {
  const known = new Map(entities.map((entity) => [JSON.stringify([entity.start, entity.end, entity.type]), entity]));
  return [...known.values()].sort((a, b) => a.start - b.start);
}

/** In this product's own spelling, whose offsets count UTF-16 units; or with its text, which proves them. */
function isOwnEntity(item: unknown): boolean {
  return isObject(item) && ('type' in item || typeof item.text === 'string');
}

/** What the user said of lines that do not say it themselves. */
export interface AnnotationOptions {
  /** What offsets count; UTF-16 units if not given. */
  readonly offsets?: OffsetUnit;
  /** The tags that numbers stand for, from 0. */
  readonly tagNames?: readonly string[];
  /** Whether entities that are no whole tokens, or overlap, are mended as `mendSpans` does, which is told of; else they are errors. */
  readonly mendSpans?: boolean;
  /** Whether what was found is read, where a line has it beside annotations of its own. */
  readonly readsPredicted?: boolean;
}

/** What is found goes by this name where a line has annotations already. */
export const PREDICTED = 'predicted';

/** The fields with what was found in place of all annotations; as they are where there is nothing of the kind. */
function withPredicted(fields: Fields): Fields {
  const { [PREDICTED]: found, ...others } = fields;
  if (!isArray(found)) return fields;
  const lists: readonly string[] = [...LISTS, ...TAG_LISTS];
  const kept = Object.fromEntries(Object.entries(others).filter(([name]) => !lists.includes(name)));
  const areTags = found.length === 0 ? isAbsent(fields.text) : typeof found[0] === 'string';
  return { ...kept, [areTags ? 'tags' : 'entities']: found };
}

/** Whether a line that has a text too is annotated by tags of its tokens: strings both, and no list of entities. */
function isOfTokens(fields: Fields, tagList: string): boolean {
  const [tokens, tags] = [fields.tokens, fields[tagList]].map((list) => (isArray(list) ? list : []));
  const areTags = tags.every((tag) => typeof tag === 'string' || Number.isInteger(tag));
  return (
    areTags &&
    tokens.every((token) => typeof token === 'string') &&
    !LISTS.some((name) => name !== tagList && isArray(fields[name]))
  );
}

/** The one of some names that a list stands under: of two nobody knows which is meant. */
function onlyList<Name extends string>(names: readonly Name[], fields: Fields, at: Place): Name | undefined {
  const [first, second] = names.filter((name) => isArray(fields[name]));
  if (second === undefined) return first;
  throw new DataError(`both "${first}" and "${second}" are there`, {
    at,
    hint: 'leave out the one that is not what is to be learned or scored',
  });
}

/** A sentence of tokens and tags, as a text with blanks between the tokens. */
function taggedTokens(
  tokens: readonly unknown[],
  tags: readonly unknown[],
  name: string,
  tagNames: readonly string[] | undefined,
  at: Place,
): AnnotatedText {
  if (tokens.length !== tags.length) {
    throw new DataError(`${tokens.length} "tokens", but ${tags.length} "${name}"`, {
      at,
      hint: 'each token has a tag',
    });
  }
  const { text, spans } = joinedTokens(tokens, at);
  const names = tags.map((tag): string => {
    if (typeof tag === 'string' && isTag(tag) && fitsCell(tag)) return tag;
    const named = typeof tag === 'number' ? tagNames?.[tag] : undefined;
    if (named !== undefined) return named;
    throw new DataError(`"${name}": ${shown(tag)} is not a tag`, { at, hint: tagHint(tag, tagNames) });
  });
  const entities = entitiesOf(names).map(({ start, end, type }) => {
    return { start: spans[start].start, end: spans[end - 1].end, type };
  });
  return { text, entities, tokens: spans, tags: names, isSentence: true, unit: 'utf16', saysUnit: true };
}

function tagHint(tag: unknown, tagNames: readonly string[] | undefined): string {
  if (typeof tag !== 'number') return 'a tag is "O", or a prefix and a type such as "B-PER"';
  if (tagNames === undefined)
    return 'name the tags that numbers stand for, in their order: --tag-names O,B-PER,I-PER,…';
  return `--tag-names has ${tagNames.length}, for the numbers from 0`;
}

/** Tokens as a text with blanks between them. */
function joinedTokens(tokens: readonly unknown[], at: Place): { readonly text: string; readonly spans: Span[] } {
  let text = '';
  const spans = tokens.map((token): Span => {
    if (typeof token !== 'string' || token === '') {
      throw new DataError(`expected a token, found ${shown(token)}`, { at, hint: 'tokens are strings, none empty' });
    }
    const start = text.length === 0 ? 0 : text.length + 1;
    text += start === 0 ? token : ` ${token}`;
    return { start, end: start + token.length };
  });
  return { text, spans };
}

/**
 * Reads one line of JSON Lines that is to be tagged: an object with a `"text"`, and maybe its tokens as `parseAnnotation` has them;
 * or with `"tokens"` alone, those of a sentence.
 * @throws DataError if the line is no such object, or a token is out of range, empty, or overlaps another
 */
export function parseUntagged(json: string, at: Place, given?: OffsetUnit): UntaggedText {
  const fields = parseObject(json, at, UNTAGGED_EXAMPLE);
  if (isAbsent(fields.text) && isArray(fields.tokens)) {
    const { text, spans } = joinedTokens(fields.tokens, at);
    return { text, tokens: spans, unit: undefined, isSentence: true };
  }
  const { text, unit, reader } = readText(fields, at, UNTAGGED_EXAMPLE, given);
  return { text, tokens: reader.tokens(fields.tokens), unit, isSentence: false };
}

/** The text of a line, what its offsets count where it says so, and what reads its spans, which count `given` where it does not. */
function readText(
  { text, unit }: Fields,
  at: Place,
  hint: string,
  given: OffsetUnit | undefined,
): { readonly text: string; readonly unit: OffsetUnit | undefined; readonly reader: SpanReader } {
  if (typeof text !== 'string') throw new DataError('no string "text"', { at, hint });
  const own = unit ?? undefined;
  if (own !== undefined && own !== 'utf16' && own !== 'codepoint') {
    throw new DataError(`"unit" must be "utf16" or "codepoint", not ${shown(unit)}`, { at });
  }
  return { text, unit: own, reader: new SpanReader(text, own ?? given, at) };
}

const LINE_HINT = 'one JSON object a line is expected';
const CARRIAGE_RETURN_HINT = `${LINE_HINT}; where carriage returns end them, convert those: tr '\\r' '\\n'`;

function parseObject(json: string, at: Place, hint: string): Fields {
  const parsed = parseJson(json);
  if ('error' in parsed) {
    throw new DataError(parsed.error.message, { at, hint: json.includes('\r') ? CARRIAGE_RETURN_HINT : LINE_HINT });
  }
  const { value } = parsed;
  if (!isObject(value)) throw new DataError(`expected a JSON object, found ${shown(value)}`, { at, hint });
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray`, but the elements are not `any`. */
function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Tables that are written as JSON have null where a line has nothing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  try {
    return shortened(JSON.stringify(value) ?? 'nothing');
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object'; // nested too deep to be written
  }
}

/** Reads the spans of one text into UTF-16 units. */
class SpanReader {
  readonly #text: string;
  readonly #at: Place;
  readonly #toUtf16: (offset: number) => number;
  /** The end of the text, in the unit of the line. */
  readonly #end: number;
  readonly unit: OffsetUnit;
  readonly saysUnit: boolean;

  /** Offsets of nobody knows which unit are taken to count UTF-16 units. */
  constructor(text: string, unit: OffsetUnit | undefined, at: Place) {
    this.#text = text;
    this.#at = at;
    this.unit = unit ?? 'utf16';
    this.#toUtf16 = unit === 'codepoint' ? toUtf16(text) : (offset) => offset;
    this.#end = unit === 'codepoint' ? toCodePoints(text)(text.length) : text.length;
    this.saysUnit = unit !== undefined;
  }

  entity(item: unknown): TypedSpan {
    const fields = isArray(item) ? { start: item[0], end: item[1], type: item[2] } : item;
    if (!isObject(fields)) throw this.#error(`expected an entity, found ${shown(item)}`);
    const type = fields.type ?? fields.label;
    if (typeof type !== 'string' || !isType(type) || !fitsCell(type)) {
      throw this.#error(
        `an entity needs a type that is a non-empty string without control characters or blanks at its ends: ${shown(item)}`,
      );
    }
    const span = this.#span(fields, 'entity', item);
    this.#compareText(fields.text, span, 'entity');
    return { ...span, type };
  }

  /** Undefined where there are none, or null. */
  tokens(list: unknown): Span[] | undefined {
    if (list === undefined || list === null) return undefined;
    if (!isArray(list)) throw this.#error(`"tokens" must be a list, not ${shown(list)}`, TOKENS_HINT);
    let end = 0;
    const tokens = list.map((item) => {
      const span = typeof item === 'string' ? this.#found(item, end) : this.#token(item);
      end = span.end;
      return span;
    });
    refuseOverlaps(tokens, 'tokens', this.#text, this.#at);
    return tokens;
  }

  #token(item: unknown): Span {
    if (!isObject(item)) throw this.#error(`expected a token, found ${shown(item)}`, TOKENS_HINT);
    const span = this.#span(item, 'token', item);
    this.#compareText(item.text, span, 'token');
    return span;
  }

  /** What an annotator says that a span covers shows whether offsets count what they are taken to. */
  #compareText(given: unknown, { start, end }: Span, what: string): void {
    const covered = this.#text.slice(start, end);
    if (typeof given !== 'string' || given === covered) return;
    const hint = unitHint(this.saysUnit, this.#text.slice(0, end));
    throw this.#error(`the ${what} ${quoted(given)} has offsets that cover ${quoted(covered)}`, hint);
  }

  /** A token that is given by its text, which must come next. */
  #found(token: string, from: number): Span {
    const start = token === '' ? -1 : this.#text.indexOf(token, from);
    if (start >= 0 && this.#text.slice(from, start).trim() === '') return { start, end: start + token.length };
    const next = this.#text.slice(from).trimStart().slice(0, Math.max(token.length, 1));
    throw this.#error(`the token ${quoted(token)} is not what comes next in the text, ${quoted(next)}`, TOKENS_HINT);
  }

  #span(fields: Fields, what: string, item: unknown): Span {
    const [start, end] = [fields.start ?? fields.start_offset, fields.end ?? fields.end_offset];
    if (!Number.isInteger(start) || !Number.isInteger(end)) {
      throw this.#error(`${what}: the start and end must be whole numbers: ${shown(item)}`);
    }
    const span = { start: this.#toUtf16(start as number), end: this.#toUtf16(end as number) };
    if ((start as number) >= 0 && span.start < span.end && span.end <= this.#text.length) {
      this.#refuseHalves(span, what);
      return span;
    }
    const hint = unitHint(this.saysUnit, this.#text) ?? 'offsets count from 0; the end is that of what comes next';
    throw this.#error(`${what} ${start} to ${end} is empty or outside the text, which ends at ${this.#end}`, hint);
  }

  /** Nobody means half a character. */
  #refuseHalves({ start, end }: Span, what: string): void {
    if (![start, end].some((at) => cutsPair(this.#text, at))) return;
    throw this.#error(`${what} ${start} to ${end} cuts a character in two`, unitHint(this.saysUnit, this.#text));
  }

  #error(message: string, hint?: string): DataError {
    return new DataError(message, { at: this.#at, ...(hint === undefined ? {} : { hint }) });
  }
}

function refuseOverlaps(spans: readonly Span[], what: 'tokens' | 'entities', text: string, at: Place): void {
  for (let i = 1; i < spans.length; i++) {
    if (spans[i].start >= spans[i - 1].end) continue;
    const [a, b] = [spans[i - 1], spans[i]].map(({ start, end }) => quoted(text.slice(start, end)));
    if (what === 'tokens') throw new DataError(`the tokens ${a} and ${b} overlap or are out of order`, { at });
    const hint = 'a token is of one entity; --mend-spans takes the longest of those that overlap';
    throw new DataError(`the entities ${a} and ${b} overlap`, { at, hint });
  }
}
