import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Encoder } from '../../src/encode/encoder.js';
import { resolveSettings } from '../../src/model/settings.js';
import { scoreCorpus } from '../../src/train/corpus_tagger.js';
import { createTagger } from '../../src/train/trainer.js';
import { wasmKernels } from '../support/wasm.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const sentences = fc.array(fc.record({ tokens: fc.array(fc.constantFrom(...WORDS, 'unknown'), { maxLength: 9 }) }), {
  maxLength: 9,
});

it.each([1, 3])(
  'what is found by the scores of a corpus is what the tagger finds sentence by sentence (networks: %i)',
  async (networks) => {
    const settings = resolveSettings({ hidden: 8, bidirectional: true, decision: 'entities' });
    const encoder = Encoder.build([{ tokens: WORDS }], settings);
    const tagger = createTagger(encoder, ['X', 'Y'], settings, wasmKernels());
    const other = resolveSettings({ hidden: 5, cell: 'gru', features: 'word,suffix:1-2' });
    const others = [
      createTagger(Encoder.build([{ tokens: WORDS }], other), ['X', 'Y'], other, tagger.kernels),
      createTagger(encoder, ['X', 'Y'], { ...settings, seed: 4 }, tagger.kernels),
    ];
    tagger.joinedBy(others.slice(0, networks - 1));
    tagger.temperature = 1.5;
    tagger.threshold = 0.3;
    for (const name of ['U', 'V']) {
      tagger.kernels.view(tagger.parameters.get(name)).forEach((weight: number, i: number, all) => {
        all[i] = 30 * (weight + Math.sin(7 * i));
      });
    }
    let entities = 0;
    await fc.assert(
      fc.asyncProperty(sentences, async (many) => {
        const found = tagger.decideWithProbabilities(await scoreCorpus(tagger, tagger.encode(many)));
        expect(found).toEqual(many.map((sentence) => tagger.predict([sentence])[0]));
        entities += found.flat().length;
      }),
    );
    expect(entities).toBeGreaterThan(100);
  },
);
