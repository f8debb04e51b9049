import { DataError } from '../errors.js';
import { cellAt } from './cells.js';
import { quoted } from './quote.js';
import type { Table } from './table.js';

/** Names that columns of tags have. */
const NAME = /^(ner|iob|entity|named_entity|ner_tags?|tags?|labels?|class|types?)$/i;

/** Throws DataError where the first row has the name of a column of tags, counted from 0: it looks like a type. */
export function refuseHeader({ lines, shape, firstRow }: Table, column: number, source: string): void {
  const cell = firstRow < 0 ? '' : cellAt(lines[firstRow], shape.separator, column);
  if (!NAME.test(cell)) return;
  throw new DataError(`column ${column + 1} has ${quoted(cell)} in its first row, which looks like its name`, {
    at: { source, line: firstRow + 1 },
    hint: headerHint(firstRow + 1),
  });
}

/** What to do about a header in a line. */
export function headerHint(line: number): string {
  return `if this is a header, leave it out: tail -n +${line + 1} FILE`;
}
