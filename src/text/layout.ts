import { DataError, UsageError } from '../errors.js';
import { cellAt, widthOf } from './cells.js';
import { beginsJson } from './parse_json.js';
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
export interface ColumnLayout {
  readonly separator: '\t' | ' ';
  /** The number of columns of every row. */
  readonly columns: number;
  /** The column that numbers the tokens of a sentence, as in CoNLL-U. */
  readonly indexColumn: number | undefined;
  readonly tokenColumn: number;
  readonly tagColumn: number | undefined;
  /** Whether lines beginning with `#` may be comments; elsewhere `#` is a token like any other. */
  readonly comments: boolean;
}

/**
 * What a line of a column file is: `blank` (nothing but blanks and tabs: it ends a sentence), `document` (`-DOCSTART-`
 * or `# newdoc`), another `comment`, `skipped` (a multiword range `1-2` or an empty node `1.1` of CoNLL-U), or the row
 * of a `token`.
 */
export type LineKind = 'blank' | 'document' | 'comment' | 'skipped' | 'token';

type Shape = Pick<ColumnLayout, 'separator' | 'columns' | 'indexColumn' | 'comments'>;

const BLANK = /^[ \t]*$/;
const DOCUMENT_ROW = /^-DOCSTART-(?:[ \t]|$)/;
const KEY_VALUE = /^# +(?:[^\s=]+ +=(?: |$)|newdoc\b|newpar\b)/;
const NEW_DOCUMENT = /^#\s*newdoc\b/;
const INDEX = /^\d+(?:[-.]\d+)?$/;
const FIRST_INDEX = /^[01](?!\d)/;

/** Whether a line holds nothing but blanks and tabs. */
export function isBlankLine(line: string): boolean {
  return line === '' || ((line[0] === ' ' || line[0] === '\t') && BLANK.test(line));
}

/** The kind of a line; blank lines alone, and marks of documents, end a sentence, not an index that begins anew. */
export function lineKind(line: string, shape: Shape): LineKind {
  if (isBlankLine(line)) return 'blank';
  if (isDocumentRow(line)) return 'document';
  if (shape.comments && isComment(line, shape)) return NEW_DOCUMENT.test(line) ? 'document' : 'comment';
  if (shape.indexColumn !== undefined && /^\d+[-.]/.test(line)) return 'skipped';
  return 'token';
}

function isDocumentRow(line: string): boolean {
  return line.startsWith('-') && DOCUMENT_ROW.test(line);
}

/** What a row is taken for that is not meant to be any of this; undefined where it is a row. `beginsFile` says that it is the first. */
export function takenFor(row: string, beginsFile: boolean): string | undefined {
  if (isDocumentRow(row)) return 'the mark of a document';
  if (beginsFile && KEY_VALUE.test(row)) return 'a comment';
  return beginsFile && beginsJson(row) ? 'JSON' : undefined;
}

function isComment(line: string, { separator, indexColumn }: Shape): boolean {
  if (!line.startsWith('#')) return false;
  if (indexColumn !== undefined || KEY_VALUE.test(line)) return true;
  return separator === '\t' && !line.includes('\t');
}

/**
 * The layout of a column file, from its lines or its first ones: tabs if most rows hold one, else single spaces; the
 * usual number of columns; a first column that counts; the last column of tags; and as the token
 * the first column that is none of these. A file with an index column, or one that begins with `# key = value`, has
 * comments.
 * @throws DataError if there is no row at all, UsageError if an option names a column that is not there
 */
export function detectLayout(lines: readonly string[], source: string, options: ColumnOptions = {}): ColumnLayout {
  const strange = lines.findIndex((line) => line.includes('\r'));
  if (strange >= 0) {
    const endsInput = strange === lines.length - 1 && lines[strange].indexOf('\r') === lines[strange].length - 1;
    throw new DataError(`a carriage return ${endsInput ? 'alone ends' : 'stands within'} the line`, {
      at: { source, line: strange + 1 },
      hint: endsInput ? 'end it with a line feed too' : "if it ends the lines, convert them: tr '\\r' '\\n'",
    });
  }
  const rows = rowsOf(lines);
  if (rows.length === 0) throw new DataError('no sentences', { at: { source }, hint: 'one token a line is expected' });
  const separator = detectSeparator(rows);
  const columns = usualWidth(rows, separator);
  checkOptions(options, columns, source);
  const begins = lines.find((line) => !isBlankLine(line));
  const plain = {
    separator,
    columns,
    indexColumn: undefined,
    comments: begins?.startsWith('#') === true && KEY_VALUE.test(begins),
  };
  const numbered = { ...plain, indexColumn: 0, comments: true };
  const indexed = options.tokenColumn !== 1 && options.tagColumn !== 1 && isNumbered(lines, numbered);
  return (
    (indexed ? placeColumns(lines, numbered, options) : undefined) ??
    placeColumns(lines, plain, options) ?? {
      ...plain,
      tokenColumn: 0,
      tagColumn: undefined,
    }
  );
}

