import { DataError, UsageError } from '../errors.js';
import { cellAt } from './cells.js';
import { type DistinctLines, distinctLines, type Lines } from './distinct_lines.js';
import { isBlankLine, isDocumentRow, isKeyValue, type Shape } from './line_kind.js';
import { Table, widthsOf } from './table.js';
import { isTag, OUTSIDE } from './tags.js';

/** What a user says of a column file, in columns counted from 1; the rest is detected. */
export interface ColumnOptions {
  readonly tokenColumn?: number;
  readonly tagColumn?: number;
  /** Columns whose values are kept with each sentence. */
  readonly furtherColumns?: readonly number[];
  /** Whether the tags are types without a prefix, as PERSON. */
  readonly bareTypes?: boolean;
}

/** How a file lays out its rows: one token a row, in columns counted from 0. */
export interface ColumnLayout extends Shape {
  readonly tokenColumn: number;
  readonly tagColumn: number | undefined;
}

/** The lines of a file as rows and columns, and what the columns are. */
export interface LaidOut {
  readonly table: Table;
  readonly layout: ColumnLayout;
}

const INDEX = /^\d+(?:[-.]\d+)?$/;
const FIRST_INDEX = /^[01](?!\d)/;

/** The layout of a column file, from its lines or its first ones; as `layOut` detects it, and throws. */
export function detectLayout(lines: Lines, source: string, options: ColumnOptions = {}): ColumnLayout {
  return layOut(lines, source, options).layout;
}

/**
 * The rows of a column file, and their layout: tabs if most rows hold one, else single spaces; the
 * usual number of columns; a first column that counts; the last column of tags; and as the token
 * the first column that is none of these. A file with an index column, or one that begins with `# key = value`, has
 * comments.
 * @throws DataError if there is no row at all, UsageError if an option names a column that is not there
 */
export function layOut(lines: Lines, source: string, options: ColumnOptions = {}): LaidOut {
  const distinct = distinctLines(lines);
  refuseCarriageReturns(distinct, source);
  const rows = rowsOf(distinct.values);
  if (!rows.includes(1)) throw new DataError('no sentences', { at: { source }, hint: 'one token a line is expected' });
  const separator = detectSeparator(distinct, rows);
  const widths = widthsOf(distinct.values, separator);
  const columns = usualWidth(distinct, rows, widths);
  checkOptions(options, columns, source);
  const comments = isKeyValue(distinct.values.find((line) => !isBlankLine(line)) ?? '');
  const plain = { separator, columns, indexColumn: undefined, comments };
  const indexed = options.tokenColumn !== 1 && options.tagColumn !== 1 && isNumbered(distinct, widths, plain);
  const numbered = { ...plain, indexColumn: 0, comments: true };
  return (
    (indexed ? placeColumns(new Table(distinct, numbered, widths), options) : undefined) ??
    placeOrTakeFirst(new Table(distinct, plain, widths), options)
  );
}

function refuseCarriageReturns({ values, firsts, ids }: DistinctLines, source: string): void {
  const strange = values.findIndex((line) => line.includes('\r'));
  if (strange < 0) return;
  const line = firsts[strange];
  const endsInput = line === ids.length - 1 && values[strange].indexOf('\r') === values[strange].length - 1;
  throw new DataError(`a carriage return ${endsInput ? 'alone ends' : 'stands within'} the line`, {
    at: { source, line: line + 1 },
    hint: endsInput ? 'end it with a line feed too' : "if it ends the lines, convert them: tr '\\r' '\\n'",
  });
}

/** 1 for the rows that show the separator and the width: those with `#` are such only where there is nothing else. Of the values of lines. */
function rowsOf(lines: readonly string[]): Uint8Array {
  const [withHash, others] = [new Uint8Array(lines.length), new Uint8Array(lines.length)];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (isBlankLine(line) || isDocumentRow(line)) continue;
    if (line.startsWith('#')) withHash[i] = 1;
    else others[i] = 1;
  }
  return others.includes(1) ? others : withHash;
}

function detectSeparator({ values, counts }: DistinctLines, rows: Uint8Array): '\t' | ' ' {
  let tabs = 0;
  let spaces = 0;
  for (let i = 0; i < values.length; i++) {
    if (rows[i] === 0) continue;
    if (values[i].includes('\t')) tabs += counts[i];
    else if (values[i].includes(' ')) spaces += counts[i];
  }
  return tabs >= spaces ? '\t' : ' ';
}

