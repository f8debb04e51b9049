import type { EncodedSentence } from '../encode/encoder.js';
import type { OneHots, SentencesInRow } from '../encode/one_hots.js';
import { shared } from '../parallel/shared.js';

/** A sentence to learn from. */
export interface EncodedExample {
  readonly encoded: EncodedSentence;
  /** Tag ids, negative where the model has no such tag; shape [T]. */
  readonly gold: Int32Array;
}

/** Sentences in arrays that threads can share, as those of a dev set are. S sentences, R tokens in all. */
export interface EncodedCorpus extends SentencesInRow {
  /** Shape [R]: tag ids. */
  readonly gold: Int32Array;
}

export function encodedCorpus(examples: readonly EncodedExample[]): EncodedCorpus {
  const tokenStarts = shared(Int32Array, examples.length + 1);
  examples.forEach(({ encoded }, s) => {
    tokenStarts[s + 1] = tokenStarts[s] + encoded.length;
  });
  const gold = shared(Int32Array, tokenStarts[examples.length]);
  for (const [s, example] of examples.entries()) gold.set(example.gold, tokenStarts[s]);
  const input = inRow(
    examples.map(({ encoded }) => encoded),
    tokenStarts,
  );
  const wide = examples.flatMap(({ encoded }) => encoded.wide ?? []);
  return { tokenStarts, input, gold, ...(wide.length === 0 ? {} : { wide: inRow(wide, tokenStarts) }) };
}

function inRow(sentences: readonly OneHots[], tokenStarts: Int32Array): OneHots {
  const starts = shared(Int32Array, tokenStarts[sentences.length] + 1);
  sentences.forEach(({ starts: own }, s) => {
    const [first, length] = [tokenStarts[s], tokenStarts[s + 1] - tokenStarts[s]];
    for (let t = 0; t < length; t++) starts[first + t + 1] = starts[first + t] + own[t + 1] - own[t];
  });
  const count = starts[starts.length - 1];
  const ids = shared(Int32Array, count);
  const weighted = sentences.some(({ weights }) => weights !== undefined);
  const weights = shared(Float32Array, weighted ? count : 0);
  let at = 0;
  for (const { starts: own, ids: from, weights: weigh } of sentences) {
    // few numbers each: copied one by one, as a view of them takes longer to make
    for (let i = own[0]; i < own[own.length - 1]; i++) {
      if (weigh !== undefined) weights[at] = weigh[i];
      ids[at++] = from[i];
    }
  }
  return weighted ? { starts, ids, weights } : { starts, ids };
}

function sentenceAt({ tokenStarts, input, wide }: SentencesInRow, s: number): EncodedSentence {
  const length = tokenStarts[s + 1] - tokenStarts[s];
  const sentence = { length, ...oneHotsAt(input, tokenStarts[s], length) };
  return wide === undefined ? sentence : { ...sentence, wide: oneHotsAt(wide, tokenStarts[s], length) };
}

export function sentencesOf(corpus: SentencesInRow): EncodedSentence[] {
  return Array.from({ length: corpus.tokenStarts.length - 1 }, (_, s) => sentenceAt(corpus, s));
}

function oneHotsAt({ starts, ...oneHots }: OneHots, first: number, length: number): OneHots {
  return { ...oneHots, starts: starts.subarray(first, first + length + 1) };
}

/** How many one-hots every sentence has; shape [S]. */
export function oneHotCounts(tokenStarts: Int32Array, { starts }: OneHots): Int32Array {
  return lengthsOf(tokenStarts.map((token) => starts[token]));
}

/** How many tokens every sentence has; shape [S]. */
export function lengthsOf(tokenStarts: Int32Array): Int32Array {
  const lengths = new Int32Array(tokenStarts.length - 1);
  for (let s = 0; s < lengths.length; s++) lengths[s] = tokenStarts[s + 1] - tokenStarts[s];
  return lengths;
}
