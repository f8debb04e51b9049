import type { Batch } from '../encode/batch.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Ensemble } from '../network/ensemble.js';
import { type Entity, type ParsedTag, parseTag, readEntities } from '../text/tags.js';
import { typesOf } from './tag_rules.js';

/** What finds entities in the scores of a loaded batch: a network, or several together. */
export type Decoder = Pick<Ensemble, 'decode' | 'spanProbabilities'>;

/** Reads the entities that are found in a batch, and their probabilities. */
export class EntityReader {
  private readonly parsedTags: readonly ParsedTag[];
  private readonly typeIds: ReadonlyMap<string, number>;

  /** `tags` in the order of the network's outputs. */
  constructor(
    tags: readonly string[],
    private readonly kernels: Kernels,
    private readonly decoder: Decoder,
  ) {
    this.parsedTags = tags.map(parseTag);
    this.typeIds = new Map(typesOf(tags).map((type, id) => [type, id]));
  }

  /** Decodes the loaded batch, after `forward`: the i-th list has the entities of its i-th longest sentence. */
  decode(batch: Batch): Entity[][] {
    const best = this.kernels.viewInts(this.decoder.decode());
    return Array.from(batch.order, (_, i) => this.read(batch, i, best));
  }

  /**
   * The probabilities of the entities that `decode` gave, after it: a list for each of its lists. The logits are lost. They are
   * divided by the temperature first.
   */
  probabilities(lists: readonly (readonly Entity[])[], temperature: number): number[][] {
    const spans = lists.flatMap((entities, i) =>
      entities.flatMap(({ start, end, type }) => [i, start, end, this.typeIds.get(type) ?? -1]),
    );
    const all = this.decoder.spanProbabilities(Int32Array.from(spans), temperature);
    let next = 0;
    return lists.map((entities) => entities.map(() => all[next++]));
  }

  /** The entities of the i-th longest sentence, given the tag of each row. */
  private read({ starts, lengths }: Batch, i: number, tags: Int32Array): Entity[] {
    const parsed: ParsedTag[] = [];
    for (let t = 0; t < lengths[i]; t++) parsed.push(this.parsedTags[tags[starts[t] + i]]);
    return readEntities(parsed);
  }
}
