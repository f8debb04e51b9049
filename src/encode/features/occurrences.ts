import type { DocumentView } from './kind.js';

/** Where a token stands: sentence and place in it. */
export interface Place {
  readonly s: number;
  readonly t: number;
}

/** Other occurrences of a word that are looked at. */
const MOST = 6;

const NONE: readonly Place[] = [];

const known = new WeakMap<DocumentView, Occurrences>();

/** The occurrences of a document's words, gathered once for all kinds that look at them. */
export function occurrencesOf(document: DocumentView): Occurrences {
  const found = known.get(document) ?? new Occurrences(document);
  known.set(document, found);
  return found;
}

/** Where the words of a document that begin with a letter stand; words are the same that differ in case or digits alone. */
class Occurrences {
  readonly #places: readonly (readonly Place[])[][];
  readonly #ranks: readonly Int32Array[];
  readonly #nearest: (readonly Place[] | undefined)[][];

  constructor(document: DocumentView) {
    const byWord = new Map<string, Place[]>();
    this.#ranks = document.map(({ words }) => new Int32Array(words.length));
    this.#places = document.map(({ words }, s) =>
      words.map(({ beginsWithLetter, normalised: { text } }, t) => {
        if (!beginsWithLetter) return NONE;
        const places = byWord.get(text) ?? [];
        if (places.length === 0) byWord.set(text, places);
        this.#ranks[s][t] = places.length;
        places.push({ s, t });
        return places;
      }),
    );
    this.#nearest = document.map(({ words }) => new Array(words.length));
  }

  /**
   * Up to six other occurrences of the word at token t of sentence s: those in the nearest sentences, before it rather than
   * after it where they are equally near, and in one sentence those nearest to it in the text.
   */
  nearest(s: number, t: number): readonly Place[] {
    if (this.#places[s][t].length < 2) return NONE;
    const found = this.#nearest[s][t] ?? nearestOf(this.#places[s][t], this.#ranks[s][t]);
    this.#nearest[s][t] = found;
    return found;
  }
}

/** Places stand in text order: the nearest to the one of a rank are found from there in both directions. */
function nearestOf(places: readonly Place[], rank: number): Place[] {
  const nearest: Place[] = [];
  let [before, after] = [rank - 1, rank + 1];
  while (nearest.length < MOST && (before >= 0 || after < places.length)) {
    const back = before >= 0 ? places[rank].s - places[before].s : Number.POSITIVE_INFINITY;
    const ahead = after < places.length ? places[after].s - places[rank].s : Number.POSITIVE_INFINITY;
    nearest.push(back <= ahead ? places[before--] : places[after++]);
  }
  return nearest;
}
