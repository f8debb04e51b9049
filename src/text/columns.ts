import { layOutBare, tagOfBare } from './bare_types.js';
import { finishedCorpus } from './finished_corpus.js';
import { type ColumnOptions, layOut } from './layout.js';
import { rivalColumn } from './rival_column.js';
import { noTagColumn, notATag, requireWidth } from './rows.js';
import type { Corpus, Notice, ReadSentence } from './sentence.js';
import { type Column, NO_CELL, type Table } from './table.js';
import { isTag } from './tags.js';
import { readEach } from './wrong_lines.js';

/**
 * A corpus in columns: a token a row, a blank line after each sentence (nothing else ends one, except the mark of a
 * new document). Empty tokens are kept, illegal tags left as they are; both are among the notices.
 * @throws DataError if a row is ragged, no column holds tags, or there is no sentence; UsageError as `layOut`
 */
export function readColumns(lines: readonly string[], source: string, options: ColumnOptions = {}): Corpus {
  const { bareTypes = false, furtherColumns = [] } = options;
  const laidOut = bareTypes ? layOutBare(lines, source, options) : layOut(lines, source, options);
  const { table, layout } = laidOut;
  const { tokenColumn, tagColumn } = layout;
  if (tagColumn === undefined) throw noTagColumn(laidOut, source);
  const { values, ids } = table.column(tagColumn);
  const tags = bareTypes ? values.map(tagOfBare) : values;
  const areTags = tags.map(isTag);
  const reader = new SentenceCollector(table, tokenColumn, furtherColumns);
  readEach(lines, (text, i) => {
    const kind = table.kinds[i];
    if (kind === 'blank') reader.endSentence();
    if (kind === 'document') reader.startDocument();
    if (kind !== 'token') return;
    const id = ids[i];
    if (id === NO_CELL) requireWidth(text, layout, source, i + 1);
    if (!areTags[id]) throw notATag(tags[id], tagColumn, source, i + 1, reader.isEmpty);
    reader.add(i, tags[id]);
  });
  reader.endSentence();
  const { sentences, notices } = reader;
  if (options.tagColumn === undefined && !bareTypes) {
    const rival = rivalColumn(laidOut, furtherColumns);
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

/** Gathers the rows of a table into sentences. */
class SentenceCollector {
  readonly sentences: ReadSentence[] = [];
  readonly notices: Notice[] = [];
  readonly #starts = new Set<number>();
  readonly #tokenColumn: Column;
  readonly #further: readonly (readonly [column: number, cells: Column])[];
  #tokens: string[] = [];
  #tags: string[] = [];
  #lines: number[] = [];
  #columns = new Map<number, string[]>();

  /** `further` are the columns to keep, from 1. */
  constructor(table: Table, tokenColumn: number, further: readonly number[]) {
    this.#tokenColumn = table.column(tokenColumn);
    this.#further = further.map((column) => [column, table.column(column - 1)]);
  }

  /** Adds the row of line `index`, counted from 0. */
  add(index: number, tag: string): void {
    for (const [column, cells] of this.#further) {
      const values = this.#columns.get(column) ?? [];
      this.#columns.set(column, values);
      values.push(valueAt(cells, index));
    }
    const token = valueAt(this.#tokenColumn, index);
    const line = index + 1;
    this.#tokens.push(token);
    this.#tags.push(tag);
    this.#lines.push(line);
    if (token === '') this.notices.push({ kind: 'empty-token', line, message: `empty token with the tag ${tag}` });
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

function valueAt({ values, ids }: Column, line: number): string {
  return values[ids[line]];
}
