import type { EncodedSentence } from '../encode/encoder.js';
import type { OneHots } from '../encode/one_hots.js';
import { shared } from '../parallel/shared.js';

/** A sentence to learn from. */
export interface EncodedExample {
  readonly encoded: EncodedSentence;
  /** Tag ids, negative where the model has no such tag; shape [T]. */
  readonly gold: Int32Array;
}

/** Sentences one after the other in arrays that threads can share. S sentences, R tokens in all. */
export interface EncodedCorpus {
  /** Shape [S+1]: the first token of every sentence. */
  readonly tokenStarts: Int32Array;
  readonly input: OneHotsInRow;
  readonly wide?: OneHotsInRow;
  /** Shape [R]: tag ids. */
  readonly gold: Int32Array;
}

/** One-hots of all sentences, O in all. */
export interface OneHotsInRow {
  /** Shape [S+1]: the first one-hot of every sentence. */
  readonly firsts: Int32Array;
  /** Shape [R+S]: of every sentence its T+1 starts, which count from its own first one-hot. */
  readonly starts: Int32Array;
  /** Shape [O]. */
  readonly ids: Int32Array;
  readonly weights?: Float32Array;
}

export function encodedCorpus(examples: readonly EncodedExample[]): EncodedCorpus {
  const tokenStarts = shared(Int32Array, examples.length + 1);
  examples.forEach(({ encoded }, s) => {
    tokenStarts[s + 1] = tokenStarts[s] + encoded.length;
  });
  const gold = shared(Int32Array, tokenStarts[examples.length]);
  for (const [s, example] of examples.entries()) gold.set(example.gold, tokenStarts[s]);
  const input = inRow(examples.map(({ encoded }) => encoded));
  const wide = examples.flatMap(({ encoded }) => encoded.wide ?? []);
  return { tokenStarts, input, gold, ...(wide.length === 0 ? {} : { wide: inRow(wide) }) };
}

function inRow(sentences: readonly OneHots[]): OneHotsInRow {
  const firsts = shared(Int32Array, sentences.length + 1);
  let tokens = 0;
  sentences.forEach(({ starts }, s) => {
    firsts[s + 1] = firsts[s] + starts[starts.length - 1] - starts[0];
    tokens += starts.length - 1;
  });
  const starts = shared(Int32Array, tokens + sentences.length);
  const ids = shared(Int32Array, firsts[sentences.length]);
  const weighted = sentences.some(({ weights }) => weights !== undefined);
  const weights = shared(Float32Array, weighted ? ids.length : 0);
  let next = 0;
  for (const [s, sentence] of sentences.entries()) {
    const [first, last] = [sentence.starts[0], sentence.starts[sentence.starts.length - 1]];
    for (const start of sentence.starts) starts[next++] = start - first;
    ids.set(sentence.ids.subarray(first, last), firsts[s]);
    if (sentence.weights !== undefined) weights.set(sentence.weights.subarray(first, last), firsts[s]);
  }
  return weighted ? { firsts, starts, ids, weights } : { firsts, starts, ids };
}

export function sentenceAt({ tokenStarts, input, wide }: EncodedCorpus, s: number): EncodedSentence {
  const length = tokenStarts[s + 1] - tokenStarts[s];
  const start = tokenStarts[s] + s;
  const sentence = { length, ...oneHotsAt(input, s, start, length) };
  return wide === undefined ? sentence : { ...sentence, wide: oneHotsAt(wide, s, start, length) };
}

function oneHotsAt({ firsts, starts, ids, weights }: OneHotsInRow, s: number, start: number, length: number): OneHots {
  const oneHots = {
    starts: starts.subarray(start, start + length + 1),
    ids: ids.subarray(firsts[s], firsts[s + 1]),
  };
  return weights === undefined ? oneHots : { ...oneHots, weights: weights.subarray(firsts[s], firsts[s + 1]) };
}

export function goldAt({ tokenStarts, gold }: EncodedCorpus, s: number): Int32Array {
  return gold.subarray(tokenStarts[s], tokenStarts[s + 1]);
}

/** Lengths from starts: of sentences in tokens or in one-hots; shape [S]. */
export function lengthsOf(starts: Int32Array): number[] {
  return Array.from({ length: starts.length - 1 }, (_, i) => starts[i + 1] - starts[i]);
}
