import { describe, expect, it } from '@jest/globals';
import { packBatch } from '../../src/encode/batch.js';
import { Encoder } from '../../src/encode/encoder.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { resolveSettings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { type Entity, entitiesOf, SCHEMES, type Scheme, tagsOf } from '../../src/text/tags.js';
import { createTagger } from '../../src/train/trainer.js';
import { numbers, read } from '../support/kernels.js';
import { wasmKernels } from '../support/wasm.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** A tagger with a CRF whose weights are large enough to decide. */
function createCrf(scheme: Scheme, kernels: Kernels): Tagger {
  const settings = resolveSettings({ hidden: 6, outputLayer: 'crf', scheme });
  const tagger = createTagger(Encoder.build([{ tokens: WORDS }], settings), ['X', 'Y'], settings, kernels);
  tagger.parameters.all.forEach(({ name }, i) => {
    const weights = kernels.view(tagger.parameters.get(name));
    weights.set(numbers(weights.length, i + 3).map((x) => 2 * x));
  });
  return tagger;
}

interface Sequence {
  readonly tags: readonly string[];
  readonly entities: readonly Entity[];
  readonly probability: number;
}

/** Every tag sequence that the scheme writes, and its probability. */
function sequencesOf(tagger: Tagger, tokens: readonly string[]): Sequence[] {
  const { network, kernels, parameters, encoder, tags, scheme } = tagger;
  network.load(packBatch([encoder.encode(tokens)]));
  network.forward();
  const logits = read(kernels, network.logits);
  const [A, start, end] = ['A', 'start', 'end'].map((name) => read(kernels, parameters.get(name)));
  const K = tags.length;
  let all: { ids: number[]; score: number }[] = [{ ids: [], score: 0 }];
  tokens.forEach((_, t) => {
    all = all.flatMap(({ ids, score }) =>
      tags.map((__, y) => ({
        ids: [...ids, y],
        score: score + logits[t * K + y] + (t === 0 ? start[y] : A[ids[t - 1] * K + y]),
      })),
    );
  });
  const legal = all
    .map(({ ids, score }) => ({ list: ids.map((y) => tags[y]), score: score + end[ids[ids.length - 1]] }))
    .filter(({ list }) => tagsOf(entitiesOf(list), list.length, scheme).join() === list.join());
  const weight = (score: number): number => Math.exp(score / tagger.temperature);
  const Z = legal.reduce((sum, { score }) => sum + weight(score), 0);
  return legal.map(({ list, score }) => {
    return { tags: list, entities: entitiesOf(list), probability: weight(score) / Z };
  });
}

describe.each([
  { kernels: 'plain loops', create: () => new ReferenceKernels('float64'), tolerance: 1e-10 },
  { kernels: 'WebAssembly', create: wasmKernels, tolerance: 1e-4 },
])('a tagger with a CRF on $kernels', ({ create, tolerance }) => {
  const cases = SCHEMES.flatMap((scheme) => [1, 2.5].map((temperature) => ({ scheme, temperature })));
  it.each(cases)(
    'finds the entities of the likeliest $scheme sequence, as probable as all that have them, at temperature $temperature',
    ({ scheme, temperature }) => {
      const tagger = createCrf(scheme, create());
      tagger.temperature = temperature;
      const sentences = Array.from({ length: 30 }, (_, s) => ({
        tokens: Array.from({ length: 1 + (s % 4) }, (__, t) => WORDS[(s * 5 + t * (s + 1)) % 7]),
      }));
      let found = 0;
      tagger.predict(sentences).forEach((entities, s) => {
        const sequences = sequencesOf(tagger, sentences[s].tokens);
        const best = sequences.reduce((a, b) => (b.probability > a.probability ? b : a));
        expect(entities.map(({ start, end, type }) => ({ start, end, type }))).toEqual(best.entities);
        for (const { start, end, type, probability } of entities) {
          const share = sequences
            .filter((sequence) => sequence.entities.some((e) => e.start === start && e.end === end && e.type === type))
            .reduce((sum, sequence) => sum + sequence.probability, 0);
          expect(Math.abs(probability - share)).toBeLessThan(tolerance);
          found++;
        }
      });
      expect(found).toBeGreaterThan(10);
    },
  );
});
