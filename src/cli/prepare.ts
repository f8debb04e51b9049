import { constants } from 'node:buffer';
import { availableParallelism, totalmem } from 'node:os';
import { Encoder } from '../encode/encoder.js';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { UsageError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import { tagSet } from '../text/tags.js';
import { shardsOf } from '../train/batches.js';
import { type Footprint, footprint, loadOf } from '../train/footprint.js';
import { createTagger, type Example, entityTypes } from '../train/trainer.js';
import { loadKernels } from './kernels.js';
import { thousands } from './progress.js';
import type { Shell } from './shell.js';
import type { TrainingData } from './training_data.js';

/** Builds the vocabulary, sees that the run fits, and draws the weights. */
export async function prepare(
  data: Pick<TrainingData, 'train' | 'dev'>,
  settings: Settings,
  threads: number,
  shell: Shell,
  gazetteers: readonly Gazetteer[] = [],
): Promise<Tagger> {
  const kernels = await loadKernels(shell);
  const encoder = Encoder.build(data.train, { ...settings, gazetteers });
  const types = entityTypes(data.train);
  const tags = tagSet(types, settings.scheme).length;
  const load = loadOf(settings, lengthsOf(data.train), lengthsOf(data.dev), tags, threads);
  const needed = footprint(settings, encoder, load, kernels);
  refuseWhatCannotFit(needed, kernels);
  const cell = settings.cell === 'elman' ? `elman (${settings.activation})` : settings.cell;
  await shell.stderr.write(`input  ${shownKinds(settings.features)} one-hots of ${thousands(encoder.size)} entries\n`);
  await shell.stderr.write(
    `model  ${cell}, ${settings.hidden} units${settings.bidirectional ? ' each way' : ''}, ` +
      `${settings.layers} layer${settings.layers > 1 ? 's' : ''}, ${tags} ${settings.scheme} tags: ` +
      `${thousands(needed.weights)} weights\n`,
  );
  return createTagger(encoder, types, settings, kernels);
}

/** Tokens of all epochs below which starting threads costs more than they bring. */
const FEW_TOKENS = 50_000;

/** Threads to train with: as many as were asked for, else one for each core that can have a shard of a batch. */
export function trainingThreads(
  given: number | undefined,
  train: readonly Example[],
  { epochs, batchSize }: Settings,
): number {
  if (given !== undefined) return given;
  const tokens = lengthsOf(train).reduce((sum, length) => sum + length, 0);
  return tokens * epochs < FEW_TOKENS ? 1 : Math.min(availableParallelism(), shardsOf(batchSize));
}

function lengthsOf(examples: readonly Example[]): number[] {
  return examples.map(({ tokens }) => tokens.length);
}

const WAY_OUT = 'a smaller --hidden, --batch-size or vocabulary (--min-count 2) needs less';

function refuseWhatCannotFit({ bytes, kernelBytes, fileLength }: Footprint, { mostBytes }: Kernels): void {
  // a container may allow less than the machine has; 0 or undefined where nothing is known of it
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const longest = constants.MAX_STRING_LENGTH;
  const refusal =
    (bytes > memory && `training needs ${mebibytes(bytes)} of memory; this machine has ${mebibytes(memory)}`) ||
    (kernelBytes > mostBytes &&
      `the network needs ${mebibytes(kernelBytes)}, more than WebAssembly can hold (${mebibytes(mostBytes)})`) ||
    (fileLength > longest &&
      `the model file would have ${mebibytes(fileLength)}, more than can be read back (${mebibytes(longest)})`);
  if (refusal !== false) throw new UsageError(refusal, { hint: WAY_OUT });
}

function mebibytes(bytes: number): string {
  return `${thousands(bytes / 2 ** 20)} MiB`;
}

/** Kinds of one-hots that a line has room for. */
const KINDS_SHOWN = 4;

/** Kinds of one-hots, the first few of many: `ner inspect` shows all of them. */
function shownKinds(features: string): string {
  const kinds = features.split(',');
  if (kinds.length <= KINDS_SHOWN) return features;
  return `${kinds.slice(0, KINDS_SHOWN).join(',')} and ${kinds.length - KINDS_SHOWN} more kinds of`;
}
