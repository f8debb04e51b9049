import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Encoder } from '../../src/encode/encoder.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { resolveSettings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { createTagger } from '../../src/train/trainer.js';
import { ends } from '../support/ends.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
let tagger: Tagger;
beforeAll(() => {
  const settings = resolveSettings({ hidden: 8, initialisation: 'orthogonal', bidirectional: true });
  const encoder = Encoder.build([{ tokens: WORDS }], settings);
  tagger = createTagger(encoder, ['X', 'Y'], settings, new ReferenceKernels('float64'));
  // weights drawn at random hardly tell tags apart; these do
  const { kernels, parameters } = tagger;
  for (const name of ['U', 'V']) {
    kernels.view(parameters.get(name)).forEach((weight: number, i: number, all) => {
      all[i] = 20 * (weight + Math.sin(7 * i));
    });
  }
});

const sentences = fc.array(fc.record({ tokens: fc.array(fc.constantFrom(...WORDS, 'unknown'), { maxLength: 9 }) }), {
  maxLength: 9,
});

describe('prediction', () => {
  it('of many sentences is that of each alone, in the order given', () => {
    let entities = 0;
    fc.assert(
      fc.property(sentences, (many) => {
        const together = tagger.predict(many);
        entities += together.flat().length;
        expect(together).toEqual(many.map((sentence) => tagger.predict([sentence])[0]));
      }),
    );
    expect(entities).toBeGreaterThan(100);
  });

  it('does not depend on how sentences fall into groups', () => {
    const many = Array.from({ length: 900 }, (_, i) => {
      return { tokens: Array.from({ length: i % 9 }, (_, t) => WORDS[(i * t) % 7]) };
    });
    expect(tagger.predict(many)).toEqual(many.map((sentence) => tagger.predict([sentence])[0]));
  });

  it('has entities in text order, of known types, with probabilities', () => {
    // rounding took the probability of an entity of this one beyond 1
    const sure = { tokens: ['g', 'g', 'c', 'f', 'a', 'g'] };
    fc.assert(
      fc.property(sentences, (others) => {
        const many = [sure, ...others];
        tagger.predict(many).forEach((entities, i) => {
          let end = 0;
          for (const entity of entities) {
            expect(entity.start >= end && entity.end > entity.start && entity.end <= many[i].tokens.length).toBe(true);
            expect(['X', 'Y']).toContain(entity.type);
            expect(entity.probability >= 0 && entity.probability <= 1).toBe(true);
            end = entity.end;
          }
        });
      }),
    );
  });

  it('with probabilities finds the entities that are found without', () => {
    fc.assert(
      fc.property(sentences, (many) => {
        const found = tagger.predict(many).map((entities) => entities.map(({ probability, ...entity }) => entity));
        expect(tagger.tag(many)).toEqual(found);
      }),
    );
  });

  it('of a sentence beyond 10,000 tokens is that of its pieces, with places in the whole', () => {
    const tokens = Array.from({ length: 20_005 }, (_, t) => WORDS[(t * t) % 7]);
    const pieces = [0, 10_000, 20_000].flatMap((start) =>
      tagger
        .predict([{ tokens: tokens.slice(start, start + 10_000) }])[0]
        .map((entity) => ({ ...entity, start: entity.start + start, end: entity.end + start })),
    );
    expect(ends(() => tagger.predict([{ tokens: ['a'] }, { tokens }, { tokens: [] }]))[1]).toEqual(pieces);
    expect(pieces.some(({ start }) => start >= 20_000)).toBe(true);
  });
});

describe('gold ids', () => {
  it("are those of the model's tags, and −1 for a type it has not", () => {
    expect(tagger.tags).toEqual(['O', 'B-X', 'I-X', 'B-Y', 'I-Y']);
    const entities = [
      { start: 0, end: 2, type: 'Y' },
      { start: 3, end: 4, type: 'Z' },
    ];
    expect(Array.from(tagger.goldIds(entities, 5))).toEqual([3, 4, 0, -1, 0]);
  });
});

describe('taggers that join another', () => {
  const kernels = new ReferenceKernels();
  const settings = resolveSettings({ hidden: 5, outputLayer: 'crf' });
  const encoder = Encoder.build([{ tokens: WORDS }], settings);
  const create = (seed: number): Tagger => createTagger(encoder, ['X', 'Y'], { ...settings, seed }, kernels);
  const short = [{ tokens: ['a', 'b'] }];
  const long = [{ tokens: [...WORDS, ...WORDS] }, { tokens: ['g'] }];

  it('may have tagged before, in any order, and tag again', () => {
    const [a, b, c] = [1, 2, 3].map(create);
    for (const tagger of [b, a, c]) tagger.tag(short);
    a.joinedBy([b, c]);
    expect(a.tag(long).length).toBe(2);
    a.release();
    expect(b.tag(long).length).toBe(2);
    b.release();
  });

  it('bring those that have joined them', () => {
    const [a, b, c] = [1, 2, 3].map(create);
    b.joinedBy([c]);
    a.joinedBy([b]);
    expect(a.members).toEqual([a, b, c]);
  });

  it('take no memory for good', () => {
    const [a, b] = [1, 2].map(create);
    const before = kernels.mark();
    for (let i = 0; i < 3; i++) {
      a.joinedBy([b]);
      a.predict(long);
      a.joinedBy([]);
    }
    expect(kernels.mark()).toEqual(before);
  });

  it('are refused where they do not fit or are given twice', () => {
    const [a, b] = [1, 2].map(create);
    const others = createTagger(encoder, ['X', 'Z'], settings, kernels);
    expect(() => a.joinedBy([others])).toThrow('does not fit');
    expect(() => a.joinedBy([b, b])).toThrow('given twice');
    expect(() => a.joinedBy([a])).toThrow('given twice');
  });
});
