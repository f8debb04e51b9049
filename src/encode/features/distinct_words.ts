import type { DocumentView } from './kind.js';

const known = new WeakMap<DocumentView, DistinctWords>();

/** The distinct words of a document, numbered once for all kinds that look at them. */
export function distinctWords(document: DocumentView): DistinctWords {
  const found = known.get(document) ?? new DistinctWords(document);
  known.set(document, found);
  return found;
}

/** Numbers of words that are the same in lower case, from 0. */
export class DistinctWords {
  /** The word of each token, those of all sentences one after the other. */
  readonly numbers: Int32Array;
  /** How many there are. */
  readonly size: number;
  /** Shape [sentences + 1]: where each sentence begins in `numbers`. */
  readonly #firsts: Int32Array;

  constructor(document: DocumentView) {
    this.#firsts = new Int32Array(document.length + 1);
    for (let s = 0; s < document.length; s++) this.#firsts[s + 1] = this.#firsts[s] + document[s].words.length;
    this.numbers = new Int32Array(this.#firsts[document.length]);
    const numberOf = new Map<string, number>();
    let token = 0;
    for (const { words } of document) {
      for (const { lower } of words) {
        let number = numberOf.get(lower);
        if (number === undefined) {
          number = numberOf.size;
          numberOf.set(lower, number);
        }
        this.numbers[token++] = number;
      }
    }
    this.size = numberOf.size;
  }

  /** The word at token t of sentence s. */
  at(s: number, t: number): number {
    return this.numbers[this.#firsts[s] + t];
  }
}
