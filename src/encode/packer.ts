import {
  ColumnIndex,
  countOneHots,
  type PackedOneHots,
  scatter,
  stepStarts,
  type TouchedColumns,
  type TrainingBatch,
} from './batch.js';
import type { OneHots, SentencesInRow } from './one_hots.js';
import { ReusedFloats, ReusedInts } from './reused.js';

/** Packs batch after batch to learn from as `packBatch` does, each in the memory of the one before. */
export class Packer {
  readonly #input: TablePacker;
  readonly #wide: TablePacker;
  readonly #order = new ReusedInts();
  readonly #lengths = new ReusedInts();
  readonly #starts = new ReusedInts();

  /** The rows of the column tables: of the input, and of the one added to the emissions. */
  constructor(rows: number, wideRows: number) {
    this.#input = new TablePacker(rows);
    this.#wide = new TablePacker(wideRows);
  }

  /** Some of the sentences in a row, none of them empty, which come longest first: so their order stays. */
  pack({ tokenStarts, input, wide }: SentencesInRow, chosen: Int32Array): TrainingBatch {
    const [order, lengths] = [this.#order.take(chosen.length), this.#lengths.take(chosen.length)];
    for (let i = 0; i < chosen.length; i++) {
      order[i] = i;
      lengths[i] = tokenStarts[chosen[i] + 1] - tokenStarts[chosen[i]];
    }
    const steps = lengths[0] ?? 0;
    const starts = stepStarts(lengths, this.#starts.take(steps + 1));
    const shape = { rows: starts[steps], steps, starts, order, lengths };
    const packed = { ...shape, ...this.#input.pack(input, tokenStarts, chosen, shape) };
    return wide === undefined ? packed : { ...packed, wide: this.#wide.pack(wide, tokenStarts, chosen, shape) };
  }
}

/** The one-hots of one table. */
class TablePacker {
  readonly #index: ColumnIndex;
  readonly #starts = new ReusedInts();
  readonly #ids = new ReusedInts();
  readonly #slots = new ReusedInts();
  readonly #touched = new ReusedInts();
  readonly #weights = new ReusedFloats();

  constructor(rows: number) {
    this.#index = new ColumnIndex(rows);
  }

  pack(
    { starts: from, ids, weights }: OneHots,
    tokenStarts: Int32Array,
    chosen: Int32Array,
    { rows, starts, lengths }: Pick<TrainingBatch, 'rows' | 'starts' | 'lengths'>,
  ): PackedOneHots & TouchedColumns {
    const oneHotStarts = this.#starts.take(rows + 1);
    oneHotStarts[0] = 0;
    for (let i = 0; i < chosen.length; i++) {
      countOneHots(from, tokenStarts[chosen[i]], lengths[i], i, starts, oneHotStarts);
    }
    for (let row = 0; row < rows; row++) oneHotStarts[row + 1] += oneHotStarts[row];
    const count = oneHotStarts[rows];
    const packed = this.#ids.take(count);
    const packedWeights = weights && this.#weights.take(count);
    for (let i = 0; i < chosen.length; i++) {
      const first = from[tokenStarts[chosen[i]]];
      scatter(ids, first, lengths[i], i, starts, oneHotStarts, packed);
      if (weights && packedWeights) scatter(weights, first, lengths[i], i, starts, oneHotStarts, packedWeights);
    }
    const touched = this.#index.touchedBy(packed, this.#slots.take(count), this.#touched.take(count));
    const oneHots = { oneHotStarts, ids: packed, ...touched };
    return packedWeights === undefined ? oneHots : { ...oneHots, weights: packedWeights };
  }
}
