import { beginsJson } from './parse_json.js';

/** How the rows of a column file are to be told from its other lines. */
export interface Shape {
  readonly separator: '\t' | ' ';
  /** The number of columns of every row. */
  readonly columns: number;
  /** The column that numbers the tokens of a sentence, as in CoNLL-U; counted from 0. */
  readonly indexColumn: number | undefined;
  /** Whether lines beginning with `#` may be comments; elsewhere `#` is a token like any other. */
  readonly comments: boolean;
}

/**
 * What a line of a column file is: `blank` (nothing but blanks and tabs: it ends a sentence), `document` (`-DOCSTART-`
 * or `# newdoc`), another `comment`, `skipped` (a multiword range `1-2` or an empty node `1.1` of CoNLL-U), or the row
 * of a `token`.
 */
export type LineKind = 'blank' | 'document' | 'comment' | 'skipped' | 'token';

const BLANK = /^[ \t]*$/;
const DOCUMENT_ROW = /^-DOCSTART-(?:[ \t]|$)/;
const KEY_VALUE = /^# +(?:[^\s=]+ +=(?: |$)|newdoc\b|newpar\b)/;
const NEW_DOCUMENT = /^#\s*newdoc\b/;
const RANGE_OR_EMPTY_NODE = /^\d+[-.]/;

/** Whether a line holds nothing but blanks and tabs. */
export function isBlankLine(line: string): boolean {
  return line === '' || ((line[0] === ' ' || line[0] === '\t') && BLANK.test(line));
}

/** The kind of a line; blank lines alone, and marks of documents, end a sentence, not an index that begins anew. */
export function lineKind(line: string, shape: Shape): LineKind {
  if (isBlankLine(line)) return 'blank';
  if (isDocumentRow(line)) return 'document';
  if (shape.comments && isComment(line, shape)) return NEW_DOCUMENT.test(line) ? 'document' : 'comment';
  if (shape.indexColumn !== undefined && RANGE_OR_EMPTY_NODE.test(line)) return 'skipped';
  return 'token';
}

export function isDocumentRow(line: string): boolean {
  return line.startsWith('-') && DOCUMENT_ROW.test(line);
}

/** Whether a line is `# key = value`, or one of the marks of CoNLL-U. */
export function isKeyValue(line: string): boolean {
  return line.startsWith('#') && KEY_VALUE.test(line);
}

/** What a row is taken for that is not meant to be any of this; undefined where it is a row. `beginsFile` says that it is the first. */
export function takenFor(row: string, beginsFile: boolean): string | undefined {
  if (isDocumentRow(row)) return 'the mark of a document';
  if (beginsFile && isKeyValue(row)) return 'a comment';
  return beginsFile && beginsJson(row) ? 'JSON' : undefined;
}

function isComment(line: string, { separator, indexColumn }: Shape): boolean {
  if (!line.startsWith('#')) return false;
  if (indexColumn !== undefined || isKeyValue(line)) return true;
  return separator === '\t' && !line.includes('\t');
}
