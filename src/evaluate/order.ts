/**
 * Compares strings by code point, which is the order of their UTF-8 bytes. The `<` of JavaScript compares UTF-16 units
 * and puts U+1F600 before U+FF21; `localeCompare` depends on the machine.
 */
export function compareCodePoints(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}
