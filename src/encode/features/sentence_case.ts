import { isInCapitals } from './capitals.js';
import { type PlaceKind, STEADY } from './kind.js';

const VALUES = [
  ['mixed 0', 'mixed 1', 'mixed 2+'],
  ['capitals 0', 'capitals 1', 'capitals 2+'],
] as const;

/** `sentence-case`: whether the sentence is in capitals throughout, and whether this is its first, second or a later token. */
export function sentenceCaseKind(): PlaceKind {
  return {
    name: 'sentence-case',
    needs: 'sentence',
    rules: STEADY,
    readInto: (sink) => {
      const numbers = VALUES.map((values) => values.map((value) => sink.numberOf(value)));
      return (document) => {
        const found = document.map((sentence) => numbers[isInCapitals(sentence) ? 1 : 0]);
        return (s, t) => sink.push(found[s][Math.min(t, 2)]);
      };
    },
  };
}
