import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Encoder } from '../../src/encode/encoder.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { attachTagger, shareTagger } from '../../src/model/shared_tagger.js';
import { Tagger } from '../../src/model/tagger.js';
import { createTagger } from '../../src/train/trainer.js';
import { wasmKernels } from '../support/wasm.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', '__proto__'];
const sentences = fc.array(fc.record({ tokens: fc.array(fc.constantFrom(...WORDS, 'unknown'), { maxLength: 9 }) }), {
  maxLength: 9,
});

function taggerIn(kernels: Kernels, given: Partial<Settings> = {}): Tagger {
  const settings = resolveSettings({ hidden: 8, bidirectional: true, ...given });
  return createTagger(Encoder.build([{ tokens: WORDS }], settings), ['X', 'Y'], settings, kernels);
}

it('a tagger attached to the memory of another finds what that finds, before and after its weights change', () => {
  const tagger = taggerIn(wasmKernels(), { decision: 'entities' });
  tagger.threshold = 0.2;
  const shared = shareTagger(tagger);
  if (shared === undefined) throw new Error('cannot be shared');
  const attached = attachTagger(shared);
  let entities = 0;
  for (const factor of [30, -0.5]) {
    for (const name of ['U', 'V']) {
      tagger.kernels.view(tagger.parameters.get(name)).forEach((weight: number, i: number, all) => {
        all[i] = factor * (weight + Math.sin(7 * i));
      });
    }
    fc.assert(
      fc.property(sentences, (many) => {
        const found = tagger.predict(many);
        entities += found.flat().length;
        expect(attached.predict(many)).toEqual(found);
      }),
    );
  }
  expect(entities).toBeGreaterThan(100);
});

it('taggers that decide together do so in another thread as well, whether they share an encoder or not', () => {
  const tagger = taggerIn(wasmKernels());
  const { kernels, encoder, tags } = tagger;
  const lower = resolveSettings({ hidden: 5, cell: 'gru', features: 'word,suffix:1-2' });
  const other = createTagger(Encoder.build([{ tokens: WORDS }], lower), ['X', 'Y'], lower, kernels);
  const settings = resolveSettings({ hidden: 3, seed: 8 });
  tagger.joinedBy([other, new Tagger(settings, encoder, tags, kernels)]);
  for (const [m, { parameters }] of tagger.members.entries()) {
    for (const name of ['U', 'V']) {
      const weights = kernels.view(parameters.get(name));
      weights.forEach((_, i) => {
        weights[i] = 9 * Math.sin(7 * i + m);
      });
    }
  }
  const shared = shareTagger(tagger);
  expect(shared?.encoders.length).toBe(2);
  if (shared === undefined) return;
  const attached = attachTagger(shared);
  let entities = 0;
  fc.assert(
    fc.property(sentences, (many) => {
      const found = tagger.predict(many);
      entities += found.flat().length;
      expect(attached.predict(many)).toEqual(found);
    }),
  );
  expect(entities).toBeGreaterThan(100);
});

it('a tagger whose kernels are plain loops cannot be shared', () => {
  expect(shareTagger(taggerIn(new ReferenceKernels()))).toBeUndefined();
});
