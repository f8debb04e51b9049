import { distinctWords } from './distinct_words.js';
import { type PlaceKind, STEADY } from './kind.js';

const VALUES = ['1', '2', '3', '4', '5+'];

/** `document-count`: how often the document has the word, whatever its case: 1 to 4, or 5+. */
export function documentCountKind(): PlaceKind {
  return {
    name: 'document-count',
    needs: 'document',
    rules: STEADY,
    readInto: (sink) => {
      const numbers = VALUES.map((value) => sink.numberOf(value));
      return (document) => {
        const words = distinctWords(document);
        const counts = new Int32Array(words.size);
        for (let token = 0; token < words.numbers.length; token++) counts[words.numbers[token]]++;
        return (s, t) => sink.push(numbers[Math.min(counts[words.at(s, t)], VALUES.length) - 1]);
      };
    },
  };
}
