import type { Batch } from '../encode/batch.js';
import { isSameEntity } from '../evaluate/score.js';
import type { FloatArray } from '../kernels/kernels.js';
import { type Encodings, eachBatch } from '../model/each_batch.js';
import type { Piece } from '../model/pieces.js';
import { movedBy, type Tagger } from '../model/tagger.js';
import { shiftScores } from '../network/ensemble.js';
import { type Entity, OUTSIDE } from '../text/tags.js';

/** A batch whose logits are kept. */
interface KeptBatch {
  /** As each encoding has it. */
  readonly batches: readonly Batch[];
  readonly pieces: readonly Piece[];
  readonly logits: FloatArray;
}

/** What is found in a batch: of its i-th longest sentence, or piece of one, the entities and whether each is right. */
export interface Found {
  readonly pieces: readonly Piece[];
  readonly entities: readonly (readonly Entity[])[];
  readonly right: readonly (readonly boolean[])[];
}

/** A dev set with the logits of a tagger, to be decoded again and again. */
export class DevBatches {
  private readonly kept: readonly KeptBatch[];

  /** `gold` has the entities of each sentence. The tagger's score of O is to be 0. */
  constructor(
    private readonly tagger: Tagger,
    sentences: Encodings,
    readonly gold: readonly (readonly Entity[])[],
  ) {
    const kept: KeptBatch[] = [];
    eachBatch(tagger.ensemble, sentences, (batches, pieces) => {
      kept.push({ batches, pieces, logits: tagger.kernels.view(tagger.ensemble.logits).slice() });
    });
    this.kept = kept;
  }

  /** Decodes every batch with something added to the score of O. While `visit` runs, it is the one that is loaded. */
  decode(outsideScore: number, visit: (found: Found) => void): void {
    const { kernels, ensemble, reader, tags } = this.tagger;
    const shift = { tag: tags.indexOf(OUTSIDE), by: outsideScore };
    for (const { batches, pieces, logits } of this.kept) {
      ensemble.load(batches);
      kernels.view(ensemble.logits).set(logits);
      shiftScores(kernels, ensemble.logits, tags.length, shift);
      const entities = reader.decode(batches[0]);
      visit({ pieces, entities, right: entities.map((list, i) => this.areRight(list, pieces[i])) });
    }
  }

  /** The entities of each sentence. */
  entities(outsideScore: number): Entity[][] {
    const found: Entity[][] = this.gold.map(() => []);
    this.decode(outsideScore, ({ pieces, entities }) => {
      entities.forEach((list, i) => {
        const { sentence, offset } = pieces[i];
        for (const entity of list) found[sentence].push(movedBy(entity, offset));
      });
    });
    return found;
  }

  /** The probabilities of the entities that were found in the loaded batch. */
  probabilities(entities: Found['entities'], temperature: number): number[][] {
    return this.tagger.reader.probabilities(entities, temperature);
  }

  private areRight(entities: readonly Entity[], { sentence, offset }: Piece): boolean[] {
    return entities.map((entity) => {
      const found = movedBy(entity, offset);
      return this.gold[sentence].some((other) => isSameEntity(other, found));
    });
  }
}
