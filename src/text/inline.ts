import type { TypedSpan } from './annotation.js';

/**
 * The text with its entities in brackets: `[Sumesh PER] worked at [Cisco ORG]`. All else is the user's text as it
 * stands, except that a backslash is put before every bracket and backslash in it: an unescaped bracket is always ours.
 * Entities are in text order and do not overlap.
 */
export function formatInline(text: string, entities: readonly TypedSpan[]): string {
  let written = '';
  let at = 0;
  for (const { start, end, type } of entities) {
    written += `${escaped(text.slice(at, start))}[${escaped(text.slice(start, end))} ${type}]`;
    at = end;
  }
  return written + escaped(text.slice(at));
}

function escaped(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}
