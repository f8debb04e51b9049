import { DataError } from '../errors.js';
import { cellAt } from './cells.js';
import { type ColumnLayout, lineKind } from './layout.js';
import { quoted } from './quote.js';

/** Names that columns of tags have. */
const NAME = /^(ner|iob|entity|named_entity|ner_tags?|tags?|labels?|class|types?)$/i;

/** Throws DataError where the first row has the name of a column of tags, counted from 0: it looks like a type. */
export function refuseHeader(lines: readonly string[], layout: ColumnLayout, column: number, source: string): void {
  const first = lines.findIndex((line) => lineKind(line, layout) === 'token');
  const cell = first < 0 ? '' : cellAt(lines[first], layout.separator, column);
  if (!NAME.test(cell)) return;
  throw new DataError(`column ${column + 1} has ${quoted(cell)} in its first row, which looks like its name`, {
    at: { source, line: first + 1 },
    hint: headerHint(first + 1),
  });
}

/** What to do about a header in a line. */
export function headerHint(line: number): string {
  return `if this is a header, leave it out: tail -n +${line + 1} FILE`;
}
