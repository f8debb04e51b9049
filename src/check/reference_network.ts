import type { EncodedSentence } from '../encode/encoder.js';
import { DataError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { type Architecture, parameterShapes } from '../network/architecture.js';
import { Network } from '../network/network.js';
import { Parameters } from '../network/parameters.js';
import type { DescribedNetwork } from './reference_file.js';
import { weightsInOurLayout } from './weights.js';

/** The network that a reference file describes, with its weights. */
export interface ReferenceNetwork {
  readonly architecture: Architecture;
  readonly network: Network;
}

const GATE_ORDERS = { elman: undefined, lstm: 'ifgo', gru: 'rzn' } as const;

/**
 * Builds a reference file's network in the given kernels.
 *
 * @throws DataError where the gates are in another order than ours, or where a weight is missing, unknown or misshapen
 */
export function buildNetwork(file: DescribedNetwork, kernels: Kernels, source: string): ReferenceNetwork {
  const at = { source };
  if (file.cell === 'elman' && file.activation === undefined) {
    throw new DataError('activation: an Elman network needs one', { at });
  }
  if (file.gateOrder !== undefined && file.gateOrder !== GATE_ORDERS[file.cell]) {
    throw new DataError(`gateOrder: ${file.gateOrder} is not the order of ${file.cell}'s gates`, { at });
  }
  const architecture: Architecture = {
    cell: file.cell,
    activation: file.activation ?? 'tanh',
    bidirectional: file.bidirectional,
    hidden: file.hiddenSize,
    layers: 1,
    outputLayer: 'softmax',
  };
  const sizes = { columns: file.vocabularySize, tags: file.tagCount };
  const parameters = new Parameters(parameterShapes(architecture, sizes), kernels);
  for (const [name, { values }] of weightsInOurLayout(file.parameters, parameters, 'parameters', source)) {
    kernels.view(parameters.get(name)).set(values);
  }
  return { architecture, network: new Network(kernels, architecture, parameters) };
}

/**
 * A sentence of a reference file, which has one one-hot a token.
 *
 * @throws DataError where an id is not one of the vocabulary's
 */
export function encodedTokens(
  tokens: readonly number[],
  vocabularySize: number,
  member: string,
  source: string,
): EncodedSentence {
  const ids = checkedIds(tokens, vocabularySize, member, source);
  return { length: tokens.length, starts: Int32Array.from({ length: tokens.length + 1 }, (_, t) => t), ids };
}

/** Ids below `size`. Throws DataError at the first that is not. */
export function checkedIds(ids: readonly number[], size: number, member: string, source: string): Int32Array {
  const wrong = ids.findIndex((id) => id >= size);
  if (wrong >= 0) {
    throw new DataError(`${member}[${wrong}]: ${ids[wrong]} is not an id below ${size}`, { at: { source } });
  }
  return Int32Array.from(ids);
}
