import { bareLayout, tagOfBare } from './bare_types.js';
import { cellAt } from './cells.js';
import { finishedCorpus } from './finished_corpus.js';
import { type ColumnOptions, detectLayout, lineKind } from './layout.js';
import { rivalColumn } from './rival_column.js';
import { noTagColumn, notATag, requireWidth } from './rows.js';
import type { Corpus, Notice, ReadSentence } from './sentence.js';
import { isTag } from './tags.js';
import { readEach } from './wrong_lines.js';

/**
 * A corpus in columns: a token a row, a blank line after each sentence (nothing else ends one, except the mark of a
 * new document). Empty tokens are kept, illegal tags left as they are; both are among the notices.
 * @throws DataError if a row is ragged, no column holds tags, or there is no sentence; UsageError as `detectLayout`
 */
export function readColumns(lines: readonly string[], source: string, options: ColumnOptions = {}): Corpus {
  const { bareTypes = false } = options;
  const layout = bareTypes ? bareLayout(lines, source, options) : detectLayout(lines, source, options);
  const { tokenColumn, tagColumn, separator } = layout;
  if (tagColumn === undefined) throw noTagColumn(lines, layout, source);
  const reader = new SentenceCollector(separator, options.furtherColumns ?? []);
  readEach(lines, (text, i) => {
    const kind = lineKind(text, layout);
    if (kind === 'blank') reader.endSentence();
    if (kind === 'document') reader.startDocument();
    if (kind !== 'token') return;
    requireWidth(text, layout, source, i + 1);
    const cell = cellAt(text, separator, tagColumn);
    const tag = bareTypes ? tagOfBare(cell) : cell;
    if (!isTag(tag)) throw notATag(tag, tagColumn, source, i + 1, reader.isEmpty);
    reader.add(cellAt(text, separator, tokenColumn), tag, i + 1, text);
  });
  reader.endSentence();
  const { sentences, notices } = reader;
  if (options.tagColumn === undefined && !bareTypes) {
    const rival = rivalColumn(lines, { ...layout, tagColumn }, options.furtherColumns);
    if (rival !== undefined) notices.push(rival);
  }
  return finishedCorpus(source, sentences, reader.documentStarts(), [...notices, ...longSentences(sentences)]);
}

/** Tokens that no sentence has: where one has more, the lines between sentences are missing. */
const LONG = 1000;

function longSentences(sentences: readonly ReadSentence[]): Notice[] {
  return sentences
    .filter(({ tokens }) => tokens.length > LONG)
    .map(({ tokens, lines }) => {
      const message = `a sentence of ${tokens.length} tokens: only an empty line ends one`;
      return { kind: 'long-sentence', line: lines[0], message };
    });
}

class SentenceCollector {
  readonly sentences: ReadSentence[] = [];
  readonly notices: Notice[] = [];
  readonly #starts = new Set<number>();
  /** Each token and tag once: a corpus has few different ones, and many that are alike cost memory and time wherever they are looked up. */
  readonly #known = new Map<string, string>();
  readonly #separator: string;
  #tokens: string[] = [];
  #tags: string[] = [];
  #lines: number[] = [];
  readonly #further: readonly number[];
  #columns = new Map<number, string[]>();

  /** `further` are the columns to keep, from 1. */
  constructor(separator: string, further: readonly number[]) {
    this.#separator = separator;
    this.#further = further;
  }

  add(token: string, tag: string, line: number, row: string): void {
    for (const column of this.#further) {
      const values = this.#columns.get(column) ?? [];
      this.#columns.set(column, values);
      values.push(this.#once(cellAt(row, this.#separator, column - 1)));
    }
    this.#tokens.push(this.#once(token));
    this.#tags.push(this.#once(tag));
    this.#lines.push(line);
    if (token === '') this.notices.push({ kind: 'empty-token', line, message: `empty token with the tag ${tag}` });
  }

  #once(value: string): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, value);
    return value;
  }

  /** Whether no row was taken yet. */
  get isEmpty(): boolean {
    return this.sentences.length === 0 && this.#tokens.length === 0;
  }

  endSentence(): void {
    if (this.#tokens.length === 0) return;
    const sentence = { tokens: this.#tokens, tags: this.#tags, lines: this.#lines };
    this.sentences.push(this.#further.length === 0 ? sentence : { ...sentence, columns: this.#columns });
    this.#tokens = [];
    this.#tags = [];
    this.#lines = [];
    this.#columns = new Map();
  }

  startDocument(): void {
    this.endSentence();
    this.#starts.add(this.sentences.length);
  }

  /**
   * A document without sentences is none: it shares its start with the next, or stands behind the last sentence. The
   * sentences before the first mark are a document too, since some corpora mark the end of each.
   */
  documentStarts(): number[] {
    const starts = this.#starts.size === 0 ? [] : [...new Set([0, ...this.#starts])];
    return starts.filter((start) => start < this.sentences.length);
  }
}
