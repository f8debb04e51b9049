import { Encoder } from '../../src/encode/encoder.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { keyedRandom } from '../../src/train/random.js';
import { createTagger } from '../../src/train/trainer.js';
import { numbers } from './kernels.js';
import { wasmKernels } from './wasm.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const random = keyedRandom(7);

/** Four hundred sentences of up to eight of seven words. */
export const SENTENCES = Array.from({ length: 400 }, () => ({
  tokens: Array.from({ length: 1 + Math.floor(8 * random()) }, () => WORDS[Math.floor(7 * random())]),
}));

/** A tagger of those words whose weights are pseudorandom, up to `largest` or so. */
export function randomTagger(given: Partial<Settings>, largest: number): Tagger {
  const settings = resolveSettings({ hidden: 6, bidirectional: true, ...given });
  const tagger = createTagger(Encoder.build([{ tokens: WORDS }], settings), ['X', 'Y'], settings, wasmKernels());
  tagger.parameters.all.forEach(({ name }, i) => {
    const weights = tagger.kernels.view(tagger.parameters.get(name));
    weights.set(numbers(weights.length, i + 3).map((x) => largest * x));
  });
  return tagger;
}
