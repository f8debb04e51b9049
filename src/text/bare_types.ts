import { cellAt, widthOf } from './cells.js';
import { type ColumnLayout, lineKind } from './layout.js';
import { OUTSIDE } from './tags.js';

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

/** What to do about a column of them. */
export function bareHint(column: number, { separator, columns, comments }: ColumnLayout): string {
  const options = separator === '\t' ? "-F'\\t' -v OFS='\\t' " : '';
  const cell = `$${column + 1}`;
  const others = comments ? ' && !/^#/' : '';
  const rows = `NF == ${columns} && ${cell} != "O" && $1 != "-DOCSTART-"${others}`;
  return `types, as PERSON, become tags by a prefix, I-PERSON: awk ${options}'${rows} { ${cell} = "I-" ${cell} } 1' FILE`;
}
