import type { TypedSpan } from './annotation.js';

/**
 * Writes a text with its entities in brackets: `[Sumesh PER] worked at [Cisco ORG]`. All else is the user's text as it
 * stands, except that a backslash is put before every bracket and backslash in it: an unescaped bracket is always ours.
 */
export class InlineWriter {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text from where it was left to the end of these entities, which are in text order and do not overlap. */
  add(entities: readonly TypedSpan[]): string {
    let written = '';
    for (const { start, end, type } of entities) {
      written += `${escaped(this.#text.slice(this.#at, start))}[${escaped(this.#text.slice(start, end))} ${type}]`;
      this.#at = end;
    }
    return written;
  }

  /** The rest of the text. */
  end(): string {
    return escaped(this.#text.slice(this.#at));
  }
}

function escaped(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}
