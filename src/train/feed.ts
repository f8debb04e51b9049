import { stepStarts } from '../encode/batch.js';
import {
  type DropTable,
  type IntBuffer,
  type Kernels,
  type OneHots,
  type Packing,
  part,
  type TokenOneHots,
} from '../kernels/kernels.js';
import type { Settings } from '../model/settings.js';
import type { Dropout } from '../network/dropout.js';
import type { Gradients } from '../network/gradients.js';
import type { PlacedBatch, PlacedOneHots } from '../network/placed_batch.js';
import { type Capacity, takeOneHots } from '../network/working.js';
import type { PlacedRules } from './placed_corpus.js';
import { keyOf, PLACE } from './random.js';
import type { TrainingTask } from './task.js';

/** A shard as an epoch sees it. */
export interface FedShard {
  readonly batch: PlacedBatch;
  /** Shape [R]: tag ids. */
  readonly gold: IntBuffer;
  readonly dropout?: Dropout<IntBuffer>;
}

/** What shards are taken from. */
export interface FeedSource extends Pick<TrainingTask, 'tokenStarts' | 'corpus' | 'dropRules'> {
  readonly settings: Pick<Settings, 'seed' | 'dropoutInput' | 'dropoutStates'>;
}

/** How large a shard may be, and the rows of the tables that its one-hots pick. */
export interface FeedSizes extends Pick<Capacity, 'rows' | 'steps' | 'oneHots' | 'wide'> {
  readonly sentences: number;
  readonly tableRows: Readonly<Record<'input' | 'wide', number>>;
}

/** Lays out shard after shard in the kernels' memory, each in place of the one before. */
export class Feed {
  /** The three lists below, one after the other. */
  private readonly places: IntBuffer;
  private readonly sentences: IntBuffer;
  /** The first tokens of the sentences: in the corpus, and among those of the shard alone. */
  private readonly firsts: IntBuffer;
  private readonly ownFirsts: IntBuffer;
  private readonly starts: IntBuffer;
  private readonly gold: IntBuffer;
  private readonly rowKeys: IntBuffer;
  private readonly decided: IntBuffer;
  private readonly input: TableFeed;
  private readonly wide: TableFeed | undefined;

  constructor(
    private readonly source: FeedSource,
    private readonly kernels: Kernels,
    { sentences, rows, steps, oneHots, wide, tableRows }: FeedSizes,
  ) {
    const { corpus, dropRules } = source;
    this.places = kernels.ints(3 * sentences);
    this.sentences = part(this.places, 0, sentences);
    this.firsts = part(this.places, sentences, sentences);
    this.ownFirsts = part(this.places, 2 * sentences, sentences);
    this.starts = kernels.ints(steps + 1);
    this.gold = kernels.ints(rows);
    this.rowKeys = kernels.ints(rows);
    this.decided = kernels.ints((dropRules?.decidedRows ?? 0) + 1);
    this.input = new TableFeed(corpus.input, kernels, { rows, oneHots }, tableRows.input, dropRules?.input);
    this.wide =
      corpus.wide &&
      new TableFeed(corpus.wide, kernels, { rows, oneHots: wide?.oneHots ?? 0 }, tableRows.wide, dropRules?.wide);
  }

  /** The given sentences, none of them empty, which come longest first. The rows that they touch are listed in the gradients. */
  take(chosen: ArrayLike<number>, epoch: number, gradients: Gradients): FedShard {
    const { source, kernels, input, wide } = this;
    const lengths = this.choose(chosen);
    const steps = lengths[0];
    const rows = stepStarts(lengths, kernels.viewInts(part(this.starts, 0, steps + 1)))[steps];
    const packing = { steps, rows, starts: this.starts };
    const firsts = this.drop(chosen.length, epoch);
    kernels.packTokens(packing, this.firsts, source.corpus.gold, this.gold);
    const { oneHots, touched } = input.pack(packing, firsts, gradients.touched);
    const batch = { steps, rows, starts: this.starts, lengths, oneHots, touched };
    const shard = {
      batch: wide && gradients.wide ? { ...batch, wide: wide.pack(packing, firsts, gradients.wide.touched) } : batch,
      gold: this.gold,
    };
    const { dropoutInput, dropoutStates, seed } = source.settings;
    if (dropoutInput === 0 && dropoutStates === 0) return shard;
    // each token's draws are keyed by the epoch, the sentence and the token alone
    kernels.packKeys(packing, this.sentences, keyOf(seed, PLACE.dropout, epoch), this.rowKeys);
    return { ...shard, dropout: { rowKeys: this.rowKeys, input: dropoutInput, states: dropoutStates } };
  }

