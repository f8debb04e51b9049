import type { EncodedSentence } from '../src/encode/encoder.js';
import { keyedRandom, permutation } from '../src/train/random.js';

/** A sentence and its tag ids; shape [T]. */
export interface BenchSentence {
  readonly encoded: EncodedSentence;
  readonly gold: Int32Array;
}

/** Lengths of the sentences of the English training file of CoNLL-2003 (mean 14.5), sorted: every twentieth part of them. */
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 13, 16, 19, 22, 26, 29, 32, 37, 50];
/** Zipf and Mandelbrot's shift that comes nearest to the counts of that file's words: p(rank) ~ 1 / (rank + 2.7). */
const SHIFT = 2.7;
const [LENGTH, WORD] = [1, 2];

/** Sentences shaped like those of CoNLL-2003: lengths, word frequencies and about a sixth of the tokens in entities. */
export function conllShaped(count: number, vocabulary: number, tags: number, seed: number): BenchSentence[] {
  const random = keyedRandom(seed, LENGTH);
  return Array.from({ length: count }, (_, i) => sentenceOf(drawLength(random()), vocabulary, tags, [seed, WORD, i]));
}

/** Sentences that all have one length. */
export function evenSentences(
  count: number,
  length: number,
  vocabulary: number,
  tags: number,
  seed: number,
): BenchSentence[] {
  return Array.from({ length: count }, (_, i) => sentenceOf(length, vocabulary, tags, [seed, WORD, i]));
}

function sentenceOf(length: number, vocabulary: number, tags: number, keys: readonly number[]): BenchSentence {
  const random = keyedRandom(...keys);
  return tagged(
    Int32Array.from({ length }, () => drawWord(random(), vocabulary)),
    tags,
  );
}

/** A sixth of the words are names, always of the same kind. */
function tagged(ids: Int32Array, tags: number): BenchSentence {
  const starts = Int32Array.from({ length: ids.length + 1 }, (_, t) => t);
  const gold = ids.map((id) => (id % 6 === 5 ? 1 + (Math.floor(id / 6) % (tags - 1)) : 0));
  return { encoded: { length: ids.length, starts, ids }, gold };
}

/** Sentences of one length in which each of so many words occurs at least once, and the others by their frequencies. */
export function everyWord(words: number, tokens: number, length: number, tags: number, seed: number): BenchSentence[] {
  const random = keyedRandom(seed, WORD);
  const all = Int32Array.from({ length: tokens }, (_, i) => (i < words ? i : drawWord(random(), words)));
  const order = permutation(tokens, random);
  return Array.from({ length: Math.floor(tokens / length) }, (_, i) =>
    tagged(
      Int32Array.from(order.subarray(i * length, (i + 1) * length), (place) => all[place]),
      tags,
    ),
  );
}

/** Between two of the lengths above, evenly. */
function drawLength(u: number): number {
  const place = u * (LENGTHS.length - 1);
  const below = Math.floor(place);
  return Math.round(LENGTHS[below] + (place - below) * (LENGTHS[below + 1] - LENGTHS[below]));
}

/** The inverse of the distribution's sum, taken as an integral. */
function drawWord(u: number, vocabulary: number): number {
  const rank = SHIFT * Math.exp(u * Math.log((vocabulary + SHIFT) / SHIFT)) - SHIFT;
  return Math.min(Math.floor(rank), vocabulary - 1);
}

/** Batches of sentences of like lengths, in random order, as programs make them that cannot leave padding out. */
export function bucketed(sentences: readonly BenchSentence[], batchSize: number, seed: number): BenchSentence[][] {
  const sorted = [...sentences].sort((a, b) => b.encoded.length - a.encoded.length);
  const batches = inOrder(sorted, batchSize);
  return Array.from(permutation(batches.length, keyedRandom(seed)), (b) => batches[b]);
}

/** Batches of sentences as they come. */
export function inOrder(sentences: readonly BenchSentence[], batchSize: number): BenchSentence[][] {
  return Array.from({ length: Math.ceil(sentences.length / batchSize) }, (_, i) =>
    sentences.slice(i * batchSize, (i + 1) * batchSize),
  );
}

export function tokensOf(batches: readonly (readonly BenchSentence[])[]): number {
  return batches.flat().reduce((sum, { encoded }) => sum + encoded.length, 0);
}
