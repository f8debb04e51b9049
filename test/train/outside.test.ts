import { describe, expect, it } from '@jest/globals';
import { score } from '../../src/evaluate/score.js';
import type { Tagger } from '../../src/model/tagger.js';
import { type Entity, tagsOf } from '../../src/text/tags.js';
import { fitDecision } from '../../src/train/decision.js';
import { DevBatches } from '../../src/train/dev_batches.js';
import { fitOutside } from '../../src/train/outside.js';
import { keyedRandom } from '../../src/train/random.js';
import { randomTagger, SENTENCES } from '../support/random_tagger.js';

function foundAt(tagger: Tagger, outsideScore: number): Entity[][] {
  const before = tagger.outsideScore;
  tagger.outsideScore = outsideScore;
  const found = tagger.tag(SENTENCES);
  tagger.outsideScore = before;
  return found;
}

/** Exact-span F1 by the scorer. */
function f1At(tagger: Tagger, gold: readonly Entity[][], outsideScore: number): number {
  const found = foundAt(tagger, outsideScore);
  const pairs = SENTENCES.map(({ tokens: { length } }, s) => ({
    gold: tagsOf(gold[s], length, 'IOB2'),
    predicted: tagsOf(found[s], length, 'IOB2'),
  }));
  return score(pairs).micro.f1;
}

describe.each(['softmax', 'crf'] as const)('the score of O fitted to a %s', (outputLayer) => {
  const tagger = randomTagger({ outputLayer, tuneOutside: true }, 2);
  const encoded = tagger.encode(SENTENCES);
  const fit = (gold: readonly Entity[][]): number => fitOutside(new DevBatches(tagger, encoded, gold));

  it.each([-1.5, -0.75, 0, 1])('is near %p where the gold entities are those found with it', (outsideScore) => {
    expect(Math.abs(fit(foundAt(tagger, outsideScore)) - outsideScore)).toBeLessThanOrEqual(0.25);
  });

  it('has a better F1 than none, by the scorer, and is a multiple of a quarter', () => {
    const gold = foundAt(tagger, -1);
    const fitted = fit(gold);
    expect(f1At(tagger, gold, fitted)).toBeGreaterThan(f1At(tagger, gold, 0) + 0.01);
    expect(Number.isInteger(4 * fitted)).toBe(true);
  });

  it('is 0 for a dev set of so few entities that one more or less is chance', () => {
    const gold = foundAt(tagger, -1);
    const some = gold.findIndex((entities) => entities.length > 1);
    const dev = new DevBatches(tagger, [[encoded[0][some]]], [gold[some]]);
    expect(fitOutside(dev)).toBe(0);
    expect(fit(gold)).toBeLessThan(0);
  });

  it('never makes F1 worse on the dev set that it is fitted to', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const draw = keyedRandom(seed);
      const some = SENTENCES.map((_, s) => s).filter(() => draw() < 0.2);
      const gold = foundAt(tagger, 1 - 2 * draw()).map((entities) => entities.filter(() => draw() < 0.6));
      const dev = new DevBatches(
        tagger,
        [some.map((s) => encoded[0][s])],
        some.map((s) => gold[s]),
      );
      const f1 = (outsideScore: number): number => {
        let [right, found] = [0, 0];
        dev.decode(outsideScore, (batch) => {
          found += batch.right.flat().length;
          right += batch.right.flat().filter((is) => is).length;
        });
        return (2 * right) / (found + dev.gold.flat().length);
      };
      expect(f1(fitOutside(dev))).toBeGreaterThanOrEqual(f1(0));
    }
  });

  it('is 0 where nothing is right, and where there is nothing', () => {
    expect(fit(SENTENCES.map(() => []))).toBe(0);
    expect(fitOutside(new DevBatches(tagger, [[]], []))).toBe(0);
  });
});

describe('what a tagger decides by', () => {
  it('is fitted to the dev set, and fitted again alike from whatever it was', () => {
    const tagger = randomTagger({ outputLayer: 'crf', tuneOutside: true }, 2);
    const dev = foundAt(tagger, -1).map((entities, s) => ({ ...SENTENCES[s], entities }));
    const { dev: tuned, untuned } = fitDecision(tagger, tagger.encode(SENTENCES), dev);
    const { outsideScore, temperature } = tagger;
    const gold = dev.map(({ entities }) => entities);
    expect(tuned.micro.f1).toBe(f1At(tagger, gold, outsideScore));
    expect(untuned.micro.f1).toBe(f1At(tagger, gold, 0));
    expect(outsideScore).toBeLessThan(0);
    expect(temperature).not.toBe(1);
    fitDecision(tagger, tagger.encode(SENTENCES), dev);
    expect([tagger.outsideScore, tagger.temperature]).toEqual([outsideScore, temperature]);
  });

  it('leaves the score of O alone unless the settings ask for it', () => {
    const tagger = randomTagger({ outputLayer: 'crf' }, 2);
    const dev = foundAt(tagger, -1).map((entities, s) => ({ ...SENTENCES[s], entities }));
    fitDecision(tagger, tagger.encode(SENTENCES), dev);
    expect(tagger.outsideScore).toBe(0);
    expect(tagger.temperature).not.toBe(1);
  });
});
