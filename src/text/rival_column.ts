import { cellAt, widthOf } from './cells.js';
import { type ColumnLayout, lineKind } from './layout.js';
import type { Notice } from './sentence.js';
import { isTag, parseTag } from './tags.js';

/** Rows that tell what a column holds. */
const ENOUGH_ROWS = 2000;

/**
 * That a column before that of the tags holds tags of the same types: then the last may be those that a tagger has appended, or
 * an inner layer of nested entities.
 */
export function rivalColumn(lines: readonly string[], layout: ColumnLayout): Notice | undefined {
  const { tokenColumn, tagColumn = 0, indexColumn } = layout;
  const rivals = [...Array(tagColumn).keys()].filter((c) => c !== tokenColumn && c !== indexColumn).reverse();
  if (rivals.length === 0) return undefined;
  const { rows, first } = firstRows(lines, layout);
  const types = typesIn(rows, tagColumn, layout.separator);
  const rival = rivals.find((column) => {
    const others = typesIn(rows, column, layout.separator);
    return others !== undefined && types !== undefined && isPartOf(others, types);
  });
  if (rival === undefined) return undefined;
  const message =
    `columns ${rival + 1} and ${tagColumn + 1} hold tags of the same types; those of column ${tagColumn + 1} are read ` +
    `(--tag-column ${rival + 1} reads the others)`;
  return { kind: 'rival-column', line: first, message };
}

/** The first rows of the usual width, and the line of the first. */
function firstRows(lines: readonly string[], layout: ColumnLayout): { rows: string[]; first: number } {
  const rows: string[] = [];
  let first = 1;
  for (let i = 0; i < lines.length && rows.length < ENOUGH_ROWS; i++) {
    if (lineKind(lines[i], layout) !== 'token' || widthOf(lines[i], layout.separator) !== layout.columns) continue;
    if (rows.length === 0) first = i + 1;
    rows.push(lines[i]);
  }
  return { rows, first };
}

/** The entity types of a column; undefined where it holds something else too, or none. */
function typesIn(rows: readonly string[], column: number, separator: string): ReadonlySet<string> | undefined {
  const types = new Set<string>();
  for (const row of rows) {
    const cell = cellAt(row, separator, column);
    if (!isTag(cell)) return undefined;
    const { prefix, type } = parseTag(cell);
    if (prefix !== 'O') types.add(type);
  }
  return types.size === 0 ? undefined : types;
}

/** Whether one of two sets has all that the other has. */
function isPartOf(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  return [...fewer].every((type) => more.has(type));
}
