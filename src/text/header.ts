import { DataError } from '../errors.js';
import { quoted } from './quote.js';
import type { Table } from './table.js';

/** Names that columns of tags have. */
const NAME = /^(ner|iob|entity|named_entity|ner_tags?|tags?|labels?|class|types?)$/i;

/** Throws DataError where the first row has the name of a column of tags, counted from 0: it looks like a type. */
export function refuseHeader(table: Table, column: number, source: string): void {
  const cell = table.firstCell(column);
  if (!NAME.test(cell)) return;
  const line = table.firstRow + 1;
  throw new DataError(`column ${column + 1} has ${quoted(cell)} in its first row, which looks like its name`, {
    at: { source, line },
    hint: headerHint(line),
  });
}

/** What to do about a header in a line. */
export function headerHint(line: number): string {
  return `if this is a header, leave it out: tail -n +${line + 1} FILE`;
}
