import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/model/settings.js';
import { BY_TAGS, type Tagger, UNFITTED_THRESHOLD } from '../../src/model/tagger.js';
import type { Entity } from '../../src/text/tags.js';
import { fitDecision } from '../../src/train/decision.js';
import { randomTagger, SENTENCES } from '../support/random_tagger.js';

const tagger = (given: Partial<Settings>): Tagger => randomTagger({ outputLayer: 'crf', ...given }, 1);
const found = tagger({ decision: 'tags' }).tag(SENTENCES);
const byProbability = tagger({ decision: 'entities' }).tag(SENTENCES);

/** Fitted to sentences that have these entities. */
function fit(fitted: Tagger, gold: readonly (readonly Entity[])[]) {
  const dev = SENTENCES.map((sentence, s) => ({ ...sentence, entities: gold[s] }));
  return fitDecision(fitted, [fitted.encode(SENTENCES)[0]], dev);
}

describe('what a tagger decides by', () => {
  it('differs by tags and by the probabilities of entities', () => {
    expect(byProbability).not.toEqual(found);
  });

  it('are the likeliest tags where these are better than any entities by their probabilities', () => {
    const fitted = tagger({ decision: 'entities' });
    const { dev, likeliest } = fit(fitted, found);
    expect([fitted.threshold, dev.micro.f1, likeliest.micro.f1]).toEqual([BY_TAGS, 1, 1]);
    expect(fitted.tag(SENTENCES)).toEqual(found);
  });

  it('are entities by their probabilities where those are better', () => {
    const fitted = tagger({ decision: 'entities' });
    const { dev, likeliest } = fit(fitted, byProbability);
    expect([fitted.threshold, dev.micro.f1]).toEqual([UNFITTED_THRESHOLD, 1]);
    expect(likeliest.micro.f1).toBeLessThan(1);
    expect(fitted.tag(SENTENCES)).toEqual(byProbability);
  });

  it('are the likeliest tags where the settings say so', () => {
    const fitted = tagger({ decision: 'tags' });
    const { dev, likeliest } = fit(fitted, byProbability);
    expect([fitted.threshold, dev]).toEqual([UNFITTED_THRESHOLD, likeliest]);
  });
});
