import type { Sentence } from './sentence.js';
import { tokenize } from './tokenize.js';

/** Tokens that are looked at. */
const ENOUGH = 5_000;

/**
 * The share of the tokens of a corpus, of its first ones, that `tokenize` would cut in several or leave nothing of, from 0 to 1: a model
 * made of them finds other tokens in running text.
 */
export function shareCutOtherwise(sentences: readonly Sentence[]): number {
  const known = new Map<string, boolean>();
  let [tokens, cut] = [0, 0];
  for (const sentence of sentences) {
    for (const token of sentence.tokens) {
      const isCut = known.get(token) ?? tokenize(token).length !== 1;
      known.set(token, isCut);
      tokens++;
      if (isCut) cut++;
    }
    if (tokens >= ENOUGH) break;
  }
  return tokens === 0 ? 0 : cut / tokens;
}
