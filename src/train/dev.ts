import { type Score, score, type TagPair } from '../evaluate/score.js';
import type { Tagger } from '../model/tagger.js';
import { type Entity, entitiesOf, type ParsedTag, parseTag, readEntities, tagsOf } from '../text/tags.js';
import type { Example } from './trainer.js';

/** Scores tag ids against the entities of a dev set. */
export class DevScorer {
  /** In the model's scheme; tags of shape [T] each. */
  private readonly gold: readonly { readonly tags: readonly string[]; readonly entities: readonly Entity[] }[];
  private readonly parsedTags: readonly ParsedTag[];

  constructor(
    private readonly tagger: Pick<Tagger, 'scheme' | 'tags'>,
    dev: readonly Example[],
  ) {
    this.gold = dev.map(({ entities, tokens }) => {
      const tags = tagsOf(entities, tokens.length, tagger.scheme);
      return { tags, entities: entitiesOf(tags) };
    });
    this.parsedTags = tagger.tags.map(parseTag);
  }

  /** `predicted` has the tag ids of all sentences, one after the other. */
  score(predicted: Int32Array): Score {
    return score(this.pairs(predicted));
  }

  private *pairs(predicted: Int32Array): Generator<TagPair, void, undefined> {
    const { scheme } = this.tagger;
    let first = 0;
    for (const { tags, entities } of this.gold) {
      const found = this.read(predicted, first, tags.length);
      first += tags.length;
      yield {
        gold: tags,
        predicted: tagsOf(found, tags.length, scheme),
        entities: { gold: entities, predicted: found },
      };
    }
  }

  private read(ids: Int32Array, first: number, length: number): Entity[] {
    const parsed: ParsedTag[] = [];
    for (let t = first; t < first + length; t++) parsed.push(this.parsedTags[ids[t]]);
    return readEntities(parsed);
  }
}
