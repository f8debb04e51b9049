import { BARE_HINT, holdsBareTypes } from './bare_types.js';
import { cellAt, widthOf } from './cells.js';
import { type ColumnLayout, lineKind } from './layout.js';
import type { Notice } from './sentence.js';
import { isTag, parseTag } from './tags.js';

/** A layout whose tag column is known. */
type TaggedLayout = ColumnLayout & { readonly tagColumn: number };

/**
 * That another column may be that of the tags. One before it has types of it too: then the last may be those that a tagger has
 * appended, or an inner layer of nested entities. One behind it has types without a prefix: then the others may be of phrases.
 * @param known columns that are there for something else, from 1
 */
export function rivalColumn(
  lines: readonly string[],
  layout: TaggedLayout,
  known: readonly number[] = [],
): Notice | undefined {
  const { tokenColumn, tagColumn, indexColumn, columns } = layout;
  const others = [...Array(columns).keys()].filter(
    (c) => ![tokenColumn, tagColumn, indexColumn].includes(c) && !known.includes(c + 1),
  );
  const bare = others.find((c) => c > tagColumn && holdsBareTypes(lines, layout, c));
  const before = others.filter((c) => c < tagColumn).reverse();
  const message = bare === undefined ? aboutTags(lines, layout, before) : aboutBareTypes(layout, bare);
  const first = lines.findIndex((line) => lineKind(line, layout) === 'token');
  return message === undefined ? undefined : { kind: 'rival-column', line: first + 1, message };
}

function aboutTags(lines: readonly string[], layout: TaggedLayout, before: readonly number[]): string | undefined {
  if (before.length === 0) return undefined;
  const { tagColumn } = layout;
  const types = typesIn(lines, layout, tagColumn);
  const rival = before.find((c) => [...typesIn(lines, layout, c)].some((type) => types.has(type)));
  if (rival === undefined) return undefined;
  return (
    `columns ${rival + 1} and ${tagColumn + 1} hold tags that share types; those of column ${tagColumn + 1} are read ` +
    `(--tag-column ${rival + 1} reads the others)`
  );
}

function aboutBareTypes(layout: TaggedLayout, column: number): string {
  const { tagColumn } = layout;
  return `column ${column + 1} holds types without a prefix, so the tags of column ${tagColumn + 1} are read; ${BARE_HINT}`;
}

/** The entity types of a column; none where it holds something else too. */
function typesIn(lines: readonly string[], layout: ColumnLayout, column: number): ReadonlySet<string> {
  const types = new Set<string>();
  const seen = new Set<string>();
  for (let i = 0; i < lines.length; i++) {
    if (lineKind(lines[i], layout) !== 'token' || widthOf(lines[i], layout.separator) !== layout.columns) continue;
    const cell = cellAt(lines[i], layout.separator, column);
    if (seen.has(cell)) continue;
    seen.add(cell);
    if (!isTag(cell)) return new Set();
    const { prefix, type } = parseTag(cell);
    if (prefix !== 'O') types.add(type);
  }
  return types;
}
