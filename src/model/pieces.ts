import { longestFirst } from '../encode/batch.js';
import type { EncodedSentence } from '../encode/encoder.js';
import type { OneHots } from '../encode/one_hots.js';
import type { Capacity } from '../network/working.js';

/** Sentences are tagged so many rows at a time: enough to fill a layer's products, little enough to stay in the cache. */
const ROWS_AT_ONCE = 2048;

/** Tokens read at a time of a sentence that never ends. */
const LONGEST_PIECE = 10_000;

/** Tokens that are read at once, at most, when sentences of these lengths are tagged. */
export function largestPrediction(lengths: readonly number[]): number {
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(all, Math.max(ROWS_AT_ONCE, Math.min(longest, LONGEST_PIECE)));
}

/** A sentence, or a part of one, that is read by itself. */
export interface Bounds {
  /** The place of the sentence, and of the piece's first token in it. */
  readonly sentence: number;
  readonly offset: number;
  readonly length: number;
}

/** The same with its one-hots. */
export interface Piece extends Bounds {
  readonly encoded: EncodedSentence;
}

/** Sentences of these lengths in pieces that are read by themselves; there is none of an empty sentence. */
export function boundsOf(lengths: readonly number[]): Bounds[] {
  const pieces: Bounds[] = [];
  for (let sentence = 0; sentence < lengths.length; sentence++) {
    for (let offset = 0; offset < lengths[sentence]; offset += LONGEST_PIECE) {
      pieces.push({ sentence, offset, length: Math.min(LONGEST_PIECE, lengths[sentence] - offset) });
    }
  }
  return pieces;
}

export function piecesOf(sentences: readonly EncodedSentence[]): Piece[] {
  return boundsOf(sentences.map(({ length }) => length)).map(({ sentence, offset, length }) => {
    const whole = sentences[sentence];
    const encoded = length === whole.length ? whole : partOf(whole, offset, offset + length);
    return { sentence, offset, length, encoded };
  });
}

/** Enough for every batch of these sentences at once, as growing clears all of the memory. */
export function capacityFor(sentences: readonly EncodedSentence[]): Capacity {
  const rows = largestPrediction(sentences.map(({ length }) => length));
  let [steps, perToken, widePerToken] = [0, 0, 0];
  for (const { length, starts, wide } of sentences) {
    steps = Math.max(steps, length);
    perToken = Math.max(perToken, (starts[length] - starts[0]) / length);
    if (wide !== undefined) widePerToken = Math.max(widePerToken, (wide.starts[length] - wide.starts[0]) / length);
  }
  const oneHots = Math.ceil(rows * perToken);
  return { rows, steps, oneHots, wide: { oneHots: Math.ceil(rows * widePerToken) } };
}

function partOf(sentence: EncodedSentence, start: number, end: number): EncodedSentence {
  const cut = <O extends OneHots>(oneHots: O): O => ({ ...oneHots, starts: oneHots.starts.subarray(start, end + 1) });
  const part = { ...cut(sentence), length: end - start };
  return part.wide === undefined ? part : { ...part, wide: cut(part.wide) };
}

/**
 * Places of sentences, none of them empty, cut into runs of at most ROWS_AT_ONCE tokens (or one sentence). They stand by
 * falling length, so that all steps of a batch have about as many rows.
 */
export function* groupsOf(sentences: readonly { readonly length: number }[]): Generator<Int32Array, void, undefined> {
  const { order, lengths } = longestFirst(sentences);
  let first = 0;
  let rows = 0;
  for (let i = 0; i < order.length; i++) {
    if (i > first && rows + lengths[i] > ROWS_AT_ONCE) {
      yield order.subarray(first, i);
      first = i;
      rows = 0;
    }
    rows += lengths[i];
  }
  if (first < order.length) yield order.subarray(first);
}
