import { WasmKernels } from '../kernels/wasm.js';
import { tagWeights } from '../model/class_weights.js';
import { architectureOf } from '../model/settings.js';
import { tagRules } from '../model/tag_rules.js';
import type { Tagger } from '../model/tagger.js';
import { takeGradients } from '../network/gradients.js';
import type { Capacity } from '../network/working.js';
import { shared } from '../parallel/shared.js';
import { LARGEST_SHARD, shardsOf } from './batches.js';
import { type EncodedCorpus, lengthsOf, oneHotCounts } from './corpus.js';
import { largestBatch } from './footprint.js';
import { takeOptimizerMemory } from './optimizer.js';
import { placeCorpus, placeDropRules } from './placed_corpus.js';
import { BATCH_NUMBERS, type TrainingTask } from './task.js';

/** Takes all that a run needs in the kernels, but the participants' own working memory. */
export function createTask(tagger: Tagger, corpus: EncodedCorpus, dev: EncodedCorpus): TrainingTask {
  const { settings, kernels, parameters, encoder } = tagger;
  const sentences = corpus.tokenStarts.length - 1;
  const shards = shardsOf(Math.min(settings.batchSize, sentences));
  const capacity = {
    ...shardCapacity(corpus, settings.batchSize),
    dropsStates: settings.dropoutStates > 0,
  };
  const { shapes, tables, dense } = parameters;
  const touched = Math.min(capacity.oneHots, encoder.size);
  const wideTouched = Math.min(capacity.wide?.oneHots ?? 0, encoder.wideSize);
  const weights = tagWeights(settings.classWeight, tagger.tags);
  return {
    kind: 'train',
    ...(kernels instanceof WasmKernels ? { kernels: kernels.share() } : {}),
    settings,
    architecture: architectureOf(settings),
    rules: tagRules(tagger.tags, settings.scheme),
    parameters: { shapes, tables, dense },
    optimizer: takeOptimizerMemory(settings, parameters, kernels),
    shards: Array.from({ length: shards }, () => takeGradients(kernels, shapes, touched, wideTouched)),
    capacity,
    ...(weights === undefined ? {} : { tagWeights: weights }),
    tokenStarts: corpus.tokenStarts,
    corpus: placeCorpus(corpus, kernels),
    dev,
    ...(settings.dropRare ? { dropRules: placeDropRules(encoder.dropRules, kernels) } : {}),
    order: shared(Int32Array, sentences),
    batch: shared(Float64Array, BATCH_NUMBERS),
    norm: shared(Float64Array, 1),
    losses: shared(Float64Array, shards),
    touched: { input: shared(Int32Array, shards), wide: shared(Int32Array, shards) },
    predicted: shared(Int32Array, dev.gold.length),
  };
}

/** What the largest shard there can be needs, so that none has to grow the memory later. */
function shardCapacity({ tokenStarts, input, wide }: EncodedCorpus, batchSize: number): Capacity {
  const lengths = lengthsOf(tokenStarts);
  const sentences = Math.min(batchSize, LARGEST_SHARD);
  const most = (sizes: Int32Array): number => largestBatch(sizes, sentences);
  return {
    rows: most(lengths),
    steps: lengths.reduce((a, b) => Math.max(a, b), 0),
    oneHots: most(oneHotCounts(tokenStarts, input)),
    ...(wide === undefined ? {} : { wide: { oneHots: most(oneHotCounts(tokenStarts, wide)) } }),
  };
}
