import type { Casing } from '../word.js';
import { isInCapitals } from './capitals.js';
import { type DistinctWords, distinctWords } from './distinct_words.js';
import { type DocumentView, type PlaceKind, STEADY } from './kind.js';

const PATTERNS = [
  'nowhere',
  'lower',
  'capital',
  'upper',
  'capital or upper',
  'mostly lower',
  'mostly not lower',
] as const;
const PLACES = ['here too', 'not here'] as const;
const CASINGS: readonly Casing[] = ['lower', 'capital', 'upper', 'other'];

/** Values by pattern, place and casing. */
const VALUES = PATTERNS.map((pattern) =>
  PLACES.map((place) => CASINGS.map((casing) => `${pattern}, ${place}, ${casing}`)),
);

/**
 * `document-case`: how the document writes the word inside sentences that are not in capitals, whether this is such a place, and
 * how it is written here. Oslo at the start of a sentence, and inside another: "capital, not here, capital".
 */
export function documentCaseKind(): PlaceKind {
  return {
    name: 'document-case',
    needs: 'document',
    rules: STEADY,
    readInto: (sink) => {
      const numbers = VALUES.map((places) => places.map((values) => values.map((value) => sink.numberOf(value))));
      return (document) => {
        const inCapitals = document.map(isInCapitals);
        const words = distinctWords(document);
        const patterns = patternsOf(document, words, inCapitals);
        return (s, t) => {
          const { casing } = document[s].words[t];
          const place = inCapitals[s] || t === 0 ? 1 : 0;
          sink.push(numbers[patterns[words.at(s, t)]][place][CASINGS.indexOf(casing)]);
        };
      };
    },
  };
}

/** For each distinct word an index into PATTERNS. */
function patternsOf(document: DocumentView, distinct: DistinctWords, inCapitals: readonly boolean[]): Uint8Array {
  const [lower, capital, upper] = [0, 1, 2].map(() => new Int32Array(distinct.size));
  const counts: { readonly [C in Casing]?: Int32Array } = { lower, capital, upper };
  document.forEach(({ words }, s) => {
    if (inCapitals[s]) return;
    for (let t = 1; t < words.length; t++) {
      const count = counts[words[t].casing];
      if (count !== undefined) count[distinct.at(s, t)]++;
    }
  });
  return Uint8Array.from(lower, (count, word) => patternOf(count, capital[word], upper[word]));
}

/** An index into PATTERNS, from how often a word is written in each way where its case says something. */
function patternOf(lower: number, capital: number, upper: number): number {
  if (lower + capital + upper === 0) return 0;
  if (capital + upper === 0) return 1;
  if (lower === 0) return upper === 0 ? 2 : capital === 0 ? 3 : 4;
  return lower > capital + upper ? 5 : 6;
}
