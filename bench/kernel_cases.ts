/** What the kernels are timed on: products, layers and whole training steps. */
import { packBatch, packTokens } from '../src/encode/batch.js';
import type { FloatBuffer, Kernels, Recurrence } from '../src/kernels/kernels.js';
import { type Architecture, parameterShapes } from '../src/network/architecture.js';
import { Network } from '../src/network/network.js';
import { Parameters } from '../src/network/parameters.js';
import { Optimizer, stepsOf, takeOptimizerMemory } from '../src/train/optimizer.js';

/** H, sentences of a batch, tokens of a sentence, tags, vocabulary. */
const [H, BATCH, T, K, N] = [128, 32, 14, 9, 20_000];
const ROWS = BATCH * T;

/** Something to time: `prepare` allocates in the kernels and returns the run and what it leaves. */
export interface Case {
  readonly name: string;
  /** Multiplications and additions that the mathematics needs. */
  readonly operations: number;
  prepare(kernels: Kernels): { run: () => void; left: readonly FloatBuffer[] };
}

/** Numbers in [−1, 1), the same for the same seed. */
function numbers(length: number, seed: number): Float32Array {
  let state = seed * 2654435761 + 12345;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 12) / 2 ** 19 - 1;
  });
}

function filled(kernels: Kernels, length: number, seed: number, scale = 1): FloatBuffer {
  const buffer = kernels.floats(length);
  kernels.view(buffer).set(numbers(length, seed).map((x) => scale * x));
  return buffer;
}

type Product = 'multiplyAdd' | 'multiplyTransposedAdd' | 'outerAdd';

/** out[m,n] += a[m,k] b[k,n], or the same sizes for its two gradients. */
function product(name: Product, m: number, k: number, n: number): Case {
  return {
    name: `${name} ${m}×${k}×${n}`,
    operations: 2 * m * k * n,
    prepare(kernels) {
      const [a, b, c] = [filled(kernels, m * k, 1), filled(kernels, k * n, 2), filled(kernels, m * n, 3)];
      const runs = {
        multiplyAdd: { run: () => kernels.multiplyAdd(c, a, b, m, k, n), left: [c] },
        multiplyTransposedAdd: { run: () => kernels.multiplyTransposedAdd(a, c, b, m, n, k), left: [a] },
        outerAdd: { run: () => kernels.outerAdd(b, a, c, m, k, n), left: [b] },
      };
      return runs[name];
    },
  };
}

type Unit = 'elman' | 'lstm' | 'gru';
const GATES: Record<Unit, number> = { elman: 1, lstm: 4, gru: 3 };

/** A recurrent layer over the whole batch, its inputs written anew each time: kernels work in place. */
function layer(unit: Unit, learn: boolean): Case {
  const C = GATES[unit] * H;
  return {
    name: `${unit} layer, ${learn ? 'forward and backward' : 'forward'}`,
    operations: (learn ? 3 : 1) * 2 * (ROWS - BATCH) * H * C,
    prepare(kernels) {
      const starts = kernels.ints(T + 1);
      kernels.viewInts(starts).set(Int32Array.from({ length: T + 1 }, (_, t) => t * BATCH));
      const packing = { steps: T, rows: ROWS, starts };
      const recurrence: Recurrence = { packing, direction: 'forward', hidden: H, bpttSteps: 0 };
      const rows = (width: number): FloatBuffer => kernels.floats(ROWS * width);
      const [W, dW] = [filled(kernels, H * C, 1, 0.1), kernels.floats(H * C)];
      const [bh, dbh] = [filled(kernels, C, 4), kernels.floats(C)];
      const [input, states, dStates, extra, cells] = [rows(C), rows(H), rows(H), rows(C), rows(H)];
      const [pre, dOut] = [numbers(ROWS * C, 2), numbers(ROWS * H, 3)];
      const lstm = { gates: input, cells, squashed: extra, states };
      const gru = { gates: input, recurrent: extra, states };
      const dCells = rows(H);
      const calls = {
        elman: {
          forward: () => kernels.elmanForward(recurrence, 'tanh', W, input),
          backward: () => kernels.elmanBackward(recurrence, 'tanh', W, input, dStates, extra, dW),
        },
        lstm: {
          forward: () => kernels.lstmForward(recurrence, W, lstm),
          backward: () => kernels.lstmBackward(recurrence, W, lstm, dStates, dCells, dW),
        },
        gru: {
          forward: () => kernels.gruForward(recurrence, W, bh, gru),
          backward: () => kernels.gruBackward(recurrence, W, gru, dStates, dW, dbh),
        },
      }[unit];
      const run = (): void => {
        kernels.view(input).set(pre);
        calls.forward();
        if (!learn) return;
        kernels.view(dStates).set(dOut);
        calls.backward();
      };
      return { run, left: [input, states, dStates, dW] };
    },
  };
}

/** A whole step of training: one-hots in, two products with V, the loss, backpropagation and SGD. */
function trainingStep(cell: Architecture['cell']): Case {
  const C = GATES[cell] * H;
  return {
    name: `${cell} training step, |V|=${N}`,
    operations: 3 * 2 * (ROWS * H * K + (ROWS - BATCH) * H * C),
    prepare(kernels) {
      const architecture: Architecture = {
        cell,
        activation: 'tanh',
        bidirectional: false,
        hidden: H,
        layers: 1,
        outputLayer: 'softmax',
      };
      const parameters = new Parameters(parameterShapes(architecture, { columns: N, tags: K }), kernels);
      parameters.all.forEach(({ name }, i) => {
        const weights = kernels.view(parameters.get(name));
        weights.set(numbers(weights.length, i).map((x) => 0.1 * x));
      });
      const network = new Network(kernels, architecture, parameters);
      const settings = { optimizer: 'sgd', learningRate: 0.01, tableLearningRate: 0.01, momentum: 0, clip: 0 } as const;
      const memory = takeOptimizerMemory(settings, parameters, kernels);
      const optimizer = new Optimizer(settings, parameters, memory, kernels);
      const step = stepsOf(settings)(BATCH, 1);
      const drawn = (seed: number, below: number): Int32Array =>
        Int32Array.from(numbers(T, seed), (x) => Math.floor(((x + 1) / 2) * below));
      const sentences = Array.from({ length: BATCH }, (_, i) => {
        return { length: T, starts: Int32Array.from({ length: T + 1 }, (_, t) => t), ids: drawn(i, N) };
      });
      const batch = packBatch(sentences);
      const gold = packTokens(
        batch,
        sentences.map((_, i) => drawn(100 + i, K)),
      );
      const run = (): void => {
        network.load(batch);
        network.forward();
        network.loss(gold);
        optimizer.move(network.backward(), step);
      };
      return { run, left: [parameters.dense, ...parameters.tables] };
    },
  };
}

export const CASES: readonly Case[] = [
  product('multiplyAdd', BATCH, H, H),
  product('multiplyAdd', BATCH, H, 4 * H),
  product('multiplyTransposedAdd', BATCH, H, 4 * H),
  product('outerAdd', ROWS, H, H),
  product('outerAdd', ROWS, H, 4 * H),
  product('multiplyAdd', ROWS, H, K),
  product('multiplyTransposedAdd', ROWS, H, K),
  product('outerAdd', ROWS, H, K),
  ...(['elman', 'lstm', 'gru'] as const).flatMap((unit) => [layer(unit, false), layer(unit, true)]),
  ...(['elman', 'lstm', 'gru'] as const).map(trainingStep),
];
