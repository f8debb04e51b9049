import { type Score, score } from '../evaluate/score.js';
import type { Encodings } from '../model/each_batch.js';
import { type Scores, scoresOf } from '../model/scores.js';
import { BY_TAGS, type Tagger } from '../model/tagger.js';
import { type Entity, tagsOf } from '../text/tags.js';
import { fitTemperature } from './calibrate.js';
import { fitThreshold, LEAST_PROBABILITY } from './threshold.js';
import type { Example } from './trainer.js';

/** The scores of a tagger on its dev set, in its own scheme as those of an epoch. */
export interface DecisionScores {
  readonly dev: Score;
  /** Those of the likeliest tags, whatever the settings say of the decision. */
  readonly likeliest: Score;
}

/** Fits what a trained tagger decides by beside its weights, the threshold and the temperature, to its dev set. */
export function fitDecision(tagger: Tagger, sentences: Encodings, dev: readonly Example[]): DecisionScores {
  const { kernels, ensemble, tags, decider, settings } = tagger;
  const scores = scoresOf(ensemble, kernels, tags.length, sentences);
  const agreed = tagger.agreedScores(scores, tagger.documentsOf(dev));
  const likeliest = decider.likeliest(scores);
  const scoreOf = (predicted: readonly (readonly Entity[])[]): Score =>
    score(
      dev.map(({ entities, tokens: { length } }, s) => ({
        gold: tagsOf(entities, length, tagger.scheme),
        predicted: tagsOf(predicted[s], length, tagger.scheme),
      })),
    );
  const untuned = scoreOf(likeliest);
  const byTags = agreed === scores ? likeliest : decider.likeliest(agreed);
  const ofTags = { found: byTags, dev: byTags === likeliest ? untuned : scoreOf(byTags) };
  const best = settings.decision === 'tags' ? ofTags : fitted(tagger, agreed, dev, ofTags, scoreOf);
  tagger.temperature = fitTemperature(decider, agreed, best.found, dev);
  return { likeliest: untuned, dev: best.dev };
}

interface Found {
  readonly found: readonly (readonly Entity[])[];
  readonly dev: Score;
}

/** What entities by their probabilities give, or the likeliest tags where those are better: where a network is sure of little. */
function fitted(
  tagger: Tagger,
  agreed: Scores,
  dev: readonly Example[],
  ofTags: Found,
  scoreOf: (found: Found['found']) => Score,
): Found {
  tagger.threshold = fitThreshold(tagger.decider.candidates(agreed, LEAST_PROBABILITY), dev);
  const found = tagger.decide(agreed);
  const ofEntities = { found, dev: scoreOf(found) };
  if (ofEntities.dev.micro.f1 >= ofTags.dev.micro.f1) return ofEntities;
  tagger.threshold = BY_TAGS;
  return ofTags;
}
