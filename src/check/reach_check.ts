import { packBatch } from '../encode/batch.js';
import { DataError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { gradientReach } from '../network/gradient_reach.js';
import type { ReachReference } from './reference_file.js';
import { buildNetwork, encodedTokens } from './reference_network.js';
import { type Difference, difference, type Tensor } from './tensor.js';

/**
 * Compares the loss of the last token, and the norms of its gradient at every state and memory cell, with a reference file.
 *
 * @throws DataError where the file's members do not fit one another
 */
export function checkReach(file: ReachReference, kernels: Kernels, source: string): Difference[] {
  const { network, architecture } = buildNetwork(file, kernels, source);
  const sentence = encodedTokens(file.tokens, file.vocabularySize, 'tokens', source);
  if (file.lastTag >= file.tagCount) {
    throw new DataError(`lastTag: ${file.lastTag} is not an id below ${file.tagCount}`, { at: { source } });
  }
  const { loss, layers } = gradientReach(network, architecture, kernels, packBatch([sentence]), file.lastTag);
  const [{ stateGradientNorms, cellGradientNorms }] = layers;
  const read = (member: 'stateGradientNorms' | 'cellGradientNorms', values: readonly number[]): Tensor => {
    if (values.length === file.tokens.length) return { shape: [values.length], values };
    throw new DataError(`${member}: expected ${file.tokens.length}, one a token, found ${values.length}`, {
      at: { source },
    });
  };
  const rows = [
    difference('loss', [loss], { shape: [1], values: [file.loss] }),
    difference('norms of dL/ds', stateGradientNorms, read('stateGradientNorms', file.stateGradientNorms)),
  ];
  if (file.cellGradientNorms !== undefined) {
    if (cellGradientNorms === undefined) {
      throw new DataError(`cellGradientNorms: ${file.cell} has no memory cell`, { at: { source } });
    }
    rows.push(difference('norms of dL/dc', cellGradientNorms, read('cellGradientNorms', file.cellGradientNorms)));
  }
  return rows;
}
