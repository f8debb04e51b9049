import { DataError } from '../errors.js';
import { BARE_HINT, holdsBareTypes } from './bare_types.js';
import { widthOf } from './cells.js';
import { headerHint } from './header.js';
import type { ColumnLayout, LaidOut } from './layout.js';
import { quoted } from './quote.js';
import type { Table } from './table.js';
import { isTag } from './tags.js';

const TAG_HINT =
  'a tag is O, or a prefix (B, I, E or S; also L, U, M) and a type such as B-PER; name the column of the tags with --tag-column';
const COLUMNS_HINT = 'columns stand between tabs or single spaces; JSON is read as one object a line';
/** How many values that are no tags an error names. */
const EXAMPLES = 3;

/** Throws DataError where a row has more or fewer columns than its layout. */
export function requireWidth(row: string, layout: ColumnLayout, source: string, line: number): void {
  if (widthOf(row, layout.separator) !== layout.columns) throw raggedRow(row, layout, source, line);
}

/** The error of a row that has more or fewer columns than its layout. */
export function raggedRow(row: string, layout: ColumnLayout, source: string, line: number): DataError {
  const width = widthOf(row, layout.separator);
  const expected = `expected ${count(layout.columns, 'column')} (${columnNames(layout)})`;
  return new DataError(`${expected}, found ${width}: ${quoted(row)}`, {
    at: { source, line },
    hint: `every row needs as many columns as the others, with one ${layout.separator === '\t' ? 'tab' : 'space'} between two`,
  });
}

function columnNames({ columns, indexColumn, tokenColumn, tagColumn }: ColumnLayout): string {
  const names: string[] = [];
  for (let c = 0; c < columns; c++) {
    if (c === indexColumn) names.push('index');
    else if (c === tokenColumn) names.push('token');
    else if (c === tagColumn) names.push('tag');
    else if (names.at(-1) !== '…') names.push('…');
  }
  return names.join(', ');
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** The error of a value in the tag column that is none; `column` counts from 0. `beginsFile` says that it stands in the first row. */
export function notATag(value: string, column: number, source: string, line: number, beginsFile = false): DataError {
  return new DataError(`column ${column + 1} (tag): ${quoted(value)} is not a tag`, {
    at: { source, line },
    hint: beginsFile ? `${headerHint(line)}; else ${TAG_HINT}` : TAG_HINT,
  });
}

/** The error of a file without a tag column: names the one that comes nearest to holding tags, and its first values that are none. */
export function noTagColumn({ table, layout }: LaidOut, source: string): DataError {
  const best = spoiltColumns(table, layout).sort((a, b) => a.spoilers - b.spoilers || b.column - a.column)[0];
  const found = `no tag column among ${count(layout.columns, 'column')}`;
  if (best === undefined) {
    const first = Math.max(table.firstRow, 0); // where all lines are comments
    const at = { source, line: first + 1 };
    return new DataError(`${found}: ${quoted(table.lines.values[table.lines.ids[first]])}`, { at, hint: COLUMNS_HINT });
  }
  const examples = best.first.map(({ value, line }) => `${quoted(value)} in line ${line}`).join(', ');
  const more = best.spoilers > best.first.length ? ', …' : '';
  const values = `${count(best.spoilers, 'value')} of column ${best.column + 1} ${best.spoilers === 1 ? 'is no tag' : 'are no tags'}`;
  return new DataError(`${found}: ${values}: ${examples}${more}`, {
    at: { source, line: best.first[0].line },
    hint: holdsBareTypes(table, best.column) ? BARE_HINT : TAG_HINT,
  });
}

interface SpoiltColumn {
  readonly column: number;
  readonly spoilers: number;
  readonly first: readonly { readonly value: string; readonly line: number }[];
}

function spoiltColumns(table: Table, { columns, indexColumn, tokenColumn }: ColumnLayout): SpoiltColumn[] {
  const others = [...Array(columns).keys()].filter((c) => c !== indexColumn && c !== tokenColumn);
  return others.map((column) => {
    const first: SpoiltColumn['first'][number][] = [];
    let spoilers = 0;
    for (const row of table.rows()) {
      const value = table.cell(row, column);
      if (isTag(value)) continue;
      spoilers += table.lines.counts[row];
      if (first.length < EXAMPLES) first.push({ value, line: table.lines.firsts[row] + 1 });
    }
    return { column, spoilers, first };
  });
}
