import type { Place } from '../errors.js';
import {
  type AnnotatedText,
  type AnnotationOptions,
  LISTS,
  PREDICTED,
  parseAnnotation,
  TAG_LISTS,
  type TypedSpan,
  type UntaggedText,
} from './annotation.js';
import { eachLine, type Lines } from './distinct_lines.js';
import { entitiesOnTokens, mendedEntities } from './entities_on_tokens.js';
import { finishedCorpus } from './finished_corpus.js';
import { type JsonMember, membersOf } from './json_members.js';
import { type OffsetUnit, toCodePoints } from './offsets.js';
import type { Corpus, Notice, Span, TaggedSentence, TextSentence } from './sentence.js';
import { eachSentence, textSentences } from './split.js';
import { entitiesOf, tagsOf } from './tags.js';
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
export function readJsonl(lines: Lines, source: string, options: AnnotationOptions = {}): Corpus {
  const sentences: TaggedSentence[] = [];
  const notices: Notice[] = [];
  readEach(eachLine(lines), (json, i) => {
    if (json.trim() === '') return;
    const line = i + 1;
    const place = { source, line };
    const annotated = parseAnnotation(json, place, options);
    if ('rejected' in annotated) {
      notices.push({ kind: 'left-out', line, message: `its "answer" is "${annotated.rejected}"` });
      return;
    }
    if (annotated.doubtsUnit === true) notices.push({ kind: 'offset-unit', line, message: UNIT_DOUBT });
    const read = taggedSentences(annotated, place, options.mendSpans === true, notices);
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

/** `mends` says whether entities that are no whole tokens, or overlap, are mended; what is done so is told in `notices`. */
function taggedSentences(
  given: AnnotatedText,
  place: Place & { line: number },
  mends: boolean,
  notices: Notice[],
): TaggedSentence[] {
  const { text } = given;
  const found = given.isSentence ? [] : textSentences(text);
  const tokens = given.tokens ?? found.flatMap(({ spans }) => spans);
  const entities = mends ? mendedEntities(given, tokens, place, notices) : given.entities;
  const tags = given.tags ?? tagsOf(entitiesOnTokens({ ...given, entities }, tokens, place), tokens.length, 'IOB2');
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
