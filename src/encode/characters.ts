/** What a character is in a shape. Letters of scripts without case are `letter`. */
export type CharacterClass = 'upper' | 'lower' | 'letter' | 'digit' | 'other';

/** Code points of the digit 0 in scripts that write numbers with ten digits in a row. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/** Blocks of letters without case, as half-open ranges of code points: Hebrew to Thai and beyond, kana, ideographs, Hangul. */
const UNCASED = [
  [0x5d0, 0x1e00],
  [0x3041, 0xd800],
  [0xf900, 0xfb00],
  [0x20000, 0x40000],
] as const;

/**
 * The class of one code point, the same in every version of Node for all characters assigned long ago: case by the Unicode
 * mappings that need no locale, digits and letters without case by fixed ranges.
 */
export function classOf(character: string): CharacterClass {
  const code = character.codePointAt(0) ?? 0;
  if (ZEROS.some((zero) => code >= zero && code < zero + 10)) return 'digit';
  if (character.toLowerCase() !== character) return 'upper';
  if (character.toUpperCase() !== character) return 'lower';
  return UNCASED.some(([from, to]) => code >= from && code < to) ? 'letter' : 'other';
}

/** Lower-cased, every digit as 0. */
export function normalise(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z]*$/.test(lower)) return lower;
  let out = '';
  for (const character of lower) out += classOf(character) === 'digit' ? '0' : character;
  return out;
}

/** X for upper case, x for lower case, a for letters without case, d for digits, every other character as it is. */
export function shapeOf(word: string): string {
  let out = '';
  for (const character of word) out += SHAPES[classOf(character)] ?? character;
  return out;
}

const SHAPES: { readonly [C in CharacterClass]?: string } = { upper: 'X', lower: 'x', letter: 'a', digit: 'd' };

/** The string with every run of one character cut to `most` of them. */
export function collapse(text: string, most: number): string {
  let out = '';
  let last = '';
  let run = 0;
  for (const character of text) {
    run = character === last ? run + 1 : 1;
    last = character;
    if (run <= most) out += character;
  }
  return out;
}

/** Whether all letters that have case are capitals, and there is one. */
export function isUpperCase(word: string): boolean {
  return word !== word.toLowerCase() && word === word.toUpperCase();
}
