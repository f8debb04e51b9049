import { type PlaceKind, STEADY } from './kind.js';

const VALUES = ['1', '2', '3', '4', '5+'];

/** `document-count`: how often the document has the word, whatever its case: 1 to 4, or 5+. */
export function documentCountKind(): PlaceKind {
  return {
    name: 'document-count',
    needs: 'document',
    rules: STEADY,
    read: (document, sink) => {
      const counts = new Map<string, number>();
      for (const { words } of document) {
        for (const { lower } of words) counts.set(lower, (counts.get(lower) ?? 0) + 1);
      }
      return (s, t) => {
        const count = counts.get(document[s].words[t].lower) ?? 1;
        sink.add(VALUES[Math.min(count, VALUES.length) - 1]);
      };
    },
  };
}
