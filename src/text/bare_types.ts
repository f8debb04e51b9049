import { UsageError } from '../errors.js';
import type { Lines } from './distinct_lines.js';
import { refuseHeader } from './header.js';
import { type ColumnOptions, type LaidOut, layOut } from './layout.js';
import type { Table } from './table.js';
import { isTag, isType, OUTSIDE } from './tags.js';

/** A type alone: no prefix stands before it, whatever might join the two. */
const BARE = /^(?![BIESLUM][-_:.])\p{L}[\p{L}\p{N}_]+$/u;

/** Whether a column has types without a prefix, as PERSON, beside `O`, and nothing else. */
export function holdsBareTypes(table: Table, column: number): boolean {
  let [outside, bare] = [0, 0];
  for (const row of table.rows()) {
    const cell = table.cell(row, column);
    if (cell === OUTSIDE) outside++;
    else if (BARE.test(cell)) bare++;
    else return false;
  }
  return outside > 0 && bare > 0;
}

/** What to do about them. */
export const BARE_HINT =
  'types without a prefix, as PERSON, become tags by `ner convert FILE --bare-types`, neighbours of a type being one entity';

/** The tag that a type without a prefix stands for; what is neither a type nor `O` stays as it is. */
export function tagOfBare(cell: string): string {
  return cell === OUTSIDE || isTag(cell) || !isType(cell) ? cell : `I-${cell}`;
}

/**
 * A file whose tags are types without a prefix: the last column of those where the user names none.
 * @throws UsageError where there is none, DataError where the file begins with a header, and as `layOut`
 */
export function layOutBare(lines: Lines, source: string, options: ColumnOptions): LaidOut {
  const { table } = layOut(lines, source, options);
  const columns = [...Array(table.shape.columns).keys()].reverse();
  const named = options.tagColumn === undefined ? undefined : options.tagColumn - 1;
  const column = named ?? columns.find((c) => holdsBareTypes(table, c));
  if (column === undefined) {
    throw new UsageError('no column holds types without a prefix beside O', {
      at: { source },
      hint: 'leave --bare-types out, or name the column with --tag-column',
    });
  }
  refuseHeader(table, column, source);
  return layOut(lines, source, { ...options, tagColumn: column + 1 });
}
