import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../fixtures/networks/', import.meta.url);

/** The names of the reference files. */
export const REFERENCE_FILES = readdirSync(FOLDER).sort();

/** Where a reference file is. */
export function referencePath(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

/** The members of a reference file, as loosely typed as a test needs that breaks them. */
export function referenceContent(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(referencePath(name), 'utf8'));
}

/** What a change does to one member of the content, found by its keys. */
export function changed(
  content: Record<string, unknown>,
  keys: readonly (string | number)[],
  change: (value: unknown) => unknown,
): string {
  const copy = structuredClone(content);
  let inside = copy as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) inside = inside[key] as Record<string | number, unknown>;
  const last = keys[keys.length - 1];
  inside[last] = change(inside[last]);
  return JSON.stringify(copy);
}

/** The keys of every number below a member. */
export function numberPaths(value: unknown, path: readonly (string | number)[]): (string | number)[][] {
  if (typeof value === 'number') return [[...path]];
  if (Array.isArray(value)) return value.flatMap((item, i) => numberPaths(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => numberPaths(item, [...path, key]));
}
