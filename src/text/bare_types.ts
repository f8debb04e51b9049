import { UsageError } from '../errors.js';
import { cellAt, widthOf } from './cells.js';
import { refuseHeader } from './header.js';
import { type ColumnLayout, type ColumnOptions, detectLayout, lineKind } from './layout.js';
import { isTag, isType, OUTSIDE } from './tags.js';

/** A type alone: no prefix stands before it, whatever might join the two. */
const BARE = /^(?![BIESLUM][-_:.])\p{L}[\p{L}\p{N}_]+$/u;

/** Whether a column has types without a prefix, as PERSON, beside `O`, and nothing else. */
export function holdsBareTypes(lines: readonly string[], layout: ColumnLayout, column: number): boolean {
  let [outside, bare] = [0, 0];
  for (let i = 0; i < lines.length; i++) {
    if (lineKind(lines[i], layout) !== 'token' || widthOf(lines[i], layout.separator) !== layout.columns) continue;
    const cell = cellAt(lines[i], layout.separator, column);
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
 * The layout of a file whose tags are types without a prefix: the last column of those where the user names none.
 * @throws UsageError where there is none, DataError where the file begins with a header, and as `detectLayout`
 */
export function bareLayout(lines: readonly string[], source: string, options: ColumnOptions): ColumnLayout {
  const layout = detectLayout(lines, source, options);
  const columns = [...Array(layout.columns).keys()].reverse();
  const named = options.tagColumn === undefined ? undefined : options.tagColumn - 1;
  const column = named ?? columns.find((c) => holdsBareTypes(lines, layout, c));
  if (column === undefined) {
    throw new UsageError('no column holds types without a prefix beside O', {
      at: { source },
      hint: 'leave --bare-types out, or name the column with --tag-column',
    });
  }
  refuseHeader(lines, layout, column, source);
  return detectLayout(lines, source, { ...options, tagColumn: column + 1 });
}
