import { parseJson } from './parse_json.js';
import { isTag } from './tags.js';

/** Rows that are looked at. */
const ENOUGH = 50;
/** A row alone may be a text that ends so by chance. */
const FEWEST = 2;

/** What lines that are given as plain text rather are: JSON Lines of texts or tokens, columns with tags; undefined where they may be text. */
export function likelyInput(lines: readonly string[]): 'jsonl' | 'columns' | undefined {
  const rows = lines.filter((line) => line.trim() !== '').slice(0, ENOUGH);
  if (rows.length === 0) return undefined;
  if (isAnnotation(rows[0])) return 'jsonl';
  return rows.length >= FEWEST && rows.every(endsWithTag) ? 'columns' : undefined;
}

function isAnnotation(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  const parsed = parseJson(line);
  if ('error' in parsed || typeof parsed.value !== 'object' || parsed.value === null) return false;
  const { text, tokens } = parsed.value as { readonly text?: unknown; readonly tokens?: unknown };
  return typeof text === 'string' || Array.isArray(tokens);
}

function endsWithTag(row: string): boolean {
  const cells = row.trim().split(/\s+/);
  return cells.length > 1 && isTag(cells[cells.length - 1]);
}
