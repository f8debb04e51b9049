import { describe, expect, it } from '@jest/globals';
import { isSameEntity } from '../../src/evaluate/score.js';
import { scoresOf } from '../../src/model/scores.js';
import type { Tagger } from '../../src/model/tagger.js';
import type { Entity } from '../../src/text/tags.js';
import { fitTemperature } from '../../src/train/calibrate.js';
import { keyedRandom } from '../../src/train/random.js';
import { randomTagger, SENTENCES } from '../support/random_tagger.js';

/** Gold entities that agree with the probabilities which the tagger has at a temperature. */
function goldAt(tagger: Tagger, temperature: number): Entity[][] {
  tagger.temperature = temperature;
  const found = tagger.predict(SENTENCES);
  tagger.temperature = 1;
  const draw = keyedRandom(11);
  return found.map((entities) =>
    entities.filter(({ probability }) => draw() < probability).map(({ start, end, type }) => ({ start, end, type })),
  );
}

/** Fitted to sentences with these gold entities. */
function fitted(tagger: Tagger, gold: readonly (readonly Entity[])[], sentences: typeof SENTENCES): number {
  const { ensemble, kernels, tags, decider } = tagger;
  const scores = scoresOf(ensemble, kernels, tags.length, tagger.encode(sentences));
  const dev = gold.map((entities) => ({ entities }));
  return fitTemperature(decider, scores, tagger.decide(scores), dev);
}

function logLoss(tagger: Tagger, gold: readonly (readonly Entity[])[], temperature: number): number {
  tagger.temperature = temperature;
  const found = tagger.predict(SENTENCES);
  tagger.temperature = 1;
  const R = gold.flat().length;
  const W = found.flat().length - R;
  return found
    .flatMap((entities, s) =>
      entities.map((entity) => {
        const right = gold[s].some((other) => isSameEntity(other, entity));
        const target = right ? (R + 1) / (R + 2) : 1 / (W + 2);
        const p = Math.min(Math.max(entity.probability, 2 ** -22), 1 - 2 ** -22);
        return -target * Math.log(p) - (1 - target) * Math.log(1 - p);
      }),
    )
    .reduce((sum, error) => sum + error, 0);
}

describe.each(['softmax', 'crf'] as const)('the temperature fitted to a %s', (outputLayer) => {
  const tagger = randomTagger({ outputLayer }, 3);

  it.each([0.5, 1, 2, 4])('is near %p where entities are right as often as it says', (temperature) => {
    const gold = goldAt(tagger, temperature);
    const found = fitted(tagger, gold, SENTENCES);
    expect(Math.abs(Math.log(found / temperature))).toBeLessThan(0.35);
    expect(Number.isInteger(found * 64)).toBe(true);
  });

  it('has no better neighbour among the multiples of 1/64', () => {
    const gold = goldAt(tagger, 2);
    const found = fitted(tagger, gold, SENTENCES);
    const [below, least, above] = [-1, 0, 1].map((step) => logLoss(tagger, gold, found + step / 64));
    expect(least).toBeLessThanOrEqual(below);
    expect(least).toBeLessThanOrEqual(above);
    expect(least).toBeLessThan(logLoss(tagger, gold, 1));
  });

  it('proves little by one entity that is right: it is as good as 2 of 3', () => {
    const found = tagger.predict(SENTENCES);
    const one = found.findIndex((entities) => entities.length === 1 && entities[0].probability > 0.9);
    tagger.temperature = fitted(tagger, [found[one]], [SENTENCES[one]]);
    const [{ probability }] = tagger.predict([SENTENCES[one]])[0];
    tagger.temperature = 1;
    expect(Math.abs(probability - 2 / 3)).toBeLessThan(0.02);
  });

  it('is the highest there is where everything found is wrong, and 1 where nothing is found', () => {
    const none = SENTENCES.map(() => []);
    expect(fitted(tagger, none, SENTENCES)).toBe(16);
    expect(fitted(tagger, [], [])).toBe(1);
  });
});
