import type { Encoder } from '../encode/encoder.js';
import { modelLength } from '../model/json.js';
import { architectureOf, type Settings } from '../model/settings.js';
import { cellOf, directionsOf, parameterShapes } from '../network/architecture.js';
import { weightCount } from '../network/parameters.js';
import { optimizerFloats } from './optimizer.js';

/** What a training run will need, worked out before anything is allocated. */
export interface Footprint {
  readonly weights: number;
  /** Bytes of weights, gradients, optimiser state, working memory, the copy of the best weights, and of saving. */
  readonly bytes: number;
  /** Of these, the bytes in the kernels' memory. */
  readonly kernelBytes: number;
  /** Characters of the model file. */
  readonly fileLength: number;
}

/** `rows` is the number of tokens in the largest batch there can be, of training or of scoring, `tags` that of the network's outputs. */
export function footprint(
  settings: Settings,
  encoder: Encoder,
  tags: number,
  rows: number,
  floatBytes: number,
): Footprint {
  const architecture = architectureOf(settings);
  const shapes = parameterShapes(architecture, { columns: encoder.size, wideColumns: encoder.wideSize, tags });
  const tables = shapes.tables.reduce((sum, shape) => sum + weightCount(shape), 0);
  const dense = shapes.dense.reduce((sum, shape) => sum + weightCount(shape), 0);
  const cell = cellOf(architecture);
  const directions = directionsOf(architecture).length;
  const { layers, hidden, columnWidth, dropoutStates, averageEpochs, outputLayer } = settings;
  const dropped = dropoutStates > 0 ? hidden : 0;
  // Beside the scores themselves, a CRF's lattice has five numbers a tag, the search for the best path one.
  const output = tags * (outputLayer === 'crf' ? 6 : 2);
  const aRow = layers * directions * (cell.floatsPerRow(hidden) + dropped) + 2 * columnWidth + output;
  const touched = columnWidth > 0 ? columnWidth : directions * cell.gates * hidden;
  const weights = tables + dense;
  const copies = optimizerFloats(settings, dense, tables) + (averageEpochs > 0 ? weights : 0);
  const inKernels = weights + copies + dense + rows * (aRow + touched);
  const fileLength = modelLength(weights, encoder.vocabularies);
  // While the kernels' memory grows, the old block lives beside a new one half as large again. Saving takes the file as
  // pieces, joined, and as bytes.
  const bytes = (2.5 * inKernels + weights) * floatBytes + 3 * fileLength;
  return { weights, bytes, kernelBytes: inKernels * floatBytes, fileLength };
}

/** The sum of the `batchSize` largest of some sentences' sizes: what the largest batch there can be holds. */
export function largestBatch(lengths: readonly number[], batchSize: number): number {
  const longest = [...lengths].sort((a, b) => b - a).slice(0, batchSize);
  return longest.reduce((sum, length) => sum + length, 0);
}
