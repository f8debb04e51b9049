import { describe, expect, it } from '@jest/globals';
import { Encoder } from '../../src/encode/encoder.js';
import { RunError } from '../../src/errors.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { roundWeights } from '../../src/model/weights.js';
import type { BatchReport } from '../../src/train/epoch.js';
import { rateFactor } from '../../src/train/schedule.js';
import {
  createTagger,
  type EpochReport,
  type Example,
  entityTypes,
  type TrainingHooks,
  train,
} from '../../src/train/trainer.js';

const example = (text: string, ...entities: [number, number, string][]): Example => ({
  tokens: text.split(' '),
  entities: entities.map(([start, end, type]) => ({ start, end, type })),
});

const EXAMPLES = [
  example('Ada Byron left Oslo', [0, 2, 'PER'], [3, 4, 'LOC']),
  example('Acme hired Ada', [0, 1, 'ORG'], [2, 3, 'PER']),
  example('it rained'),
  example('Oslo', [0, 1, 'LOC']),
];

const SMALL = { hidden: 6, epochs: 4, batchSize: 2, dropRare: false } as const;

function tagger(given: Partial<Settings> = {}): Tagger {
  const settings = resolveSettings(SMALL, given);
  const encoder = Encoder.build(EXAMPLES, settings);
  return createTagger(encoder, entityTypes(EXAMPLES), settings, new ReferenceKernels());
}

/** Copies of all weights, by name. */
const weightsOf = ({ parameters, kernels }: Tagger): number[][] =>
  parameters.all.map(({ name }) => Array.from(kernels.view(parameters.get(name))));

const run = (given: Partial<Settings> = {}, hooks: TrainingHooks = {}, dev = EXAMPLES) =>
  train(tagger(given), EXAMPLES, dev, hooks);

it('entity types are in order of their code units, each once', () => {
  expect(entityTypes(EXAMPLES)).toEqual(['LOC', 'ORG', 'PER']);
});

