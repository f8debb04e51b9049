import { type Score, score } from '../evaluate/score.js';
import type { Tagger } from '../model/tagger.js';
import { entitiesOf, tagsOf } from '../text/tags.js';
import type { Example } from './trainer.js';

/** Scores tag ids against the entities of a dev set. */
export class DevScorer {
  /** In the model's scheme; shape [T] each. */
  private readonly gold: readonly (readonly string[])[];

  constructor(
    private readonly tagger: Pick<Tagger, 'scheme' | 'tags'>,
    dev: readonly Example[],
  ) {
    this.gold = dev.map(({ entities, tokens }) => tagsOf(entities, tokens.length, tagger.scheme));
  }

  /** `predicted` has the tag ids of all sentences, one after the other. */
  score(predicted: Int32Array): Score {
    const { scheme, tags } = this.tagger;
    let end = 0;
    return score(
      this.gold.map((gold) => {
        const start = end;
        end += gold.length;
        const found = entitiesOf(Array.from(predicted.subarray(start, end), (id) => tags[id]));
        return { gold, predicted: tagsOf(found, gold.length, scheme) };
      }),
    );
  }
}