/** The rows that show the separator and the width: lines with `#` count only where there is nothing else. */
function rowsOf(lines: readonly string[]): readonly string[] {
  const withHash: string[] = [];
  const others: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (isBlankLine(line) || isDocumentRow(line)) continue;
    if (line.startsWith('#')) withHash.push(line);
    else others.push(line);
  }
  return others.length > 0 ? others : withHash;
}

function detectSeparator(rows: readonly string[]): '\t' | ' ' {
  let tabs = 0;
  let spaces = 0;
  for (let i = 0; i < rows.length; i++) {
    if (rows[i].includes('\t')) tabs++;
    else if (rows[i].includes(' ')) spaces++;
  }
  return tabs >= spaces ? '\t' : ' ';
}

/** The commonest number of columns; of equally common ones the largest. */
function usualWidth(rows: readonly string[], separator: string): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const width = widthOf(rows[i], separator);
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  let usual = 0;
  let most = 0;
  for (const [width, count] of counts) {
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
function isNumbered(lines: readonly string[], { separator, columns }: Shape): boolean {
  let sentences = 0;
  let counted = 0;
  let first = true;
  for (const line of lines) {
    if (isBlankLine(line)) first = true;
    if (isBlankLine(line) || line.startsWith('#') || isDocumentRow(line)) continue;
    const cells = line.split(separator);
    if (cells.length !== columns) continue;
    if (!INDEX.test(cells[0])) return false;
    if (first) {
      sentences++;
      if (FIRST_INDEX.test(cells[0])) counted++;
    }
    first = false;
  }
  return counted * 2 > sentences;
}

/** The layout with the tag and the token column placed; undefined if no column is left for the token. */
function placeColumns(lines: readonly string[], shape: Shape, options: ColumnOptions): ColumnLayout | undefined {
  const free = [...Array(shape.columns).keys()].filter((c) => c !== shape.indexColumn);
  const candidates = shape.columns === 1 ? [] : free.filter((c) => c + 1 !== options.tokenColumn);
  const tagColumn = options.tagColumn === undefined ? lastTagColumn(lines, shape, candidates) : options.tagColumn - 1;
  const tokenColumn = options.tokenColumn === undefined ? free.find((c) => c !== tagColumn) : options.tokenColumn - 1;
  return tokenColumn === undefined ? undefined : { ...shape, tokenColumn, tagColumn };
}

/**
 * The last of the columns, counted from 0, that holds tags only. One with entities counts even if up to half of its
 * values are no tags: to pass it over for an earlier one (phrase chunks, say) because of a misspelt tag would train on
 * the wrong column.
 */
export function lastTagColumn(
  lines: readonly string[],
  shape: Shape,
  candidates: readonly number[],
): number | undefined {
  for (const c of candidates.toReversed()) {
    const { rows, tags, entityTags } = countTags(lines, c, shape);
    if (tags === rows || (entityTags > 0 && tags * 2 >= rows)) return c;
  }
  return undefined;
}

function countTags(lines: readonly string[], column: number, shape: Shape) {
  const counts = { rows: 0, tags: 0, entityTags: 0 };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (lineKind(line, shape) !== 'token') continue;
    // Rows of another width are reported as such, and say nothing of the columns.
    if (widthOf(line, shape.separator) !== shape.columns) continue;
    counts.rows++;
    const cell = cellAt(line, shape.separator, column);
    if (!isTag(cell)) continue;
    counts.tags++;
    if (cell !== OUTSIDE) counts.entityTags++;
  }
  return counts;
}
