import type { Encoder } from '../encode/encoder.js';
import type { Kernels } from '../kernels/kernels.js';
import { modelLength } from '../model/json.js';
import { largestPrediction } from '../model/pieces.js';
import { architectureOf, type Settings } from '../model/settings.js';
import { cellOf, directionsOf, parameterShapes } from '../network/architecture.js';
import { type ParameterShapes, tablesOf, weightCount } from '../network/parameters.js';
import { LARGEST_SHARD, shardsOf } from './batches.js';
import { optimizerFloats } from './optimizer.js';

/** What a training run will need, worked out before anything is allocated. */
export interface Footprint {
  readonly weights: number;
  /** Bytes of weights, gradients, optimiser state, working memory, the corpus in the kernels, the copy of the best weights, and of saving. */
  readonly bytes: number;
  /** Of these, the bytes in the kernels' memory. */
  readonly kernelBytes: number;
  /** Characters of the model file. */
  readonly fileLength: number;
}

/** A network that is kept, or will be, while another is trained. */
export interface KeptNetwork {
  readonly settings: Settings;
  readonly encoder: Encoder;
}

/** What decides on memory beside the network. */
export interface Load {
  /** Tags: outputs of the network. */
  readonly tags: number;
  /** Tokens to learn from. */
  readonly tokens: number;
  /** Shards of a batch, and the tokens of the largest there can be. */
  readonly shards: number;
  readonly shardRows: number;
  /** Tokens of the largest batch that is scored. */
  readonly scoredRows: number;
  /** Each has working memory of its own. */
  readonly threads: number;
}

/** What training examples of the given lengths, and scoring dev examples, asks for. */
export function loadOf(
  { batchSize }: Settings,
  lengths: readonly number[],
  devLengths: readonly number[],
  tags: number,
  threads: number,
): Load {
  return {
    tags,
    threads,
    tokens: lengths.reduce((sum, length) => sum + length, 0),
    shards: shardsOf(Math.min(batchSize, lengths.length)),
    shardRows: largestBatch(lengths, Math.min(batchSize, LARGEST_SHARD)),
    scoredRows: largestPrediction(devLengths),
  };
}

export function footprint(
  settings: Settings,
  encoder: Encoder,
  { tags, tokens, shards, shardRows, scoredRows, threads }: Load,
  { floatBytes, growsInPlace }: Pick<Kernels, 'floatBytes' | 'growsInPlace'>,
): Footprint {
  const shapes = shapesOf({ settings, encoder }, tags);
  const tables = shapes.tables.reduce((sum, shape) => sum + weightCount(shape), 0);
  const dense = shapes.dense.reduce((sum, shape) => sum + weightCount(shape), 0);
  const aRow = floatsPerRow(settings, tags);
  // a one-hot of every kind for each token, all of them different
  const touched = Math.min(shardRows * encoder.kinds.length, encoder.size);
  const aTouched = tablesOf(shapes, 'input').reduce((sum, { columns }) => sum + columns, 0);
  const weights = tables + dense;
  const copies = optimizerFloats(settings, dense, tables) + (settings.averageEpochs > 0 ? weights : 0);
  const gradients = shards * (dense + touched * aTouched);
  const working = threads * Math.max(shardRows, scoredRows) * aRow;
  const inKernels =
    (weights + copies + gradients + working) * floatBytes + listBytes(settings, encoder, tokens, threads);
  const fileLength = modelLength(shapes, settings, encoder.vocabularies);
  // Where memory grows by copying, the old block lives beside a new one half as large again. Saving takes the bytes of the
  // file; those of the file before are collected by then, as the strings of so much base64 call for it.
  const kept = settings.weightFormat === 'float32' ? weights : 2 * weights;
  const bytes = (growsInPlace ? 1 : 2.5) * inKernels + kept * floatBytes + fileLength;
  return { weights, bytes, kernelBytes: inKernels, fileLength };
}

/**
 * Bytes of the lists that shards are laid out from: the corpus, with a one-hot of every kind for each token, its start and its tag; and of every
 * row of the tables the kind and the count, if one-hots are dropped, and for each thread its slot.
 */
function listBytes({ dropRare }: Settings, encoder: Encoder, tokens: number, threads: number): number {
  const aToken = encoder.kinds.length * (encoder.weighted ? 2 : 1) + 2;
  const rows = encoder.size + encoder.wideSize;
  return 4 * (tokens * aToken + rows * ((dropRare ? 2 : 0) + threads));
}

function shapesOf({ settings, encoder }: KeptNetwork, tags: number): ParameterShapes {
  const sizes = { columns: encoder.size, wideColumns: encoder.wideSize, tags };
  return parameterShapes(architectureOf(settings), sizes);
}

/** Floats of working memory for each token of a batch. */
function floatsPerRow(settings: Settings, tags: number): number {
  const architecture = architectureOf(settings);
  const { layers, hidden, columnWidth, dropoutStates, outputLayer } = settings;
  const dropped = dropoutStates > 0 ? hidden : 0;
  // Beside the scores themselves, a CRF's lattice has five numbers a tag, the search for the best path one.
  const output = tags * (outputLayer === 'crf' ? 6 : 2);
  const states = cellOf(architecture).floatsPerRow(hidden) + dropped;
  return layers * directionsOf(architecture).length * states + 2 * columnWidth + output;
}

/**
 * The same with other networks of the model kept beside: their weights, and their part of the file, each vocabulary once; and in the
 * kernels' memory what all need to decide together, if that is more.
 */
export function footprintBeside(
  own: Footprint,
  network: KeptNetwork,
  others: readonly KeptNetwork[],
  { tags, scoredRows }: Pick<Load, 'tags' | 'scoredRows'>,
  { floatBytes }: Pick<Kernels, 'floatBytes'>,
): Footprint {
  const written = new Set([network.encoder]);
  let [weights, fileLength] = [0, 0];
  for (const other of others) {
    const shapes = shapesOf(other, tags);
    weights += [...shapes.tables, ...shapes.dense].reduce((sum, shape) => sum + weightCount(shape), 0);
    fileLength += modelLength(shapes, other.settings, written.has(other.encoder) ? [] : other.encoder.vocabularies);
    written.add(other.encoder);
  }
  const training = own.kernelBytes + weights * floatBytes;
  const aRow = [network, ...others].reduce((sum, { settings }) => sum + floatsPerRow(settings, tags), 0);
  const deciding = (own.weights + weights + scoredRows * aRow) * floatBytes;
  const kernelBytes = Math.max(training, deciding);
  return {
    weights: own.weights + weights,
    bytes: own.bytes + kernelBytes - own.kernelBytes + fileLength,
    kernelBytes,
    fileLength: own.fileLength + fileLength,
  };
}

/** The sum of the `batchSize` largest of some sentences' sizes: what the largest batch there can be holds. */
export function largestBatch(lengths: ArrayLike<number>, batchSize: number): number {
  const longest = Int32Array.from(lengths)
    .sort()
    .slice(Math.max(lengths.length - batchSize, 0));
  return longest.reduce((sum, length) => sum + length, 0);
}
