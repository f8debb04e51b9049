import { type PlaceKind, STEADY } from './kind.js';

const MOST = 8;

/** Values by steps of four tokens, and whether the length is that of the first sentence. */
const VALUES = Array.from({ length: MOST + 1 }, (_, step) => {
  const range = step === MOST ? `${4 * step}+` : `${4 * step}-${4 * step + 3}`;
  return [range, `${range} as the first`];
});

/** `sentence-length`: the sentence's length in steps of four tokens, to 32+, and whether the document's first sentence is as long. */
export function sentenceLengthKind(): PlaceKind {
  return {
    name: 'sentence-length',
    needs: 'document',
    rules: STEADY,
    readInto: (sink) => {
      const numbers = VALUES.map((values) => values.map((value) => sink.numberOf(value)));
      return (document) => {
        const first = document[0].words.length;
        const found = document.map(({ words: { length } }) => {
          return numbers[Math.min(Math.floor(length / 4), MOST)][length === first ? 1 : 0];
        });
        return (s) => sink.push(found[s]);
      };
    },
  };
}
