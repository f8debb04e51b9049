import { describe, expect, it } from '@jest/globals';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import { Encoder } from '../../src/encode/encoder.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { Network } from '../../src/network/network.js';
import { shardsOf } from '../../src/train/batches.js';
import { encodedCorpus } from '../../src/train/corpus.js';
import { createTask } from '../../src/train/create_task.js';
import { Optimizer, stepsOf, takeOptimizerMemory } from '../../src/train/optimizer.js';
import { JOB, Participant } from '../../src/train/participant.js';
import { writeBatch } from '../../src/train/task.js';
import { createTagger } from '../../src/train/trainer.js';
import { farthest } from '../support/kernels.js';
import { examples } from '../support/small_network.js';

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
/** 40 sentences: three shards. */
const EXAMPLES = examples(Array.from({ length: 40 }, (_, i) => 1 + ((i * 5) % 11)));
const PLAIN = { hidden: 5, batchSize: 40, dropRare: false, clip: 0.5 } as const;

function begin(given: Partial<Settings>) {
  const settings = resolveSettings(PLAIN, given);
  const kernels = new ReferenceKernels('float64');
  const encoder = Encoder.build([{ tokens: WORDS }], settings);
  const tagger = createTagger(encoder, ['X', 'Y'], settings, kernels);
  const weights = () => [tagger.parameters.dense, ...tagger.parameters.tables].flatMap((b) => [...kernels.view(b)]);
  return { settings, kernels, tagger, weights };
}

/** The weights after two steps on the whole batch at once; the loss and the norm of the second. */
function whole(given: Partial<Settings>) {
  const { settings, kernels, tagger, weights } = begin(given);
  const { parameters } = tagger;
  const memory = takeOptimizerMemory(settings, parameters, kernels);
  const optimizer = new Optimizer(settings, parameters, memory, kernels);
  const network = new Network(
    kernels,
    createTask(tagger, encodedCorpus([]), encodedCorpus([])).architecture,
    parameters,
  );
  const nextStep = stepsOf(settings);
  const batch = packBatch(EXAMPLES.map(({ encoded }) => encoded));
  let [loss, norm] = [0, 0];
  for (let i = 0; i < 2; i++) {
    network.load(batch);
    network.forward();
    loss = network.loss(
      packTokens(
        batch,
        EXAMPLES.map(({ gold }) => gold),
      ),
    );
    norm = optimizer.move(network.backward(settings.bpttSteps), nextStep(EXAMPLES.length, 1));
  }
  return { weights: weights(), loss, norm };
}

/** The same by shards, the rows of the tables moved in so many parts. */
function sharded(given: Partial<Settings>, parts: number) {
  const { settings, kernels, tagger, weights } = begin(given);
  const task = createTask(tagger, encodedCorpus(EXAMPLES), encodedCorpus([]));
  const { jobs } = new Participant(task, kernels, tagger.network);
  const nextStep = stepsOf(settings);
  task.order.set([...EXAMPLES.keys()]);
  for (let i = 0; i < 2; i++) {
    const sentences = EXAMPLES.length;
    writeBatch(task, { epoch: 1, first: 0, sentences, parts, ...nextStep(sentences, 1) });
    // in an order of their own
    for (let shard = shardsOf(sentences) - 1; shard >= 0; shard--) jobs[JOB.learn](shard);
    for (let item = parts; item >= 0; item--) jobs[JOB.move](item);
  }
  return { weights: weights(), loss: task.losses.reduce((a, b) => a + b), norm: task.norm[0] };
}

describe('a batch in shards', () => {
  it.each<Partial<Settings>>([
    {},
    { cell: 'lstm', bidirectional: true },
    { cell: 'gru', layers: 2, bpttSteps: 3 },
    { optimizer: 'adam', bidirectional: true },
  ])('has the loss, the gradient and the weights of the whole batch: %j', (given) => {
    const expected = whole(given);
    for (const parts of [1, 2, 5, 16]) {
      const actual = sharded(given, parts);
      expect(farthest(actual.weights, expected.weights)).toBeLessThan(1e-11);
      expect(actual.loss).toBeCloseTo(expected.loss, 10);
      expect(actual.norm).toBeCloseTo(expected.norm, 12);
    }
  });

  it('has exactly the same weights however the rows of the tables are cut', () => {
    const [first, ...others] = [1, 2, 3, 7].map((parts) => sharded({ optimizer: 'adam' }, parts).weights);
    for (const other of others) expect(other).toEqual(first);
  });
});
