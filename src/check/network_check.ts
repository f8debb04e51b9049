import { type Batch, packBatch, packTokens } from '../encode/batch.js';
import type { EncodedSentence } from '../encode/encoder.js';
import { DataError } from '../errors.js';
import type { FloatBuffer, Kernels } from '../kernels/kernels.js';
import { directionsOf } from '../network/architecture.js';
import { gradientsByName } from './gradients_of.js';
import type { NetworkReference } from './reference_file.js';
import { buildNetwork, checkedIds, encodedTokens, type ReferenceNetwork } from './reference_network.js';
import { type Difference, difference, type Tensor, tensorError } from './tensor.js';
import { weightsInOurLayout } from './weights.js';

/** What is computed for each sentence; shapes [T,D] for the D states of both directions, [T,K] for the K tags. */
const QUANTITIES = ['states', 'logits', 'probabilities'] as const;
type Computed = { readonly [Quantity in (typeof QUANTITIES)[number]]: Tensor };

interface Example extends Computed {
  readonly encoded: EncodedSentence;
  readonly gold: Int32Array;
  readonly loss: number;
}

/**
 * Runs a reference file's network and compares the states, logits, probabilities and losses of its sentences and the
 * gradient of every parameter: once with all sentences in one batch, once sentence by sentence.
 *
 * @throws DataError where the file's members do not fit one another
 */
export function checkNetwork(file: NetworkReference, kernels: Kernels, source: string): Difference[] {
  const built = buildNetwork(file, kernels, source);
  const gradients = weightsInOurLayout(file.gradients, built.network.parameters, 'gradients', source);
  const examples = file.sentences.map((_, index) => readExample(file, index, source));
  const together = run(built, kernels, examples);
  const alone = examples.map((example) => run(built, kernels, [example]));
  const sumOf = (name: string): Float64Array =>
    sum(alone.map((outcome) => outcome.gradients.get(name) ?? new Float64Array()));
  const loss: Tensor = { shape: [1], values: [file.loss] };
  return [
    ...worstOfSentences('', together.sentences, examples),
    difference('loss', [together.loss], loss),
    ...[...gradients].map(([name, expected]) => difference(`d${name}`, together.gradients.get(name) ?? [], expected)),
    ...worstOfSentences(
      'one by one: ',
      alone.flatMap(({ sentences }) => sentences),
      examples,
    ),
    lossOfSentences(alone, examples),
    ...[...gradients].map(([name, expected]) => difference(`one by one: d${name}`, sumOf(name), expected)),
  ];
}

function readExample(file: NetworkReference, index: number, source: string): Example {
  const { tokens, tags, loss, ...matrices } = file.sentences[index];
  const path = `sentences[${index}]`;
  if (tags.length !== tokens.length) {
    throw new DataError(`${path}.tags: expected ${tokens.length}, one a token, found ${tags.length}`, {
      at: { source },
    });
  }
  const read = (quantity: (typeof QUANTITIES)[number], width: number): Tensor => {
    const rows = matrices[quantity];
    if (rows.length !== tokens.length || rows.some((row) => row.length !== width)) {
      throw new DataError(`${path}.${quantity}: expected ${tokens.length} × ${width} numbers`, { at: { source } });
    }
    return { shape: [tokens.length, width], values: rows.flat() };
  };
  return {
    encoded: encodedTokens(tokens, file.vocabularySize, `${path}.tokens`, source),
    gold: checkedIds(tags, file.tagCount, `${path}.tags`, source),
    loss,
    states: read('states', file.bidirectional ? 2 * file.hiddenSize : file.hiddenSize),
    logits: read('logits', file.tagCount),
    probabilities: read('probabilities', file.tagCount),
  };
}

interface Outcome {
  /** In the order of the examples. */
  readonly sentences: readonly Computed[];
  /** Of all sentences together. */
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float64Array>;
}

function run(built: ReferenceNetwork, kernels: Kernels, examples: readonly Example[]): Outcome {
  const { network, architecture } = built;
  const batch = packBatch(examples.map(({ encoded }) => encoded));
  const gold = packTokens(
    batch,
    examples.map((example) => example.gold),
  );
  network.load(batch);
  network.forward();
  const stateBuffers = directionsOf(architecture).map((_, d) => network.layer(0, d).memory.states);
  const states = unpacked(kernels, batch, stateBuffers, architecture.hidden);
  const K = network.logits.length / batch.rows;
  const logits = unpacked(kernels, batch, [network.logits], K);
  const probabilities = unpacked(kernels, batch, [network.probabilities()], K);
  network.forward(); // the probabilities took the place of the logits
  const loss = network.loss(gold);
  const gradients = gradientsByName(network, kernels, network.backward());
  const sentences = examples.map((_, s) => ({ states: states[s], logits: logits[s], probabilities: probabilities[s] }));
  return { sentences, loss, gradients };
}

/** The rows [R,width] of each sentence, in the order of the list that was packed; those of several buffers side by side. */
function unpacked(kernels: Kernels, batch: Batch, buffers: readonly FloatBuffer[], width: number): Tensor[] {
  const tensors: Tensor[] = [];
  batch.order.forEach((sentence, i) => {
    const values: number[] = [];
    for (let t = 0; t < batch.lengths[i]; t++) {
      for (const buffer of buffers) {
        const row = batch.starts[t] + i;
        values.push(...kernels.view(buffer).subarray(row * width, (row + 1) * width));
      }
    }
    tensors[sentence] = { shape: [batch.lengths[i], buffers.length * width], values };
  });
  return tensors;
}

/** One row for each quantity: the largest of the sentences' errors. */
function worstOfSentences(prefix: string, actual: readonly Computed[], examples: readonly Example[]): Difference[] {
  const tokens = examples.reduce((total, { encoded }) => total + encoded.length, 0);
  return QUANTITIES.map((quantity) => ({
    name: prefix + quantity,
    shape: [tokens, examples[0][quantity].shape[1]],
    error: Math.max(...examples.map((example, s) => tensorError(actual[s][quantity].values, example[quantity].values))),
  }));
}

function lossOfSentences(alone: readonly Outcome[], examples: readonly Example[]): Difference {
  const errors = examples.map((example, s) => tensorError([alone[s].loss], [example.loss]));
  return { name: 'one by one: loss', shape: [examples.length], error: Math.max(...errors) };
}

function sum(tensors: readonly Float64Array[]): Float64Array {
  return tensors.reduce((total, tensor) => total.map((value, i) => value + tensor[i]));
}
