import { type Score, score } from '../evaluate/score.js';
import type { Encodings } from '../model/each_batch.js';
import { scoresOf } from '../model/scores.js';
import { type Tagger, UNFITTED_THRESHOLD } from '../model/tagger.js';
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
  tagger.threshold =
    settings.decision === 'tags'
      ? UNFITTED_THRESHOLD
      : fitThreshold(decider.candidates(agreed, LEAST_PROBABILITY), dev);
  const found = settings.decision === 'tags' && agreed === scores ? likeliest : tagger.decide(agreed);
  tagger.temperature = fitTemperature(decider, agreed, found, dev);
  const scoreOf = (predicted: readonly (readonly Entity[])[]): Score =>
    score(
      dev.map(({ entities, tokens: { length } }, s) => ({
        gold: tagsOf(entities, length, tagger.scheme),
        predicted: tagsOf(predicted[s], length, tagger.scheme),
      })),
    );
  const untuned = scoreOf(likeliest);
  return { likeliest: untuned, dev: found === likeliest ? untuned : scoreOf(found) };
}
