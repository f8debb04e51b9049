import type { SharedKernels } from '../kernels/wasm.js';
import type { Settings } from '../model/settings.js';
import type { Architecture } from '../network/architecture.js';
import type { Gradients } from '../network/gradients.js';
import type { Parameters } from '../network/parameters.js';
import type { TagRules } from '../network/rules.js';
import type { Capacity } from '../network/working.js';
import type { EncodedCorpus } from './corpus.js';
import type { OptimizerMemory, Step } from './optimizer.js';
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
  /** The batch that is trained: see `BatchNumbers`. */
  readonly batch: Float64Array;
  /** What came of it: the norm of the dense gradient before clipping, and the loss of each shard. */
  readonly norm: Float64Array;
  readonly losses: Float64Array;
  /** How many rows of the tables each shard touched: of those of the input, and of the one added to the emissions. */
  readonly touched: Readonly<Record<'input' | 'wide', Int32Array>>;
  /** The tags that were predicted last for the dev set, by its tokens. */
  readonly predicted: Int32Array;
}

/** What changes from batch to batch, which participants read from `TrainingTask.batch`. */
export interface BatchNumbers {
  readonly epoch: number;
  /** `sentences` from the `first` of the epoch's order. */
  readonly first: number;
  readonly sentences: number;
  /** Into how many parts the touched rows of the tables are cut. */
  readonly parts: number;
  /** The step of the optimiser. */
  readonly step: Step;
}

export const BATCH_NUMBERS = 10;

export function writeBatch({ batch }: TrainingTask, { epoch, first, sentences, parts, step }: BatchNumbers): void {
  const { rate, tableRate, scale, correction1, correction2, tableCorrection2 } = step;
  batch[0] = epoch;
  batch[1] = first;
  batch[2] = sentences;
  batch[3] = parts;
  batch[4] = rate;
  batch[5] = tableRate;
  batch[6] = scale;
  batch[7] = correction1;
  batch[8] = correction2;
  batch[9] = tableCorrection2;
}

export function readBatch({ batch }: TrainingTask): BatchNumbers {
  return {
    epoch: batch[0],
    first: batch[1],
    sentences: batch[2],
    parts: batch[3],
    step: {
      rate: batch[4],
      tableRate: batch[5],
      scale: batch[6],
      correction1: batch[7],
      correction2: batch[8],
      tableCorrection2: batch[9],
    },
  };
}
