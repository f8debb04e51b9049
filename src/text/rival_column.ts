import { BARE_HINT, holdsBareTypes } from './bare_types.js';
import type { LaidOut } from './layout.js';
import type { Notice } from './sentence.js';
import type { Column, Table } from './table.js';
import { isTag, typeOf } from './tags.js';

/**
 * That another column may be that of the tags. One before it has types of it too: then the last may be those that a tagger has
 * appended, or an inner layer of nested entities. One behind it has types without a prefix: then the others may be of phrases.
 * @param known columns that are there for something else, from 1
 */
export function rivalColumn({ table, layout }: LaidOut, known: readonly number[] = []): Notice | undefined {
  const { tokenColumn, tagColumn, indexColumn, columns } = layout;
  if (tagColumn === undefined) return undefined;
  const others = [...Array(columns).keys()].filter(
    (c) => ![tokenColumn, tagColumn, indexColumn].includes(c) && !known.includes(c + 1),
  );
  const bare = others.find((c) => c > tagColumn && holdsBareTypes(table, c));
  const before = others.filter((c) => c < tagColumn).reverse();
  const message = bare === undefined ? aboutTags(table, tagColumn, before) : aboutBareTypes(tagColumn, bare);
  return message === undefined ? undefined : { kind: 'rival-column', line: table.firstRow + 1, message };
}

function aboutTags(table: Table, tagColumn: number, before: readonly number[]): string | undefined {
  const types = typesIn(table.column(tagColumn));
  // others need not be read to know that they hold something else too
  const beginWithTag = before.filter((c) => isTag(table.firstCell(c)));
  const rival = beginWithTag.find((c) => [...typesIn(table.column(c))].some((type) => types.has(type)));
  if (rival === undefined) return undefined;
  return (
    `columns ${rival + 1} and ${tagColumn + 1} hold tags that share types; those of column ${tagColumn + 1} are read ` +
    `(--tag-column ${rival + 1} reads the others)`
  );
}

function aboutBareTypes(tagColumn: number, column: number): string {
  return `column ${column + 1} holds types without a prefix, so the tags of column ${tagColumn + 1} are read; ${BARE_HINT}`;
}

/** The entity types of a column; none where it holds something else too. */
function typesIn({ values }: Column): ReadonlySet<string> {
  return new Set(values.every(isTag) ? values.flatMap((tag) => typeOf(tag) ?? []) : []);
}
