import { type Score, score } from '../evaluate/score.js';
import type { Encodings } from '../model/each_batch.js';
import type { Tagger } from '../model/tagger.js';
import { tagsOf } from '../text/tags.js';
import { fitTemperature } from './calibrate.js';
import { DevBatches } from './dev_batches.js';
import { fitOutside } from './outside.js';
import type { Example } from './trainer.js';

/** The scores of a tagger on its dev set, in its own scheme as those of an epoch. */
export interface DecisionScores {
  readonly dev: Score;
  /** The same with nothing added to the score of O. */
  readonly untuned: Score;
}

/** Fits what a trained tagger decides by beside its weights, the score of O and the temperature, to its dev set. */
export function fitDecision(tagger: Tagger, sentences: Encodings, dev: readonly Example[]): DecisionScores {
  tagger.outsideScore = 0;
  const batches = new DevBatches(
    tagger,
    sentences,
    dev.map(({ entities }) => entities),
  );
  const outsideScore = tagger.settings.tuneOutside ? fitOutside(batches) : 0;
  tagger.temperature = fitTemperature(batches, outsideScore);
  tagger.outsideScore = outsideScore;
  const scoreAt = (added: number): Score => {
    const found = batches.entities(added);
    return score(
      dev.map(({ entities, tokens: { length } }, s) => ({
        gold: tagsOf(entities, length, tagger.scheme),
        predicted: tagsOf(found[s], length, tagger.scheme),
      })),
    );
  };
  const untuned = scoreAt(0);
  return { untuned, dev: outsideScore === 0 ? untuned : scoreAt(outsideScore) };
}
