import { packBatch, packTokens, type TrainingBatch } from '../../src/encode/batch.js';
import type { EncodedSentence } from '../../src/encode/encoder.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { type Architecture, parameterShapes } from '../../src/network/architecture.js';
import { Network } from '../../src/network/network.js';
import { Parameters } from '../../src/network/parameters.js';
import { numbers } from './kernels.js';

export const COLUMNS = 9;
export const TAGS = 4;

export function architecture(changes: Partial<Architecture> = {}): Architecture {
  const plain = { cell: 'elman', activation: 'tanh', bidirectional: false, hidden: 3, layers: 1 } as const;
  return { ...plain, outputLayer: 'softmax', ...changes };
}

/** Every cell and activation, in one direction and both, of one layer and two, with a softmax. */
export const SOFTMAX_ARCHITECTURES: readonly { title: string; network: Architecture }[] = (
  ['elman tanh', 'elman sigmoid', 'elman relu', 'lstm tanh', 'gru tanh'] as const
).flatMap((unit) =>
  [false, true].flatMap((bidirectional) =>
    [1, 2].map((layers) => {
      const [cell, activation] = unit.split(' ') as [Architecture['cell'], Architecture['activation']];
      const title = `${unit}, ${layers} layer(s), ${bidirectional ? 'both directions' : 'one direction'}`;
      return { title, network: architecture({ cell, activation, bidirectional, layers }) };
    }),
  ),
);

/** Those, and two with a CRF. */
export const ARCHITECTURES: readonly { title: string; network: Architecture }[] = [
  ...SOFTMAX_ARCHITECTURES,
  { title: 'elman tanh with a CRF', network: architecture({ outputLayer: 'crf' }) },
  {
    title: 'lstm with a CRF, 2 layers, both directions',
    network: architecture({ outputLayer: 'crf', cell: 'lstm', layers: 2, bidirectional: true }),
  },
];

/** A network whose weights are the same for the same seed. */
export function smallNetwork(
  shape: Architecture,
  { kernels = new ReferenceKernels('float64'), seed = 1 }: { kernels?: Kernels; seed?: number } = {},
): { kernels: Kernels; parameters: Parameters; network: Network } {
  const parameters = new Parameters(parameterShapes(shape, { columns: COLUMNS, tags: TAGS }), kernels);
  parameters.all.forEach(({ name }, i) => {
    const weights = kernels.view(parameters.get(name));
    weights.set(numbers(weights.length, 100 * seed + i));
  });
  return { kernels, parameters, network: new Network(kernels, shape, parameters) };
}

export interface Example {
  readonly encoded: EncodedSentence;
  readonly gold: Int32Array;
}

/** A sentence from the one-hots of each token. */
export function sentence(tokens: readonly (readonly number[])[]): EncodedSentence {
  const starts = [0];
  for (const ids of tokens) starts.push(starts[starts.length - 1] + ids.length);
  return { length: tokens.length, starts: Int32Array.from(starts), ids: Int32Array.from(tokens.flat()) };
}

/** Sentences of the given lengths with one or two one-hots a token. */
export function examples(lengths: readonly number[], seed = 1): Example[] {
  return lengths.map((length, s) => {
    const draw = (offset: number, n: number): number[] =>
      numbers(length, 1000 * seed + 10 * s + offset).map((x) => Math.floor(((x + 1) / 2) * n));
    const [first, second, gold] = [draw(1, COLUMNS), draw(2, COLUMNS), draw(3, TAGS)];
    const encoded = sentence(first.map((id, t) => (t % 2 === 0 ? [id, second[t]] : [id])));
    return { encoded, gold: Int32Array.from(gold) };
  });
}

export function packed(list: readonly Example[]): { batch: TrainingBatch; gold: Int32Array } {
  const batch = packBatch(list.map(({ encoded }) => encoded));
  return {
    batch,
    gold: packTokens(
      batch,
      list.map((example) => example.gold),
    ),
  };
}