  /** Writes down which sentences they are, and returns their lengths. */
  private choose(chosen: ArrayLike<number>): Int32Array {
    const { tokenStarts } = this.source;
    const most = this.sentences.length;
    const places = this.kernels.viewInts(this.places);
    const lengths = new Int32Array(chosen.length);
    let tokens = 0;
    for (let i = 0; i < chosen.length; i++) {
      const s = chosen[i];
      places[i] = s;
      places[most + i] = tokenStarts[s];
      places[2 * most + i] = tokens;
      lengths[i] = tokenStarts[s + 1] - tokenStarts[s];
      tokens += lengths[i];
    }
    return lengths;
  }

  /** Drops one-hots if any are to be dropped; returns the first tokens of the sentences as the tables have them then. */
  private drop(count: number, epoch: number): IntBuffer {
    const { kernels, input, wide, decided } = this;
    const { corpus, settings } = this.source;
    if (input.drops === undefined) return this.firsts;
    const key = keyOf(settings.seed, PLACE.dropRare, epoch);
    const sentences = part(this.sentences, 0, count);
    const tables = wide?.drops === undefined ? [input.drops] : [input.drops, wide.drops];
    kernels.dropOneHots(sentences, corpus.tokenStarts, key, tables, decided);
    return this.ownFirsts;
  }
}

/** The one-hots of one table. */
class TableFeed {
  /** Absent where nothing is dropped. */
  readonly drops: DropTable | undefined;
  /** The one-hots to lay out: of the corpus, or what is left of those of a shard. */
  private readonly from: TokenOneHots;
  private readonly index: IntBuffer;
  /** Where they go. */
  private readonly memory: OneHots;

  constructor(
    corpus: TokenOneHots,
    private readonly kernels: Kernels,
    { rows, oneHots }: { readonly rows: number; readonly oneHots: number },
    private readonly tableRows: number,
    rules: PlacedRules | undefined,
  ) {
    const { weights, ...unweighted } = takeOneHots(kernels, rows, oneHots);
    this.memory = corpus.weights === undefined ? unweighted : { ...unweighted, weights };
    this.index = kernels.columnIndex(tableRows);
    this.drops = rules && { ...rules, from: corpus, to: roomFor(corpus, rows, oneHots, kernels) };
    this.from = this.drops?.to ?? corpus;
  }

  /** Lays out the one-hots of sentences whose first tokens are given, and lists the rows that they touch. */
  pack(packing: Packing, firsts: IntBuffer, touched: IntBuffer): Required<PlacedOneHots> {
    const { kernels, memory } = this;
    const count = kernels.packOneHots(packing, firsts, this.from, memory);
    const ids = part(memory.ids, 0, count);
    const rows = kernels.touchedColumns(this.index, this.tableRows, ids, memory.slots, touched);
    return { oneHots: { ...memory, ids }, touched: rows };
  }
}

/** Memory for what is left of the one-hots of a shard. */
function roomFor({ weights }: TokenOneHots, rows: number, oneHots: number, kernels: Kernels): TokenOneHots {
  const room = { starts: kernels.ints(rows + 1), ids: kernels.ints(oneHots) };
  return weights === undefined ? room : { ...room, weights: kernels.floats(oneHots) };
}
