import type { Casing } from '../word.js';
import { isInCapitals } from './capitals.js';
import { type DocumentView, type PlaceKind, STEADY } from './kind.js';

/** How a word is written where its case says something: inside sentences that are not in capitals. */
interface Cases {
  lower: number;
  capital: number;
  upper: number;
}

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
    read: (document, sink) => {
      const inCapitals = document.map(isInCapitals);
      const cases = casesOf(document, inCapitals);
      return (s, t) => {
        const { lower, casing } = document[s].words[t];
        const pattern = patternOf(cases.get(lower));
        sink.add(VALUES[pattern][inCapitals[s] || t === 0 ? 1 : 0][CASINGS.indexOf(casing)]);
      };
    },
  };
}

function casesOf(document: DocumentView, inCapitals: readonly boolean[]): Map<string, Cases> {
  const cases = new Map<string, Cases>();
  document.forEach(({ words }, s) => {
    if (inCapitals[s]) return;
    for (let t = 1; t < words.length; t++) {
      const { lower, casing } = words[t];
      if (casing === 'other') continue;
      const found = cases.get(lower) ?? { lower: 0, capital: 0, upper: 0 };
      found[casing]++;
      cases.set(lower, found);
    }
  });
  return cases;
}

/** An index into PATTERNS. */
function patternOf(cases: Cases | undefined): number {
  if (cases === undefined) return 0;
  const { lower, capital, upper } = cases;
  if (capital + upper === 0) return 1;
  if (lower === 0) return upper === 0 ? 2 : capital === 0 ? 3 : 4;
  return lower > capital + upper ? 5 : 6;
}
