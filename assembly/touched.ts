/**
 * The distinct ids of a batch, ascending, out of N. They are found as bits: one for each id, and above these one for each word of 64 of
 * them, so that neither a sort nor a look at all N is needed.
 */

import { at, put } from './lists';

/** Integers of an index of N ids: a slot for each, and the two levels of bits. */
export function indexLength(N: i32): i32 {
  const words = wordsOf(N);
  return N + 2 * (words + wordsOf(words));
}

/**
 * Fills touched [M] with the distinct of O ids, slots [O] with their places there, and returns M. The bits of the index are zeros
 * before and after.
 */
export function touchedColumns(index: usize, N: i32, ids: usize, O: i32, slots: usize, touched: usize): i32 {
  const bits = index + ((<usize>N) << 2);
  const words = wordsOf(N);
  const bitsOfWords = bits + ((<usize>words) << 3);
  for (let o = 0; o < O; o++) {
    const id = at(ids, o);
    setBit(bits, id);
    setBit(bitsOfWords, id >> 6);
  }
  let M = 0;
  for (let i = 0; i < wordsOf(words); i++) {
    for (let left = takeWord(bitsOfWords, i); left !== 0; left &= left - 1) {
      const word = (i << 6) + <i32>ctz(left);
      for (let ones = takeWord(bits, word); ones !== 0; ones &= ones - 1) {
        const id = (word << 6) + <i32>ctz(ones);
        put(touched, M, id);
        put(index, id, M++);
      }
    }
  }
  for (let o = 0; o < O; o++) put(slots, o, at(index, at(ids, o)));
  return M;
}

function wordsOf(bits: i32): i32 {
  return (bits + 63) >> 6;
}

function setBit(bits: usize, i: i32): void {
  const word = bits + ((<usize>(i >> 6)) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (i & 63)));
}

/** A word of bits, which are zeros then. */
function takeWord(bits: usize, i: i32): u64 {
  const word = bits + ((<usize>i) << 3);
  const taken = load<u64>(word);
  store<u64>(word, 0);
  return taken;
}
