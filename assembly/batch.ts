/**
 * Sentences that stand one after the other, laid out by the rows of a packed batch: row `starts[t] + i` is token t of sentence i,
 * which begins at token `firsts[i]` of them all.
 */

import { mix } from './hash';
import { at, put } from './lists';

/** The one-hots of every row, and where they begin; weights are 0 where there are none. Returns how many there are. */
export function packOneHots(
  starts: usize,
  T: i32,
  firsts: usize,
  fromStarts: usize,
  fromIds: usize,
  fromWeights: usize,
  toStarts: usize,
  toIds: usize,
  toWeights: usize,
): i32 {
  let o = 0;
  store<i32>(toStarts, 0);
  for (let t = 0; t < T; t++) {
    const live = at(starts, t + 1) - at(starts, t);
    for (let i = 0; i < live; i++) {
      const token = at(firsts, i) + t;
      const end = at(fromStarts, token + 1);
      for (let from = at(fromStarts, token); from < end; from++, o++) {
        put(toIds, o, at(fromIds, from));
        // the bits of a float, whatever they are
        if (fromWeights !== 0) put(toWeights, o, at(fromWeights, from));
      }
      toStarts += 4;
      store<i32>(toStarts, o);
    }
  }
  return o;
}

/** out[row] = values[token] */
export function packTokens(starts: usize, T: i32, firsts: usize, values: usize, out: usize): void {
  for (let t = 0; t < T; t++) {
    const live = at(starts, t + 1) - at(starts, t);
    for (let i = 0; i < live; i++, out += 4) store<i32>(out, at(values, at(firsts, i) + t));
  }
}

/** out[row] = a hash of the key, of the number of the sentence and of t */
export function packKeys(starts: usize, T: i32, sentences: usize, key: u32, out: usize): void {
  for (let t = 0; t < T; t++) {
    const live = at(starts, t + 1) - at(starts, t);
    for (let i = 0; i < live; i++, out += 4) store<u32>(out, mix(mix(key, at(sentences, i)), t));
  }
}
