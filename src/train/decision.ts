import type { Encodings } from '../model/each_batch.js';
import type { Tagger } from '../model/tagger.js';
import { fitTemperature } from './calibrate.js';
import { DevBatches } from './dev_batches.js';
import { fitOutside } from './outside.js';
import type { Example } from './trainer.js';

/** Fits what a trained tagger decides by beside its weights, the score of O and the temperature, to its dev set. */
export function fitDecision(tagger: Tagger, sentences: Encodings, dev: readonly Pick<Example, 'entities'>[]): void {
  tagger.outsideScore = 0;
  const batches = new DevBatches(
    tagger,
    sentences,
    dev.map(({ entities }) => entities),
  );
  const outsideScore = tagger.settings.tuneOutside ? fitOutside(batches) : 0;
  tagger.temperature = fitTemperature(batches, outsideScore);
  tagger.outsideScore = outsideScore;
}
