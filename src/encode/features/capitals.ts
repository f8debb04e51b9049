import type { SentenceView } from './kind.js';

/** Whether a sentence is written in capitals: more than one word begins with a letter, and more than .6 of as many are all capitals. */
export function isInCapitals({ words }: SentenceView): boolean {
  let capitals = 0;
  let letters = 0;
  for (const word of words) {
    if (word.isUpperCase) capitals++;
    if (word.beginsWithLetter) letters++;
  }
  return letters > 1 && capitals > 0.6 * letters;
}
