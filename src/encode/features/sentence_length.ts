import { type PlaceKind, STEADY } from './kind.js';

const MOST = 8;

/** `sentence-length`: the sentence's length in steps of four tokens, to 32+, and whether the document's first sentence is as long. */
export function sentenceLengthKind(): PlaceKind {
  return {
    name: 'sentence-length',
    needs: 'document',
    rules: STEADY,
    read: (document, sink) => {
      const first = document[0].words.length;
      const values = document.map(({ words: { length } }) => {
        const step = Math.min(Math.floor(length / 4), MOST);
        const range = step === MOST ? '32+' : `${4 * step}-${4 * step + 3}`;
        return length === first ? `${range} as the first` : range;
      });
      return (s) => sink.add(values[s]);
    },
  };
}
