import { type Batch, packTokens } from '../encode/batch.js';
import type { Settings } from '../model/settings.js';
import type { Dropout } from '../network/dropout.js';
import { keyOf, PLACE } from './random.js';

/**
 * The units to drop in a batch of the given sentences, by their places in the corpus: each token's draws are keyed by the epoch,
 * the sentence and the token alone. Undefined where none are dropped.
 */
export function dropoutOf(
  { dropoutInput, dropoutStates, seed }: Pick<Settings, 'dropoutInput' | 'dropoutStates' | 'seed'>,
  epoch: number,
  batch: Batch,
  sentences: readonly number[],
): Dropout | undefined {
  if (dropoutInput === 0 && dropoutStates === 0) return undefined;
  const keys: Int32Array[] = [];
  batch.order.forEach((place, i) => {
    const draw = (_: unknown, t: number): number => keyOf(seed, PLACE.dropout, epoch, sentences[place], t);
    keys[place] = Int32Array.from({ length: batch.lengths[i] }, draw);
  });
  return { rowKeys: packTokens(batch, keys), input: dropoutInput, states: dropoutStates };
}