describe('training', () => {
  it('learns its examples by heart', async () => {
    const { best, epochs } = await run({ epochs: 30, learningRate: 0.1, decay: 'none' });
    expect(best.dev.micro.f1).toBe(1);
    expect(epochs[29].loss).toBeLessThan(0.05 * epochs[0].loss);
  });

  it('begins at a loss near that of guessing among all tags', async () => {
    const { epochs } = await run({ epochs: 1, learningRate: 0, tableLearningRate: 0 });
    expect(Math.abs(epochs[0].loss - Math.log(7))).toBeLessThan(0.7);
  });

  it('tells once, when all is laid out, that the first epoch begins', async () => {
    const start = tagger({ epochs: 2 });
    const before = start.kernels.mark();
    const told: (number | string)[] = [];
    const onStart = (epochs: number): void => {
      told.push(epochs);
      expect(start.kernels.mark()).not.toEqual(before);
    };
    await train(start, EXAMPLES, EXAMPLES, { onStart, onEpoch: () => void told.push('epoch') });
    expect(told).toEqual([2, 'epoch', 'epoch']);
  });

  it('counts the tokens of an epoch, in batches of the size asked for, shuffled anew each epoch', async () => {
    const reports: BatchReport[] = [];
    await run({ epochs: 6, batchSize: 1 }, { onBatch: (report) => reports.push(report) });
    expect(reports.length).toBe(6 * 4);
    expect(reports.filter(({ tokens }) => tokens === 10).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(reports.map(({ tokensInEpoch }) => tokensInEpoch))).toEqual(new Set([10]));
    const orders = [1, 2, 3, 4, 5, 6].map((epoch) =>
      reports
        .filter((report) => report.epoch === epoch)
        .map(({ tokens }) => tokens)
        .join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('reports the mean loss of a token: rates of 0 make it the same whatever the batches', async () => {
    const still = { epochs: 1, learningRate: 0, tableLearningRate: 0 };
    const whole = (await run({ ...still, batchSize: 4 })).epochs[0].loss;
    const parts = (await run({ ...still, batchSize: 1 })).epochs[0].loss;
    expect(parts).toBeCloseTo(whole, 5);
  });

  it('ends with the weights of the first of the best epochs, and says which that was', async () => {
    const atBest: number[][][] = [];
    const bests: number[] = [];
    const start = tagger({ epochs: 25, learningRate: 0.1, decay: 'none' });
    const onEpoch = (report: EpochReport) => {
      if (!report.best) return;
      bests.push(report.epoch);
      atBest.push(weightsOf(start));
    };
    const { best, epochs } = await train(start, EXAMPLES, EXAMPLES, { onEpoch });
    const scores = epochs.map(({ dev }) => dev.micro.f1);
    expect(best.epoch).toBe(scores.indexOf(Math.max(...scores)) + 1);
    expect(best.epoch).toBeLessThan(25);
    expect(bests.at(-1)).toBe(best.epoch);
    expect(weightsOf(start)).toEqual(atBest.at(-1));
  });

  it.each(['float16', 'int8'] as const)(
    'scores and keeps weights as %s, but goes on from exact ones',
    async (weightFormat) => {
      const settings = { epochs: 5, averageEpochs: 2 };
      const [rounded, exact] = [await run({ ...settings, weightFormat }), await run(settings)];
      expect(rounded.epochs.map(({ loss }) => loss)).toEqual(exact.epochs.map(({ loss }) => loss));
      const kept = weightsOf(rounded.tagger);
      roundWeights(rounded.tagger.parameters, rounded.tagger.kernels, { weightFormat });
      expect(weightsOf(rounded.tagger)).toEqual(kept);
      expect(kept).not.toEqual(weightsOf(exact.tagger));
    },
  );

  it('stops for lack of patience so many epochs after the last gain', async () => {
    const { epochs, stopped } = await run({ epochs: 50, learningRate: 0.1, decay: 'none', patience: 5 });
    const f1s = epochs.map(({ dev }) => dev.micro.f1);
    const lastGain = f1s.findLastIndex((f1, i) => f1s.slice(0, i).every((earlier) => earlier < f1)) + 1;
    expect([stopped, epochs.length]).toEqual(['patience', lastGain + 5]);
    expect(lastGain).toBeGreaterThan(1);
    expect((await run({ epochs: 3, patience: 0 })).stopped).toBe('finished');
  });

  it('that never finds anything keeps the latest weights, and loses patience all the same', async () => {
    const still = { learningRate: 0, tableLearningRate: 0, epochs: 9, patience: 3 };
    const { best, epochs, stopped } = await run(still, {}, [
      { tokens: ['x'], entities: [{ start: 0, end: 1, type: 'Z' }] },
    ]);
    expect([best.dev.micro.f1, best.epoch, epochs.length, stopped]).toEqual([0, 4, 4, 'patience']);
  });

  it('with decay moves in its last step by the schedule’s last factor of what it would move without', async () => {
    const lastStep = async (decay: 'linear' | 'none') => {
      // without momentum, and with steps too small to change a gradient, a step is its rate times the same gradient
      const start = tagger({
        decay,
        epochs: 5,
        batchSize: EXAMPLES.length,
        momentum: 0,
        learningRate: 1e-3,
        tableLearningRate: 1e-3,
        dropRare: false,
      });
      const seen: number[][][] = [weightsOf(start)];
      await train(start, EXAMPLES, [], { onBatch: () => seen.push(weightsOf(start)) });
      const [before, after] = seen.slice(-2);
      return Math.max(...after.flatMap((row, i) => row.map((weight, j) => Math.abs(weight - before[i][j]))));
    };
    expect((await lastStep('linear')) / (await lastStep('none'))).toBeCloseTo(rateFactor('linear', 4, 5), 1);
  });

  it('replaces rare words while it trains only where that is asked for', async () => {
    const unknown = async (dropRare: boolean) => {
      const start = tagger({ dropRare, epochs: 3 });
      const row = () => weightsOf(start)[0].slice(0, 6);
      const before = row();
      let moved = false;
      const onBatch = () => {
        moved ||= row().some((weight, i) => weight !== before[i]);
      };
      await train(start, EXAMPLES, EXAMPLES, { onBatch });
      return moved;
    };
    expect([await unknown(true), await unknown(false)]).toEqual([true, false]);
  });

  it('scores types unknown to the model as misses, and long sentences of the dev set, too', async () => {
    const dev = [example('Ada left', [0, 1, 'DATE']), example('x '.repeat(3000).trim(), [0, 1, 'PER'])];
    const { best } = await run({}, {}, dev);
    expect(best.dev.micro.fn).toBe(2);
  });
});

describe('weights averaged over the last epochs', () => {
  it('are the mean of those after their batches, and what is scored and kept', async () => {
    const start = tagger({ epochs: 5, averageEpochs: 2, optimizer: 'adam', tableOptimizer: 'adagrad' });
    const passed: number[][][] = [];
    const kept: number[][][] = [];
    let atBest: number[][] = [];
    await train(start, EXAMPLES, EXAMPLES, {
      onBatch: () => passed.push(weightsOf(start)),
      onEpoch: ({ best }) => {
        kept.push(weightsOf(start));
        if (best) atBest = weightsOf(start);
      },
    });
    // two batches an epoch
    const mean = (lists: number[][][]) =>
      lists[0].map((row, i) => row.map((_, j) => lists.reduce((sum, list) => sum + list[i][j], 0) / lists.length));
    const far = (a: number[][], b: number[][]) =>
      Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i][j]))));
    expect(kept[2]).toEqual(passed[5]);
    expect(far(kept[3], mean(passed.slice(6, 8)))).toBeLessThan(1e-6);
    expect(far(kept[4], mean(passed.slice(6, 10)))).toBeLessThan(1e-6);
    expect(far(kept[4], passed[9])).toBeGreaterThan(1e-4);
    expect(weightsOf(start)).toEqual(atBest);
  });

  it('leave the training as it would be without', async () => {
    const losses = async (averageEpochs: number) => (await run({ averageEpochs })).epochs.map(({ loss }) => loss);
    expect(await losses(3)).toEqual(await losses(0));
  });
});

