import type { EncodedSentence } from './encoder.js';
import { OneHotList, type OneHots } from './one_hots.js';

/** One-hots that sentences share an array of, about. */
const ENOUGH = 1 << 18;

/**
 * Takes sentences as they are encoded. Those that follow each other share arrays, as making arrays for each takes about as
 * long as filling them.
 */
export class SentenceList {
  readonly input = new OneHotList();
  readonly wide = new OneHotList();
  /** Of the sentences in these lists. */
  #lengths: number[] = [];
  #sentences: EncodedSentence[] = [];
  readonly #weighted: boolean;
  readonly #hasWide: boolean;

  constructor({ weighted, hasWide }: { readonly weighted: boolean; readonly hasWide: boolean }) {
    this.#weighted = weighted;
    this.#hasWide = hasWide;
  }

  endToken(): void {
    this.input.endToken();
    this.wide.endToken();
  }

  /** Ends a sentence of so many tokens. */
  endSentence(length: number): void {
    this.#lengths.push(length);
    if (this.input.length + this.wide.length >= ENOUGH) this.#cut();
  }

  /** The sentences so far; it is empty then. */
  take(): EncodedSentence[] {
    this.#cut();
    const sentences = this.#sentences;
    this.#sentences = [];
    return sentences;
  }

  #cut(): void {
    const input = this.input.toOneHots(this.#weighted);
    const wide = this.#hasWide ? this.wide.toOneHots(false) : undefined;
    let first = 0;
    for (const length of this.#lengths) {
      const sentence = { length, ...partOf(input, first, length) };
      this.#sentences.push(wide === undefined ? sentence : { ...sentence, wide: partOf(wide, first, length) });
      first += length;
    }
    this.#lengths = [];
    this.input.clear();
    this.wide.clear();
  }
}

/** The one-hots of `length` tokens from the `first` on, in the same array. */
function partOf({ starts, ids, weights }: OneHots, first: number, length: number): OneHots {
  const part = { starts: starts.subarray(first, first + length + 1), ids };
  return weights === undefined ? part : { ...part, weights };
}
