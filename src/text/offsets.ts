export const OFFSET_UNITS = ['utf16', 'codepoint'] as const;
/** What offsets into a text count: UTF-16 units, as JavaScript's strings do, or code points, as Python's do. */
export type OffsetUnit = (typeof OFFSET_UNITS)[number];

const SURROGATE = /[\uD800-\uDFFF]/;

/** Whether counting UTF-16 units and counting code points can differ in this text. */
export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text);
}

/** Up to where, in UTF-16 units, both count the same. */
export function firstSurrogate(text: string): number {
  const at = text.search(SURROGATE);
  return at < 0 ? text.length : at;
}

/** Whether a place, in UTF-16 units, is within a surrogate pair. */
export function cutsPair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** The function from an offset in code points to one in UTF-16 units; an offset beyond the text stays beyond it. */
export function toUtf16(text: string): (offset: number) => number {
  if (!hasSurrogates(text)) return (offset) => offset;
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    starts.push(at);
    at += character.length;
  }
  return (offset) => starts[offset] ?? text.length + offset - starts.length;
}

/**
 * The function from an offset in UTF-16 units to one in code points; inside a surrogate pair it is that of the pair. It
 * counts on, or back, from the offset asked for last.
 */
export function toCodePoints(text: string): (offset: number) => number {
  if (!hasSurrogates(text)) return (offset) => offset;
  let at = 0;
  let count = 0;
  return (offset) => {
    for (; at > offset; count--) at = before(text, at);
    for (let next = after(text, at); next <= offset; next = after(text, at)) {
      at = next;
      count++;
    }
    return count;
  };
}

/** The offset in UTF-16 units of the character that ends at `at`. */
function before(text: string, at: number): number {
  return at - ((text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1);
}

/** The offset in UTF-16 units behind the character at `at`. */
function after(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}
