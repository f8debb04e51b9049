import type { Entity, Scheme } from './tags.js';

/** A half-open range `[start, end)` of UTF-16 units in a text, so that `text.slice(start, end)` is what it covers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One sentence: a sequence of T tokens. */
export interface Sentence {
  readonly tokens: readonly string[];
}

/** A sentence of running text: every token is `text.slice(span.start, span.end)` of the text it was cut from. */
export interface TextSentence extends Sentence {
  /** Shape [T], in text order, never overlapping. */
  readonly spans: readonly Span[];
}

/** A sentence of a text, or a part of one that is too long to be held whole. */
export interface Piece extends TextSentence {
  /** Whether the next piece belongs to the same sentence. */
  readonly goesOn?: boolean;
}

/** A sentence with one tag a token. */
export interface TaggedSentence extends Sentence {
  /** Shape [T]. */
  readonly tags: readonly string[];
  /** What the tags spell, by CoNLL rules. */
  readonly entities: readonly Entity[];
  /** Shape [T]: the line of the source (from 1) on which each token stands. */
  readonly lines: readonly number[];
  /** The columns that were asked for beside these, by their number from 1; shape [T] each. */
  readonly columns?: ReadonlyMap<number, readonly string[]>;
}

/** What a user will want to know of how a corpus was read. */
export const NOTICES = [
  'rival-column',
  'left-out',
  'offset-unit',
  'mended-span',
  'dropped-span',
  'long-sentence',
  'empty-token',
  'order-mark',
  'illegal-tag',
] as const;

/** Something that a reader found odd. */
export interface Notice {
  readonly kind: (typeof NOTICES)[number];
  readonly line: number;
  readonly message: string;
}

/** A tagged corpus as one file (or standard input) gives it. */
export interface Corpus {
  /** The file's name as the user wrote it, or `-`. */
  readonly source: string;
  readonly sentences: readonly TaggedSentence[];
  /** The scheme that its tags are written in. */
  readonly scheme: Scheme;
  /** The first sentence of every marked document; empty where the format marks none. */
  readonly documentStarts: readonly number[];
  readonly notices: readonly Notice[];
}
