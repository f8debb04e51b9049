import { describe, expect, it } from '@jest/globals';
import { score } from '../../src/evaluate/score.js';
import { bestEntities, type Candidate } from '../../src/model/best_entities.js';
import { scoresOf } from '../../src/model/scores.js';
import { type Tagger, UNFITTED_THRESHOLD } from '../../src/model/tagger.js';
import { type Entity, tagsOf } from '../../src/text/tags.js';
import { fitDecision } from '../../src/train/decision.js';
import { keyedRandom } from '../../src/train/random.js';
import { fitThreshold, LEAST_PROBABILITY } from '../../src/train/threshold.js';
import { randomTagger, SENTENCES } from '../support/random_tagger.js';

function candidatesOf(tagger: Tagger): Candidate[][] {
  const { ensemble, kernels, tags } = tagger;
  const scores = scoresOf(ensemble, kernels, tags.length, tagger.encode(SENTENCES));
  return tagger.decider.candidates(scores, LEAST_PROBABILITY);
}

function foundAt(candidates: readonly Candidate[][], threshold: number): Entity[][] {
  return candidates.map((list, s) =>
    bestEntities(list, threshold, SENTENCES[s].tokens.length).map(({ start, end, type }) => ({ start, end, type })),
  );
}

/** Exact-span F1 by the scorer. */
function f1Of(found: readonly Entity[][], gold: readonly (readonly Entity[])[]): number {
  const tagged = SENTENCES.slice(0, gold.length).map(({ tokens: { length } }, s) => ({
    gold: tagsOf(gold[s], length, 'IOB2'),
    predicted: tagsOf(found[s], length, 'IOB2'),
  }));
  return score(tagged).micro.f1;
}

const devOf = (gold: readonly (readonly Entity[])[]) =>
  gold.map((entities, s) => ({ tokens: SENTENCES[s].tokens, entities }));

describe.each(['softmax', 'crf'] as const)('the threshold fitted to a %s', (outputLayer) => {
  const tagger = randomTagger({ outputLayer }, 2);
  const candidates = candidatesOf(tagger);

  it.each([0.15, 0.3, 0.45, 0.7])('is near %p where the gold entities are those found with it', (threshold) => {
    const fitted = fitThreshold(candidates, devOf(foundAt(candidates, threshold)));
    expect(Math.abs(fitted - threshold)).toBeLessThan(0.11);
    expect(20 * fitted).toBeCloseTo(Math.round(20 * fitted), 12);
  });

  it('stays for a dev set of so few entities that one more or less is chance', () => {
    const gold = foundAt(candidates, 0.15);
    const some = gold.findIndex((entities) => entities.length > 2);
    const dev = { tokens: SENTENCES[some].tokens, entities: gold[some] };
    expect(fitThreshold([candidates[some]], [dev])).toBe(UNFITTED_THRESHOLD);
    expect(fitThreshold(candidates, devOf(gold))).toBeLessThan(0.3);
  });

  it('never makes F1 worse on the dev set that it is fitted to', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const draw = keyedRandom(seed);
      const threshold = 0.1 + 0.8 * draw();
      const gold = foundAt(candidates, threshold).map((entities) => entities.filter(() => draw() < 0.6));
      const few = gold.slice(0, 20 + Math.floor(80 * draw()));
      const f1 = (at: number): number => f1Of(foundAt(candidates, at), few);
      expect(f1(fitThreshold(candidates.slice(0, few.length), devOf(few)))).toBeGreaterThanOrEqual(
        f1(UNFITTED_THRESHOLD),
      );
    }
  });

  it('stays where nothing is right, and where there is nothing', () => {
    expect(fitThreshold(candidates, devOf(SENTENCES.map(() => [])))).toBe(UNFITTED_THRESHOLD);
    expect(fitThreshold([], [])).toBe(UNFITTED_THRESHOLD);
  });
});

describe('what a tagger decides by', () => {
  it('is fitted to the dev set, and fitted again alike from whatever it was', () => {
    const tagger = randomTagger({ outputLayer: 'crf', decision: 'entities' }, 2);
    const gold = foundAt(candidatesOf(tagger), 0.2);
    const { dev, likeliest } = fitDecision(tagger, tagger.encode(SENTENCES), devOf(gold));
    const { threshold, temperature } = tagger;
    expect(threshold).toBeLessThan(0.3);
    expect(dev.micro.f1).toBe(f1Of(tagger.tag(SENTENCES), gold));
    expect(dev.micro.f1).toBeGreaterThan(likeliest.micro.f1);
    expect(temperature).not.toBe(1);
    fitDecision(tagger, tagger.encode(SENTENCES), devOf(gold));
    expect([tagger.threshold, tagger.temperature]).toEqual([threshold, temperature]);
  });

  it('are the likeliest tags unless the settings ask for entities', () => {
    const tagger = randomTagger({ outputLayer: 'crf' }, 2);
    const gold = foundAt(candidatesOf(tagger), 0.2);
    const { dev, likeliest } = fitDecision(tagger, tagger.encode(SENTENCES), devOf(gold));
    expect(dev).toEqual(likeliest);
    expect(dev.micro.f1).toBe(f1Of(tagger.tag(SENTENCES), gold));
    expect(tagger.threshold).toBe(UNFITTED_THRESHOLD);
    expect(tagger.temperature).not.toBe(1);
  });
});