describe('dropout', () => {
  const still = { epochs: 2, learningRate: 0, tableLearningRate: 0, columnWidth: 5 } as const;
  const losses = async (given: Partial<Settings>) => (await run({ ...still, ...given })).epochs.map(({ loss }) => loss);

  it.each([{ dropoutInput: 0.5 }, { dropoutStates: 0.5 }])('of %j drops other units in every epoch', async (rates) => {
    const [whole, again] = await losses({});
    const [first, second] = await losses(rates);
    expect(again).toBeCloseTo(whole, 10);
    expect(Math.abs(first - whole)).toBeGreaterThan(1e-4);
    expect(Math.abs(first - second)).toBeGreaterThan(1e-4);
  });

  it('drops the same units of a sentence whatever the batches', async () => {
    const rates = { dropoutInput: 0.5, dropoutStates: 0.5, bidirectional: true, layers: 2 } as const;
    const [whole] = await losses({ ...rates, batchSize: 4 });
    const [parts] = await losses({ ...rates, batchSize: 1 });
    expect(parts).toBeCloseTo(whole, 5);
  });

  it('is not at work where the dev set is scored', async () => {
    const dev = async (given: Partial<Settings>) =>
      (await run({ ...still, ...given })).epochs.map((epoch) => epoch.dev);
    expect(await dev({ dropoutInput: 0.9, dropoutStates: 0.9 })).toEqual(await dev({}));
  });
});

describe('an abort', () => {
  it('in a later epoch ends with the best weights so far; the epoch is not counted', async () => {
    const controller = new AbortController();
    const hooks = {
      signal: controller.signal,
      onBatch: ({ epoch }: BatchReport) => {
        if (epoch === 3) controller.abort();
      },
    };
    const { epochs, stopped } = await run({ epochs: 9 }, hooks);
    expect([epochs.length, stopped]).toEqual([2, 'interrupted']);
  });

  it('in the first epoch ends with the weights there are, scored', async () => {
    const controller = new AbortController();
    let batches = 0;
    const onBatch = () => {
      batches++;
      controller.abort();
    };
    const { epochs, best, stopped } = await run({ epochs: 9 }, { signal: controller.signal, onBatch });
    expect([batches, epochs.length, best.epoch, stopped]).toEqual([1, 1, 1, 'interrupted']);
  });

  it('before the first batch ends with the weights drawn', async () => {
    const start = tagger();
    const drawn = weightsOf(start);
    const { stopped } = await train(start, EXAMPLES, EXAMPLES, { signal: AbortSignal.abort() });
    expect(stopped).toBe('interrupted');
    expect(weightsOf(start)).toEqual(drawn);
  });

  it('is noticed because training pauses between batches', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    expect((await run({ epochs: 100_000 }, { signal: controller.signal, pause })).stopped).toBe('interrupted');
  });
});

describe('divergence', () => {
  const long = [example('Ada left Oslo '.repeat(150).trim(), [0, 1, 'PER'])];

  it('is an error that names the rates', async () => {
    const wild = { activation: 'relu', hidden: 32, learningRate: 1000, clip: 0, decay: 'none', batchSize: 1 } as const;
    const start = tagger(wild);
    await expect(train(start, long, [])).rejects.toThrow(RunError);
    await expect(train(tagger(wild), long, [])).rejects.toMatchObject({
      message: expect.stringMatching(/^the (loss|gradient) is no longer a finite number in epoch \d$/),
      hint: expect.stringContaining('--learning-rate (now 1000)'),
    });
  });
});
