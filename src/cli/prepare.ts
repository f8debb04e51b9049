import { constants } from 'node:buffer';
import { availableParallelism, totalmem } from 'node:os';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { UsageError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Settings } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import { weightCount } from '../network/parameters.js';
import { shardsOf } from '../train/batches.js';
import { type Footprint, footprint, footprintBeside, loadOf } from '../train/footprint.js';
import { createMembers, type MemberNeeds, type Members } from '../train/members.js';
import type { Example } from '../train/trainer.js';
import { loadKernels } from './kernels.js';
import { counted, thousands } from './progress.js';
import type { Shell } from './shell.js';
import type { TrainingData } from './training_data.js';

/**
 * Builds the vocabularies and draws the weights of the first network, once it is seen that its training fits; of further ones when
 * their turn comes.
 */
export async function prepare(
  data: Pick<TrainingData, 'train' | 'dev'>,
  settings: Settings,
  threads: number,
  shell: Shell,
  gazetteers: readonly Gazetteer[] = [],
): Promise<Members> {
  const kernels = await loadKernels(shell);
  const lengths = { train: lengthsOf(data.train), dev: lengthsOf(data.dev) };
  const fits: MemberNeeds['fits'] = (network, besides, tags) => {
    const load = loadOf(network.settings, lengths.train, lengths.dev, tags, threads);
    const own = footprint(network.settings, network.encoder, load, kernels);
    refuseWhatCannotFit(footprintBeside(own, network, besides, load, kernels), 1 + besides.length, kernels);
  };
  return createMembers(data.train, settings, kernels, { gazetteers, fits });
}

/** Says what a network is. */
export async function describeNetwork({ settings, encoder, tags, parameters }: Tagger, shell: Shell): Promise<void> {
  const { cell, activation, hidden, bidirectional, layers, features, scheme } = settings;
  const weights = parameters.all.reduce((sum, shape) => sum + weightCount(shape), 0);
  await shell.stderr.write(`input  ${shownKinds(features)} one-hots of ${thousands(encoder.size)} entries\n`);
  await shell.stderr.write(
    `model  ${cell === 'elman' ? `elman (${activation})` : cell}, ${hidden} units${bidirectional ? ' each way' : ''}, ` +
      `${counted(layers, 'layer')}, ${tags.length} ${scheme} tags: ${thousands(weights)} weights\n`,
  );
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
const WAY_OUT_OF_SEVERAL = 'fewer --members, a smaller --hidden, --batch-size or vocabulary (--min-count 2) need less';

function refuseWhatCannotFit(
  { bytes, kernelBytes, fileLength }: Footprint,
  networks: number,
  { mostBytes }: Kernels,
): void {
  // a container may allow less than the machine has; 0 or undefined where nothing is known of it
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const longest = constants.MAX_STRING_LENGTH;
  const refusal =
    (bytes > memory && `training needs ${mebibytes(bytes)} of memory; this machine has ${mebibytes(memory)}`) ||
    (kernelBytes > mostBytes &&
      `${networks === 1 ? 'the network needs' : 'the networks need'} ${mebibytes(kernelBytes)}, more than WebAssembly can hold (${mebibytes(mostBytes)})`) ||
    (fileLength > longest &&
      `the model file would have ${mebibytes(fileLength)}, more than can be read back (${mebibytes(longest)})`);
  if (refusal !== false) throw new UsageError(refusal, { hint: networks === 1 ? WAY_OUT : WAY_OUT_OF_SEVERAL });
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
