import { describe, expect, it } from '@jest/globals';
import { packBatch } from '../../src/encode/batch.js';
import { Encoder } from '../../src/encode/encoder.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { scoresOf } from '../../src/model/scores.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { type Entity, entitiesOf, SCHEMES, tagsOf } from '../../src/text/tags.js';
import { createTagger } from '../../src/train/trainer.js';
import { numbers, read } from '../support/kernels.js';
import { wasmKernels } from '../support/wasm.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** A tagger whose weights are large enough to decide. */
function createDeciding(given: Partial<Settings>, kernels: Kernels): Tagger {
  const settings = resolveSettings({ hidden: 6, ...given });
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
function sequencesOf(tagger: Tagger, tokens: readonly string[], temperature = tagger.temperature): Sequence[] {
  const { network, kernels, parameters, encoder, tags, scheme } = tagger;
  network.load(packBatch([encoder.encode(tokens)]));
  network.forward();
  const logits = read(kernels, network.logits);
  network.release();
  const K = tags.length;
  const isCrf = tagger.settings.outputLayer === 'crf';
  const [A, start, end] = ['A', 'start', 'end'].map((name) =>
    isCrf ? read(kernels, parameters.get(name)) : new Array<number>(K * K).fill(0),
  );
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
  const weight = (score: number): number => Math.exp(score / temperature);
  const Z = legal.reduce((sum, { score }) => sum + weight(score), 0);
  return legal.map(({ list, score }) => {
    return { tags: list, entities: entitiesOf(list), probability: weight(score) / Z };
  });
}

/** How probable every entity is: the share of the sequences that have it. */
function sharesOf(sequences: readonly Sequence[]): (entity: Entity) => number {
  const keyOf = ({ start, end, type }: Entity): string => `${start} ${end} ${type}`;
  const shares = new Map<string, number>();
  for (const { entities, probability } of sequences) {
    for (const entity of entities) shares.set(keyOf(entity), (shares.get(keyOf(entity)) ?? 0) + probability);
  }
  return (entity) => shares.get(keyOf(entity)) ?? 0;
}

const SHORT = Array.from({ length: 30 }, (_, s) => ({
  tokens: Array.from({ length: 1 + (s % 4) }, (__, t) => WORDS[(s * 5 + t * (s + 1)) % 7]),
}));

describe.each([
  { kernels: 'plain loops', create: () => new ReferenceKernels('float64'), tolerance: 1e-10 },
  { kernels: 'WebAssembly', create: wasmKernels, tolerance: 1e-4 },
])('a tagger on $kernels', ({ create, tolerance }) => {
  const cases = SCHEMES.flatMap((scheme) =>
    (['softmax', 'crf'] as const).flatMap((outputLayer) =>
      [1, 2.5].map((temperature) => ({ scheme, outputLayer, temperature })),
    ),
  );
  it.each(cases)(
    'finds the entities of the likeliest $scheme sequence of a $outputLayer, as probable as all that have them, at temperature $temperature',
    ({ scheme, outputLayer, temperature }) => {
      const tagger = createDeciding({ scheme, outputLayer }, create());
      tagger.temperature = temperature;
      let found = 0;
      tagger.predict(SHORT).forEach((entities, s) => {
        const sequences = sequencesOf(tagger, SHORT[s].tokens);
        const best = sequences.reduce((a, b) => (b.probability > a.probability ? b : a));
        expect(entities.map(({ start, end, type }) => ({ start, end, type }))).toEqual(best.entities);
        const share = sharesOf(sequences);
        for (const entity of entities) {
          expect(Math.abs(entity.probability - share(entity))).toBeLessThan(tolerance);
          found++;
        }
      });
      expect(found).toBeGreaterThan(10);
    },
  );

  it.each(cases)(
    'finds by their probabilities the entities of the $scheme sequence of a $outputLayer with the most above the threshold',
    ({ scheme, outputLayer, temperature }) => {
      const tagger = createDeciding({ scheme, outputLayer, decision: 'entities' }, create());
      tagger.temperature = temperature;
      let found = 0;
      for (const threshold of [0.2, 0.5]) {
        tagger.threshold = threshold;
        tagger.predict(SHORT).forEach((entities, s) => {
          const { tokens } = SHORT[s];
          const sequences = sequencesOf(tagger, tokens, 1);
          const share = sharesOf(sequences);
          const sum = (list: readonly Entity[]): number =>
            list.reduce((total, entity) => total + share(entity) - threshold, 0);
          const most = Math.max(...sequences.map((sequence) => sum(sequence.entities)));
          expect(Math.abs(sum(entities) - most)).toBeLessThan(tolerance);
          const warm = sharesOf(sequencesOf(tagger, tokens));
          for (const entity of entities) {
            expect(Math.abs(entity.probability - warm(entity))).toBeLessThan(tolerance);
            found++;
          }
        });
      }
      expect(found).toBeGreaterThan(20);
    },
  );
});

describe('a tagger whose documents agree', () => {
  it('finds with the scores that agreement gives, and the same sentence by sentence where each is a document', () => {
    const settings = { outputLayer: 'crf', decision: 'entities', agreement: 2, documentSentences: 10 } as const;
    const tagger = createDeciding(settings, wasmKernels());
    const plain = createDeciding({ ...settings, agreement: 0 }, wasmKernels());
    expect(tagger.encoder.documents).toBe(10);
    const { ensemble, kernels, tags, decider } = plain;
    const scores = scoresOf(ensemble, kernels, tags.length, plain.encode(SHORT));
    const documents = [SHORT.slice(0, 10), SHORT.slice(10, 20), SHORT.slice(20)];
    const agreed = decider.agreed(scores, documents, 2);
    expect(agreed.logits).not.toEqual(scores.logits);
    expect(tagger.predict(SHORT)).toEqual(plain.decideWithProbabilities(agreed));
    expect(tagger.predict(SHORT)).not.toEqual(plain.predict(SHORT));
    const alone = SHORT.map((sentence) => tagger.predict([sentence])[0]);
    expect(alone).toEqual(SHORT.map((sentence) => plain.predict([sentence])[0]));
  });

  it('has of each token the probability of its types, whatever the place of its sentence in a batch', () => {
    const tagger = createDeciding({ outputLayer: 'crf', scheme: 'BIOES' }, wasmKernels());
    const { ensemble, kernels, tags, decider } = tagger;
    const sentences = [...SHORT, { tokens: ['a', 'b', 'a'] }];
    const scores = scoresOf(ensemble, kernels, tags.length, tagger.encode(sentences));
    const agreed = decider.agreed(scores, [...SHORT.map((sentence) => [sentence]), [sentences[30]]], 1);
    const last = scores.starts[30] * tags.length;
    const typed = (t: number): Record<string, number> => {
      const sum: Record<string, number> = { X: 0, Y: 0, O: 0 };
      for (const { tags: list, probability } of sequencesOf(tagger, sentences[30].tokens)) {
        sum[list[t].slice(2) || 'O'] += probability;
      }
      return sum;
    };
    for (const [t, other] of [
      [0, 2],
      [2, 0],
    ]) {
      const q = typed(other);
      const isTyped = q.X > q.O || q.Y > q.O;
      tags.forEach((tag, y) => {
        const at = last + t * tags.length + y;
        const expected = isTyped ? Math.log(0.05 + 0.85 * q[tag.slice(2) || 'O']) : 0;
        expect(agreed.logits[at] - scores.logits[at]).toBeCloseTo(expected, 3);
      });
    }
  });
});
