import { DataError } from '../errors.js';
import { cellAt } from './cells.js';
import { type ColumnLayout, type ColumnOptions, detectLayout } from './layout.js';
import { type LineKind, lineKind } from './line_kind.js';
import { requireWidth } from './rows.js';
import { OUTSIDE } from './tags.js';

/** The layout is detected from the first sentences that have this many rows together … */
const DETECTION_ROWS = 20;
/** … or from this many lines. */
const DETECTION_LINES = 1000;
/** A sentence of more rows is taken for a file whose blank lines are missing, which would not fit in memory. */
const MAX_SENTENCE_ROWS = 100_000;
/** What most lines complete. */
const NONE: readonly ColumnBlock[] = [];
/** What stands in the column of tags where a row holds no token (a CoNLL-U range). */
const NO_VALUE = '_';

/** A sentence with its lines as they came, so that columns can be kept and one added. */
export interface SentenceBlock {
  readonly kind: 'sentence';
  /** The lines of the sentence in order, among them comments and rows that hold no token. */
  readonly rows: readonly { readonly text: string; readonly kind: LineKind }[];
  /** Shape [T], T the number of rows of kind `token`. */
  readonly tokens: readonly string[];
  readonly separator: '\t' | ' ';
  /** Whether the mark of a document stands before it. */
  readonly startsDocument: boolean;
  /** The columns that were asked for, by their number from 1; shape [T] each. */
  readonly columns?: ReadonlyMap<number, readonly string[]>;
}

/** A sentence to tag, or a line to write as it stands: blank, a comment, or the mark of a document. */
export type ColumnBlock = SentenceBlock | { readonly kind: 'passthrough'; readonly text: string };

/** What is known of a column file between two of its sentences: its layout, and how many lines were read. */
export interface Between {
  readonly layout: ColumnLayout;
  readonly line: number;
}

/**
 * Cuts a column file into sentences line by line, for tagging. The layout is detected from the lines up to the
 * first blank one after at least 20 rows, or from the first 1,000 lines, or from all where there are fewer; after that
 * no more than a sentence is held. The mark of a document that is a row of its own comes back with an `O`
 * appended, since the official scorer wants as many columns in it as anywhere and counts it as a token.
 */
export class ColumnStream {
  readonly #source: string;
  readonly #options: ColumnOptions;
  #layout: ColumnLayout | undefined;
  #undecided: string[] = [];
  #undecidedRows = 0;
  #line = 0;
  #rows: { text: string; kind: LineKind }[] = [];
  #tokens: string[] = [];
  #columns = new Map<number, string[]>();
  #startsDocument = false;

  constructor(source: string, options: ColumnOptions = {}) {
    this.#source = source;
    this.#options = options;
  }

  /** A stream that begins between two sentences of a file. */
  static from(source: string, { layout, line }: Between, options: ColumnOptions = {}): ColumnStream {
    const stream = new ColumnStream(source, options);
    stream.#layout = layout;
    stream.#line = line;
    return stream;
  }

  /** Whether a line is the mark of a document; undefined while the layout is not known yet. */
  get isMark(): ((line: string) => boolean) | undefined {
    const layout = this.#layout;
    return layout === undefined ? undefined : (line) => lineKind(line, layout) === 'document';
  }

  /** Undefined within a sentence, and while the layout is not known yet. */
  get between(): Between | undefined {
    const layout = this.#layout;
    return layout === undefined || this.#rows.length > 0 ? undefined : { layout, line: this.#line };
  }

  /** Counts lines that are whole sentences and taken by another stream. */
  skip(lines: number): void {
    this.#line += lines;
  }

  /**
   * The blocks that this line completes.
   * @throws DataError if a row is ragged or a sentence has more than 100,000 rows; UsageError as `detectLayout`
   */
  push(line: string): readonly ColumnBlock[] {
    if (this.#layout !== undefined) return this.#take(line, this.#layout);
    this.#undecided.push(line);
    const kind = lineKind(line, BARE);
    // what begins with # may be a comment, which says little of the layout
    if (kind === 'token' && !line.startsWith('#')) this.#undecidedRows++;
    const enough = kind === 'blank' && this.#undecidedRows >= DETECTION_ROWS;
    return enough || this.#undecided.length === DETECTION_LINES ? this.#decide() : NONE;
  }

  /** The blocks that the end of the input completes. */
  end(): ColumnBlock[] {
    return [...this.#decide(), ...this.#endSentence()];
  }

  #decide(): ColumnBlock[] {
    const lines = this.#undecided;
    this.#undecided = [];
    if (!lines.some((line) => lineKind(line, BARE) === 'token')) {
      this.#line += lines.length;
      return lines.map(passthrough);
    }
    const layout = detectLayout(lines, this.#source, this.#options);
    this.#layout = layout;
    return lines.flatMap((line) => this.#take(line, layout));
  }

  #take(text: string, layout: ColumnLayout): readonly ColumnBlock[] {
    this.#line++;
    const kind = lineKind(text, layout);
    if (kind === 'blank') return [...this.#endSentence(), passthrough(text)];
    if (kind === 'document') {
      const blocks = [...this.#endSentence(), passthrough(withOutside(text, layout))];
      this.#startsDocument = true;
      return blocks;
    }
    if (kind === 'comment' && this.#rows.length === 0) return [passthrough(text)];
    this.#rows.push({ text, kind });
    if (this.#rows.length > MAX_SENTENCE_ROWS) this.#refuseLongSentence();
    if (kind === 'token') this.#addToken(text, layout);
    return NONE;
  }

  #addToken(row: string, layout: ColumnLayout): void {
    requireWidth(row, layout, this.#source, this.#line);
    const { separator, tokenColumn } = layout;
    this.#tokens.push(cellAt(row, separator, tokenColumn));
    for (const column of this.#options.furtherColumns ?? []) {
      const values = this.#columns.get(column) ?? [];
      this.#columns.set(column, values);
      values.push(cellAt(row, separator, column - 1));
    }
  }

  #endSentence(): ColumnBlock[] {
    if (this.#rows.length === 0 || this.#layout === undefined) return [];
    const { separator } = this.#layout;
    const [rows, tokens, startsDocument] = [this.#rows, this.#tokens, this.#startsDocument];
    const block: SentenceBlock = { kind: 'sentence', rows, tokens, separator, startsDocument };
    const columns = this.#columns;
    this.#columns = new Map();
    this.#startsDocument = false;
    this.#rows = [];
    this.#tokens = [];
    return [columns.size === 0 ? block : { ...block, columns }];
  }

  #refuseLongSentence(): never {
    throw new DataError(`a sentence of more than ${MAX_SENTENCE_ROWS} tokens`, {
      at: { source: this.#source, line: this.#line },
      hint: 'a blank line ends a sentence: is it missing?',
    });
  }
}

/** A shape under which only blank lines and `-DOCSTART-` are anything but rows. */
const BARE = { separator: '\t', columns: 1, indexColumn: undefined, comments: false } as const;

function passthrough(text: string): ColumnBlock {
  return { kind: 'passthrough', text };
}

function withOutside(text: string, { separator, columns }: ColumnLayout): string {
  const isRow = !text.startsWith('#') && text.split(separator).length === columns;
  return isRow ? text + separator + OUTSIDE : text;
}

/** The lines of a sentence with a column of tags appended; `tags` has shape [T]. */
export function appendTags(block: SentenceBlock, tags: readonly string[]): string[] {
  let t = 0;
  return block.rows.map(({ text, kind }) => {
    if (kind === 'comment') return text;
    return text + block.separator + (kind === 'token' ? tags[t++] : NO_VALUE);
  });
}
