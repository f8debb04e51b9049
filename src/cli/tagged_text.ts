import { asCell } from '../text/cells.js';
import { InlineWriter } from '../text/inline.js';
import { formatTokenTags, JsonLineWriter } from '../text/jsonl.js';
import type { OffsetUnit } from '../text/offsets.js';
import type { Piece } from '../text/sentence.js';
import { type Entity, OUTSIDE, type Scheme, tagsOf } from '../text/tags.js';

/** The formats for programs and files; the one in colours is in `pretty_text.ts`. */
export const PLAIN_FORMATS = ['inline', 'tsv', 'jsonl'] as const;
export type PlainFormat = (typeof PLAIN_FORMATS)[number];

/** An entity, with its probability where that was asked for. */
export interface WrittenEntity extends Entity {
  readonly probability?: number;
}

/** Writes one tagged text as its entities become known, so that a long one need not be held: returns what comes next. */
export interface TextWriter {
  /** Parts of what comes before the first piece. */
  begin(): Iterable<string>;
  /** Pieces come in text order. */
  add(piece: Piece, entities: readonly WrittenEntity[]): string;
  /** The rest, with the end of the line. */
  end(): string;
}

/** The line of JSON that a text came in, or stands for a sentence of columns, and what offsets count there if it says so. */
export interface JsonSource {
  readonly json: string;
  readonly unit: OffsetUnit | undefined;
  /** Whether it has the tokens of a sentence and no text. */
  readonly isSentence: boolean;
}

export type Formatter = (text: string, source?: JsonSource) => TextWriter;

export interface FormatSettings {
  readonly scheme: Scheme;
  readonly probabilities: boolean;
  /** What those of jsonl count where a line does not say; UTF-16 units if not given. */
  readonly offsets?: OffsetUnit;
}

export function createFormatter(format: PlainFormat, settings: FormatSettings): Formatter {
  switch (format) {
    case 'inline':
      return inlineFormatter();
    case 'tsv':
      return tsvFormatter(settings);
    case 'jsonl':
      return jsonlFormatter(settings);
  }
}

interface TextEntity {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly probability?: number | undefined;
}

/** Entities by their places in the text, in UTF-16 units. */
export function textEntities(piece: Piece, entities: readonly WrittenEntity[]): TextEntity[] {
  if (entities.length === 0) return [];
  const { spans } = piece;
  return entities.map(({ start, end, type, probability }) => {
    return { start: spans[start].start, end: spans[end - 1].end, type, probability };
  });
}

/** A type with the probability where there is one: `PER 0.98`. */
export function labelOf({ type, probability }: TextEntity): string {
  return probability === undefined ? type : `${type} ${probability.toFixed(2)}`;
}

function inlineFormatter(): Formatter {
  return (text) => {
    const writer = new InlineWriter(text);
    return {
      begin: () => [],
      add: (piece, found) => {
        const entities = textEntities(piece, found);
        return writer.add(entities.map((entity) => ({ ...entity, type: labelOf(entity) })));
      },
      end: () => `${writer.end()}\n`,
    };
  };
}

/**
 * A token and its tag a line, an empty line after each sentence; O tokens have `_` for a probability. A token's own tabs and line
 * breaks become spaces, so that it stays one cell.
 */
function tsvFormatter({ scheme, probabilities }: FormatSettings): Formatter {
  const outside = probabilities ? `\t${OUTSIDE}\t_\n` : `\t${OUTSIDE}\n`;
  const add = ({ tokens, goesOn = false }: Piece, entities: readonly WrittenEntity[]): string => {
    const ends = new Array<string>(tokens.length).fill(outside);
    if (entities.length > 0) {
      const tags = tagsOf(entities, tokens.length, scheme);
      for (const { start, end, probability } of entities) {
        const last = probability === undefined ? '\n' : `\t${probability.toFixed(4)}\n`;
        for (let t = start; t < end; t++) ends[t] = `\t${tags[t]}${last}`;
      }
    }
    let out = '';
    for (let t = 0; t < tokens.length; t++) out += tokens[t] + ends[t];
    return goesOn ? out : `${out}\n`;
  };
  const writer: TextWriter = { begin: () => [], add, end: () => '' };
  const cleaning: TextWriter = { ...writer, add: (piece, entities) => add(withoutCellEnds(piece), entities) };
  // only lines of JSON have such tokens
  return (_text, source) => (source === undefined ? writer : cleaning);
}

function withoutCellEnds(piece: Piece): Piece {
  return { ...piece, tokens: piece.tokens.map(asCell) };
}

function jsonlFormatter(settings: FormatSettings): Formatter {
  const { offsets } = settings;
  return (text, source) => {
    if (source?.isSentence) return tokenTagsWriter(source.json, settings);
    const writer = new JsonLineWriter(text, source?.unit ?? offsets ?? 'utf16', source?.json);
    const add = (piece: Piece, found: readonly WrittenEntity[]): string => {
      const entities = textEntities(piece, found).map(({ start, end, type, probability }) => {
        return probability === undefined
          ? { start, end, type }
          : { start, end, type, probability: rounded(probability) };
      });
      return writer.add(entities);
    };
    return { begin: () => writer.begin(), add, end: () => `${writer.end()}\n` };
  };
}

/** A line of tokens has no text that entities could have places in: its tokens get tags. */
function tokenTagsWriter(json: string, { scheme, probabilities }: FormatSettings): TextWriter {
  let tags: readonly string[] = [];
  let probable: (number | null)[] = [];
  const add = ({ tokens }: Piece, entities: readonly WrittenEntity[]): string => {
    tags = tagsOf(entities, tokens.length, scheme);
    probable = tags.map(() => null);
    for (const { start, end, probability } of entities) {
      if (probability !== undefined) probable.fill(rounded(probability), start, end);
    }
    return '';
  };
  const end = (): string => `${formatTokenTags(json, tags, probabilities ? probable : undefined)}\n`;
  return { begin: () => [], add, end };
}

/** Four digits are more than any calibration supports, and keep the lines short. */
function rounded(probability: number): number {
  return Number(probability.toFixed(4));
}
