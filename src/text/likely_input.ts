import { parseJson } from './parse_json.js';
import { isTag } from './tags.js';

/** What lines that are given as something else may be. */
export type LikelyInput = 'jsonl' | 'columns';

/** A row alone may be a text that ends so by chance. */
const FEWEST = 2;
const ENOUGH = 50;
/** Marks of documents and comments of column files. */
const MARK = /^(?:-DOCSTART-|#)/;

/**
 * What the first lines of an input rather are than text or tokens: JSON Lines of texts or tokens, columns with tags; `text` where they
 * look like neither, undefined where there are too few to tell.
 */
export function likelyInput(lines: readonly string[]): LikelyInput | 'text' | undefined {
  const rows = lines.map((line) => line.trim()).filter((row) => row !== '' && !MARK.test(row));
  if (rows.length > 0 && isAnnotation(rows[0])) return 'jsonl';
  const shown = rows.slice(0, ENOUGH).map((row) => row.split(row.includes('\t') ? '\t' : /\s+/));
  if (!shown.every((cells) => isTagged(cells) && cells.length === shown[0].length)) return 'text';
  return shown.length < FEWEST ? undefined : 'columns';
}

function isAnnotation(line: string): boolean {
  if (!line.startsWith('{')) return false;
  const parsed = parseJson(line);
  if ('error' in parsed || typeof parsed.value !== 'object' || parsed.value === null) return false;
  const { text, tokens } = parsed.value as { readonly text?: unknown; readonly tokens?: unknown };
  return typeof text === 'string' || Array.isArray(tokens);
}

function isTagged(cells: readonly string[]): boolean {
  return cells.length > 1 && isTag(cells[cells.length - 1]);
}
