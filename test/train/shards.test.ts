import { describe, expect, it } from '@jest/globals';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import { Encoder } from '../../src/encode/encoder.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { tagWeights } from '../../src/model/class_weights.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { isTurn, shardsOf } from '../../src/train/batches.js';
import { encodedCorpus } from '../../src/train/corpus.js';
import { createTask } from '../../src/train/create_task.js';
import { Optimizer, stepsOf, takeOptimizerMemory } from '../../src/train/optimizer.js';
import { JOB, Participant } from '../../src/train/participant.js';
import { writeBatch } from '../../src/train/task.js';
import { createTagger } from '../../src/train/trainer.js';
import { farthest } from '../support/kernels.js';

/** 40 sentences: three shards. Words repeat, so that shards have rows of the tables in common and others to themselves. */
const SENTENCES = Array.from({ length: 40 }, (_, s) => ({
  tokens: Array.from({ length: 1 + ((s * 5) % 11) }, (_, t) => `w${(s * (t + 3)) % 17}`),
  entities: s % 2 === 0 ? [{ start: 0, end: 1, type: s % 3 === 0 ? 'X' : 'Y' }] : [],
}));
/** One in which the input of the first batch is moved. */
const EPOCH = 2;
const PLAIN = { hidden: 5, batchSize: 40, dropRare: false, clip: 0.5 } as const;

function begin(given: Partial<Settings>) {
  const settings = resolveSettings(PLAIN, given);
  const kernels = new ReferenceKernels('float64');
  const encoder = Encoder.build(SENTENCES, settings);
  const tagger = createTagger(encoder, ['X', 'Y'], settings, kernels);
  const encoded = encoder.encodeTraining(SENTENCES);
  const examples = SENTENCES.map(({ entities, tokens }, s) => {
    return { encoded: encoded[s], gold: tagger.goldIds(entities, tokens.length) };
  });
  const weights = () => [tagger.parameters.dense, ...tagger.parameters.tables].flatMap((b) => [...kernels.view(b)]);
  return { settings, kernels, tagger, examples, weights };
}

/** The weights after two steps on the whole batch at once; the loss and the norm of the second. */
function whole(given: Partial<Settings>) {
  const { settings, kernels, tagger, examples, weights } = begin(given);
  const { parameters, network } = tagger;
  const memory = takeOptimizerMemory(settings, parameters, kernels);
  const optimizer = new Optimizer(settings, parameters, memory, kernels);
  const nextStep = stepsOf(settings);
  const batch = packBatch(examples.map(({ encoded }) => encoded));
  const gold = packTokens(
    batch,
    examples.map((example) => example.gold),
  );
  const costs = tagWeights(settings.classWeight, tagger.tags);
  let [loss, norm] = [0, 0];
  for (let i = 0; i < 2; i++) {
    network.load(batch);
    network.forward();
    loss = network.loss(gold, costs);
    if (settings.adversarial > 0 && isTurn(EPOCH, 0)) {
      network.moveInput(settings.adversarial, settings.bpttSteps);
      network.forward();
      network.loss(gold, costs);
    }
    norm = optimizer.move(network.backward(settings.bpttSteps), nextStep(examples.length, 1));
  }
  return { weights: weights(), loss, norm };
}

/** The same by shards, the rows of the tables moved in so many parts. */
function sharded(given: Partial<Settings>, parts: number) {
  const { settings, kernels, tagger, examples, weights } = begin(given);
  const task = createTask(tagger, encodedCorpus(examples), encodedCorpus([]));
  const { jobs } = new Participant(task, kernels, tagger.network);
  const nextStep = stepsOf(settings);
  const lengths = examples.map(({ encoded }) => encoded.length);
  task.order.set([...examples.keys()].sort((a, b) => lengths[b] - lengths[a] || a - b));
  for (let i = 0; i < 2; i++) {
    const sentences = examples.length;
    writeBatch(task, { epoch: EPOCH, first: 0, sentences, parts, step: nextStep(sentences, 1) });
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
    { features: 'word,lower,conjunctions:both', tableOptimizer: 'adagrad', outputLayer: 'crf' },
    { features: 'word,conjunctions:wide', columnWidth: 4, optimizer: 'adam' },
    { cell: 'gru', columnWidth: 4, adversarial: 0.1, bpttSteps: 3, classWeight: ['X=2'] },
    { features: 'word,conjunctions:wide', columnWidth: 4, adversarial: 0.3, outputLayer: 'crf', layers: 2 },
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

describe('a batch whose input is moved', () => {
  const moved = { columnWidth: 4, adversarial: 0.2 } as const;

  it('has the loss of the input as it is, and learns something else', () => {
    const [there, here] = [sharded(moved, 1), sharded({ columnWidth: 4 }, 1)];
    expect(there.weights).not.toEqual(here.weights);
    const once = (given: Partial<Settings>) => sharded({ ...given, learningRate: 0, tableLearningRate: 0 }, 1).loss;
    expect(once(moved)).toBe(once({ columnWidth: 4 }));
  });

  it('is every second one, and where there is one an epoch that of every second epoch', () => {
    const turns = (epoch: number) => [0, 1, 2, 3].map((batch) => isTurn(epoch, batch));
    expect(turns(1)).toEqual([false, true, false, true]);
    expect(turns(2)).toEqual([true, false, true, false]);
  });
});
