import type { SharedKernels } from '../kernels/wasm.js';
import type { Settings } from '../model/settings.js';
import type { Architecture } from '../network/architecture.js';
import type { Gradients } from '../network/gradients.js';
import type { Parameters } from '../network/parameters.js';
import type { TagRules } from '../network/rules.js';
import type { Capacity } from '../network/working.js';
import type { EncodedCorpus } from './corpus.js';
import type { OptimizerMemory } from './optimizer.js';
import type { PlacedCorpus, PlacedDropRules } from './placed_corpus.js';

/** What all participants of a training run share; can be posted. Buffers are in the kernels' memory. */
export interface TrainingTask {
  readonly kind: 'train';
  /** Absent where one participant has the kernels for itself. */
  readonly kernels?: SharedKernels;
  readonly settings: Settings;
  readonly architecture: Architecture;
  readonly rules: TagRules;
  readonly parameters: Pick<Parameters, 'shapes' | 'tables' | 'dense'>;
  readonly optimizer: OptimizerMemory;
  /** Where the gradients of each shard of a batch go. */
  readonly shards: readonly Gradients[];
  /** Of the largest shard there can be. */
  readonly capacity: Capacity;
  /** How much tokens of each tag count, shape [K]; absent where all count 1. */
  readonly tagWeights?: Float64Array;
  /** The first token of every sentence that is learnt from, of R tokens in all; shape [S+1]. */
  readonly tokenStarts: Int32Array;
  readonly corpus: PlacedCorpus;
  readonly dev: EncodedCorpus;
  /** Absent where nothing is dropped. */
  readonly dropRules?: PlacedDropRules;
  /** The sentences of the epoch in the order of its batches, those of a batch longest first; shape [S]. */
  readonly order: Int32Array;
  /** The batch that is trained: see `BATCH_FIELDS`. */
  readonly batch: Float64Array;
  /** What came of it: the norm of the dense gradient before clipping, and the loss of each shard. */
  readonly norm: Float64Array;
  readonly losses: Float64Array;
  /** How many rows of the tables each shard touched: of those of the input, and of the one added to the emissions. */
  readonly touched: Readonly<Record<'input' | 'wide', Int32Array>>;
  /** The tags that were predicted last for the dev set, by its tokens. */
  readonly predicted: Int32Array;
}

/** What changes from batch to batch: numbers in `TrainingTask.batch`. */
export const BATCH_FIELDS = [
  'epoch',
  'first',
  'sentences',
  'parts',
  'rate',
  'tableRate',
  'scale',
  'correction1',
  'correction2',
  'tableCorrection2',
] as const;

/**
 * The batch to train: `sentences` from the `first` of the epoch's order, the step of the optimiser, and into how many parts
 * the touched rows of the tables are cut.
 */
export type BatchNumbers = Readonly<Record<(typeof BATCH_FIELDS)[number], number>>;

export function writeBatch({ batch }: TrainingTask, numbers: BatchNumbers): void {
  BATCH_FIELDS.forEach((field, i) => {
    batch[i] = numbers[field];
  });
}

export function readBatch({ batch }: TrainingTask): BatchNumbers {
  const numbers: Partial<Record<(typeof BATCH_FIELDS)[number], number>> = {};
  for (let i = 0; i < BATCH_FIELDS.length; i++) numbers[BATCH_FIELDS[i]] = batch[i];
  return numbers as BatchNumbers;
}