/** The commonest number of columns; of equally common ones the largest. */
function usualWidth({ counts }: DistinctLines, rows: Uint8Array, widths: Int32Array): number {
  const lines = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] === 1) lines.set(widths[i], (lines.get(widths[i]) ?? 0) + counts[i]);
  }
  let usual = 0;
  let most = 0;
  for (const [width, count] of lines) {
    if (count > most || (count === most && width > usual)) [usual, most] = [width, count];
  }
  return usual;
}

function checkOptions(options: ColumnOptions, columns: number, source: string): void {
  const { tokenColumn, tagColumn, furtherColumns = [] } = options;
  const asked: (readonly [what: string, column: number | undefined])[] = [
    ['to be the token column', tokenColumn],
    ['to be the tag column', tagColumn],
    ...furtherColumns.map((column) => ['for the features', column] as const),
  ];
  for (const [what, column] of asked) {
    if (column === undefined || (Number.isInteger(column) && column >= 1 && column <= columns)) continue;
    const has = columns === 1 ? 'has 1 column' : `has ${columns} columns`;
    throw new UsageError(`there is no column ${column} ${what}: the file ${has}`, { at: { source } });
  }
  if (tokenColumn !== undefined && tokenColumn === tagColumn) {
    throw new UsageError(`column ${tokenColumn} cannot be both the token and the tag column`);
  }
}

/** Whether the first column counts tokens: numbers throughout, from 0 or 1 in most sentences; it may jump. */
function isNumbered({ values, ids }: DistinctLines, widths: Int32Array, { separator, columns }: Shape): boolean {
  const indices = new Map<number, string>();
  for (let i = 0; i < values.length; i++) {
    const line = values[i];
    if (widths[i] !== columns || isBlankLine(line) || line.startsWith('#') || isDocumentRow(line)) continue;
    const index = cellAt(line, separator, 0);
    if (!INDEX.test(index)) return false;
    indices.set(i, index);
  }
  let sentences = 0;
  let counted = 0;
  let first = true;
  for (const id of ids) {
    const index = indices.get(id);
    if (index === undefined) {
      if (isBlankLine(values[id])) first = true;
      continue;
    }
    if (first) {
      sentences++;
      if (FIRST_INDEX.test(index)) counted++;
    }
    first = false;
  }
  return counted * 2 > sentences;
}

/** The table with the tag and the token column placed; undefined if no column is left for the token. */
function placeColumns(table: Table, options: ColumnOptions): LaidOut | undefined {
  const { shape } = table;
  const free = [...Array(shape.columns).keys()].filter((c) => c !== shape.indexColumn);
  const candidates = shape.columns === 1 ? [] : free.filter((c) => c + 1 !== options.tokenColumn);
  const tagColumn = options.tagColumn === undefined ? lastTagColumn(table, candidates) : options.tagColumn - 1;
  const tokenColumn = options.tokenColumn === undefined ? free.find((c) => c !== tagColumn) : options.tokenColumn - 1;
  return tokenColumn === undefined ? undefined : { table, layout: { ...shape, tokenColumn, tagColumn } };
}

/** The same, with the first column for the token where none is left. */
function placeOrTakeFirst(table: Table, options: ColumnOptions): LaidOut {
  const { shape } = table;
  return placeColumns(table, options) ?? { table, layout: { ...shape, tokenColumn: 0, tagColumn: undefined } };
}

/**
 * The last of the columns, counted from 0, that holds tags only. One with entities counts even if up to half of its
 * values are no tags: to pass it over for an earlier one (phrase chunks, say) because of a misspelt tag would train on
 * the wrong column.
 */
export function lastTagColumn(table: Table, candidates: readonly number[]): number | undefined {
  for (const c of candidates.toReversed()) {
    const { rows, tags, entityTags } = countTags(table, c);
    if (tags === rows || (entityTags > 0 && tags * 2 >= rows)) return c;
  }
  return undefined;
}

function countTags(table: Table, column: number) {
  const counts = { rows: 0, tags: 0, entityTags: 0 };
  for (const row of table.rows()) {
    const lines = table.lines.counts[row];
    counts.rows += lines;
    const cell = table.cell(row, column);
    if (!isTag(cell)) continue;
    counts.tags += lines;
    if (cell !== OUTSIDE) counts.entityTags += lines;
  }
  return counts;
}
