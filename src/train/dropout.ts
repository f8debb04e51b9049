import type { Batch } from '../encode/batch.js';
import type { Settings } from '../model/settings.js';
import type { Dropout } from '../network/dropout.js';
import { keyOf, mix, PLACE } from './random.js';

/**
 * The units to drop in a batch of the given sentences, by their places in the corpus: each token's draws are keyed by the epoch,
 * the sentence and the token alone. Undefined where none are dropped.
 */
export function dropoutOf(
  { dropoutInput, dropoutStates, seed }: Pick<Settings, 'dropoutInput' | 'dropoutStates' | 'seed'>,
  epoch: number,
  batch: Batch,
  sentences: Int32Array,
): Dropout | undefined {
  if (dropoutInput === 0 && dropoutStates === 0) return undefined;
  const rowKeys = new Int32Array(batch.rows);
  for (let i = 0; i < batch.order.length; i++) {
    const key = keyOf(seed, PLACE.dropout, epoch, sentences[batch.order[i]]);
    for (let t = 0; t < batch.lengths[i]; t++) rowKeys[batch.starts[t] + i] = mix(key, t);
  }
  return { rowKeys, input: dropoutInput, states: dropoutStates };
}
