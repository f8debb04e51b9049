import { layOutBare, tagOfBare } from './bare_types.js';
import type { Lines } from './distinct_lines.js';
import { finishedCorpus } from './finished_corpus.js';
import { type ColumnOptions, layOut } from './layout.js';
import { rivalColumn } from './rival_column.js';
import { noTagColumn, notATag, raggedRow } from './rows.js';
import type { Corpus, Notice, TaggedSentence } from './sentence.js';
import { type Column, NO_CELL, type Table } from './table.js';
import { isTag, type ParsedTag, parseTag, readEntities } from './tags.js';
import { WrongLines } from './wrong_lines.js';

/**
 * A corpus in columns: a token a row, a blank line after each sentence (nothing else ends one, except the mark of a
 * new document). Empty tokens are kept, illegal tags left as they are; both are among the notices.
 * @throws DataError if a row is ragged, no column holds tags, or there is no sentence; UsageError as `layOut`
 */
export function readColumns(lines: Lines, source: string, options: ColumnOptions = {}): Corpus {
  const { bareTypes = false, furtherColumns = [] } = options;
  const laidOut = bareTypes ? layOutBare(lines, source, options) : layOut(lines, source, options);
  const { table, layout } = laidOut;
  const { tokenColumn, tagColumn } = layout;
  if (tagColumn === undefined) throw noTagColumn(laidOut, source);
  const tags = tagsIn(table.column(tagColumn), bareTypes);
  const areTags = tags.values.map(isTag);
  const reader = new SentenceCollector(table, tokenColumn, tags, furtherColumns);
  const { values, ids } = table.lines;
  const wrong = new WrongLines();
  for (let i = 0; i < ids.length && !wrong.areEnough; i++) {
    const row = ids[i];
    const kind = table.kinds[row];
    if (kind === 'blank') reader.endSentence();
    if (kind === 'document') reader.startDocument();
    if (kind !== 'token') continue;
    const id = tags.ids[row];
    if (id === NO_CELL) wrong.add(raggedRow(values[row], layout, source, i + 1));
    else if (!areTags[id]) wrong.add(notATag(tags.values[id], tagColumn, source, i + 1, reader.isEmpty));
    else reader.add(i + 1, row);
  }
  wrong.refuse();
  reader.endSentence();
  const { sentences, notices } = reader;
  if (options.tagColumn === undefined && !bareTypes) {
    const rival = rivalColumn(laidOut, furtherColumns);
    if (rival !== undefined) notices.push(rival);
  }
  notices.push(...orderMarks(table), ...longSentences(sentences));
  return finishedCorpus(source, sentences, reader.documentStarts(), notices);
}

function tagsIn(column: Column, areBare: boolean): Column {
  return areBare ? { ...column, values: column.values.map(tagOfBare) } : column;
}

/** Tokens that no sentence has: where one has more, the lines between sentences are missing. */
const LONG = 1000;

function longSentences(sentences: readonly TaggedSentence[]): Notice[] {
  return sentences
    .filter(({ tokens }) => tokens.length > LONG)
    .map(({ tokens, lines }) => {
      const message = `a sentence of ${tokens.length} tokens: only an empty line ends one`;
      return { kind: 'long-sentence', line: lines[0], message };
    });
}

/** Where files are joined, the mark that one begins with becomes a part of what it stands before. */
function orderMarks({ lines: { values, firsts } }: Table): Notice[] {
  return values.flatMap((value, row) => {
    if (!value.startsWith('\uFEFF')) return [];
    return [{ kind: 'order-mark', line: firsts[row] + 1, message: 'taken for a part of the line: were files joined?' }];
  });
}

/** Gathers the rows of a table into sentences. */
class SentenceCollector {
  readonly sentences: TaggedSentence[] = [];
  readonly notices: Notice[] = [];
  readonly #starts = new Set<number>();
  readonly #tokens: Column;
  readonly #tags: Column;
  /** Each of the values of `#tags` in its parts. */
  readonly #parsed: readonly ParsedTag[];
  readonly #further: readonly (readonly [column: number, cells: Column])[];
  /** Of the open sentence: its lines, from 1, and what rows of the table they are. */
  #lines: number[] = [];
  #rows: number[] = [];

  /** `further` are the columns to keep, from 1. */
  constructor(table: Table, tokenColumn: number, tags: Column, further: readonly number[]) {
    this.#tokens = table.column(tokenColumn);
    this.#tags = tags;
    this.#parsed = tags.values.map(parseTag);
    this.#further = further.map((column) => [column, table.column(column - 1)]);
  }

  /** A line, from 1, and its place among the different ones. */
  add(line: number, row: number): void {
    this.#lines.push(line);
    this.#rows.push(row);
    if (valueAt(this.#tokens, row) !== '') return;
    this.notices.push({ kind: 'empty-token', line, message: `empty token with the tag ${valueAt(this.#tags, row)}` });
  }

  /** Whether no row was taken yet. */
  get isEmpty(): boolean {
    return this.sentences.length === 0 && this.#rows.length === 0;
  }

  endSentence(): void {
    const [rows, lines] = [this.#rows, this.#lines];
    if (rows.length === 0) return;
    [this.#rows, this.#lines] = [[], []];
    const valuesOf = (column: Column): string[] => rows.map((row) => valueAt(column, row));
    const entities = readEntities(rows.map((row) => this.#parsed[this.#tags.ids[row]]));
    const sentence = { tokens: valuesOf(this.#tokens), tags: valuesOf(this.#tags), entities, lines };
    const columns = this.#further.map(([column, cells]) => [column, valuesOf(cells)] as const);
    this.sentences.push(columns.length === 0 ? sentence : { ...sentence, columns: new Map(columns) });
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

function valueAt({ values, ids }: Column, row: number): string {
  return values[ids[row]];
}
