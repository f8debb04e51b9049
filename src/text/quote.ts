const LONGEST_QUOTE = 60;

/** A user's value for an error message: in double quotes, control characters escaped, long ones cut short with `…`. */
export function quoted(value: string): string {
  return JSON.stringify(shortened(value));
}

/** A text that is shown as it is, cut short with `…` where it is long. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_QUOTE) return text;
  // One unit more than shown, so that a surrogate pair at the cut is seen whole and dropped or kept whole.
  const characters = Array.from(text.slice(0, LONGEST_QUOTE + 1));
  return `${characters.slice(0, -1).join('')}…`;
}
