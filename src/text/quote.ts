const LONGEST_QUOTE = 60;

/** A user's value for an error message: in double quotes, control characters escaped, long ones cut short with `…`. */
export function quoted(value: string): string {
  if (value.length <= LONGEST_QUOTE) return JSON.stringify(value);
  // One unit more than shown, so that a surrogate pair at the cut is seen whole and dropped or kept whole.
  const characters = Array.from(value.slice(0, LONGEST_QUOTE + 1));
  return `${JSON.stringify(characters.slice(0, -1).join('')).slice(0, -1)}…"`;
}
