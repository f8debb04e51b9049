import { describe, expect, it } from '@jest/globals';
import type { Direction, FloatBuffer, Kernels, Recurrence } from '../../src/kernels/kernels.js';
import { farthest, floatsOf, IMPLEMENTATIONS, numbers, packingOf, read, rowsOf } from '../support/kernels.js';
import { UNITS as LAYER_UNITS, runLayer } from '../support/layer_run.js';

/** Falling, two of them equal. */
const LENGTHS = [6, 3, 3, 1];
const CASES = [1, 3, 4, 5, 17].flatMap((H) =>
  (['forward', 'backward'] as const).map((direction) => ({ H, direction })),
);
const GUARD = 0.625;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Input {
  readonly kernels: Kernels;
  readonly recurrence: Recurrence;
  /** The rows of each sentence, in the order in which the direction reads them. */
  readonly sentences: readonly (readonly number[])[];
  readonly rows: number;
}

function input(kernels: Kernels, H: number, direction: Direction): Input {
  const packing = packingOf(kernels, LENGTHS);
  const sentences = LENGTHS.map((_, i) => {
    const rows = rowsOf(kernels, packing, LENGTHS, i);
    return direction === 'forward' ? rows : rows.reverse();
  });
  return { kernels, recurrence: { packing, direction, hidden: H, bpttSteps: 0 }, sentences, rows: packing.rows };
}

/** x[h] of `previous · W` for a W of `width` columns. */
function times(previous: readonly number[], W: readonly number[], width: number, column: number): number {
  return previous.reduce((sum, s, k) => sum + s * W[k * width + column], 0);
}

/** The states of every row when each sentence is read on its own, `next` giving a token's state from the one before. */
function statesBySentence(
  { sentences, rows }: Input,
  H: number,
  next: (row: number, previous: readonly number[], memory: number[]) => number[],
): number[] {
  const states = new Array<number>(rows * H).fill(0);
  for (const sentence of sentences) {
    let previous = new Array<number>(H).fill(0);
    const memory = new Array<number>(H).fill(0);
    for (const row of sentence) {
      previous = next(row, previous, memory);
      previous.forEach((s, h) => {
        states[row * H + h] = s;
      });
    }
  }
  return states;
}

/** A buffer of pre-activations with one row more than the batch has. */
function guarded(kernels: Kernels, values: readonly number[], width: number): FloatBuffer {
  return floatsOf(kernels, [...values, ...new Array<number>(width).fill(GUARD)]);
}

describe.each(IMPLEMENTATIONS)('recurrent layers with $name', ({ create, tolerance }) => {
  const ACTIVATIONS = [
    { activation: 'tanh', g: Math.tanh },
    { activation: 'sigmoid', g: sigmoid },
    { activation: 'relu', g: (x: number) => Math.max(0, x) },
  ] as const;

  it.each(CASES.flatMap((one) => ACTIVATIONS.map((two) => ({ ...one, ...two }))))(
    'elman $activation, H=$H, $direction: s(t) = g(W s(t−1) + U x(t) + b)',
    ({ H, direction, activation, g }) => {
      const batch = input(create(), H, direction);
      const { kernels } = batch;
      const [pre, W] = [numbers(batch.rows * H, 1), numbers(H * H, 2)];
      const states = guarded(kernels, pre, H);
      kernels.elmanForward(batch.recurrence, activation, floatsOf(kernels, W), states);
      const expected = statesBySentence(batch, H, (row, previous) =>
        previous.map((_, h) => g(pre[row * H + h] + times(previous, W, H, h))),
      );
      const guard = new Array<number>(H).fill(GUARD);
      expect(farthest(read(kernels, states), [...expected, ...guard])).toBeLessThan(10 * tolerance);
    },
  );

  it.each(CASES)('lstm, H=$H, $direction: c = f c + i g, s = o tanh c', ({ H, direction }) => {
    const batch = input(create(), H, direction);
    const { kernels } = batch;
    const [pre, W] = [numbers(batch.rows * 4 * H, 1), numbers(4 * H * H, 2)];
    const gates = guarded(kernels, pre, 4 * H);
    const [cells, squashed, states] = [0, 0, 0].map(() => kernels.floats(batch.rows * H));
    kernels.lstmForward(batch.recurrence, floatsOf(kernels, W), { gates, cells, squashed, states });
    const expectedCells = new Array<number>(batch.rows * H).fill(0);
    const expected = statesBySentence(batch, H, (row, previous, memory) =>
      previous.map((_, h) => {
        const [i, f, g, o] = [0, 1, 2, 3].map(
          (gate) => pre[row * 4 * H + gate * H + h] + times(previous, W, 4 * H, gate * H + h),
        );
        memory[h] = sigmoid(f) * memory[h] + sigmoid(i) * Math.tanh(g);
        expectedCells[row * H + h] = memory[h];
        return sigmoid(o) * Math.tanh(memory[h]);
      }),
    );
    expect(farthest(read(kernels, states), expected)).toBeLessThan(10 * tolerance);
    expect(farthest(read(kernels, cells), expectedCells)).toBeLessThan(10 * tolerance);
    expect(farthest(read(kernels, squashed), expectedCells.map(Math.tanh))).toBeLessThan(10 * tolerance);
    expect(read(kernels, gates).slice(-4 * H)).toEqual(new Array(4 * H).fill(GUARD));
  });

  it.each(CASES)('gru, H=$H, $direction: s = (1 − z) n + z s(t−1), reset after the product', ({ H, direction }) => {
    const batch = input(create(), H, direction);
    const { kernels } = batch;
    const [pre, W, bh] = [numbers(batch.rows * 3 * H, 1), numbers(3 * H * H, 2), numbers(3 * H, 3)];
    const gates = guarded(kernels, pre, 3 * H);
    const [recurrent, states] = [kernels.floats(batch.rows * 3 * H), kernels.floats(batch.rows * H)];
    kernels.gruForward(batch.recurrence, floatsOf(kernels, W), floatsOf(kernels, bh), { gates, recurrent, states });
    const expected = statesBySentence(batch, H, (row, previous) =>
      previous.map((s, h) => {
        const x = (gate: number): number => pre[row * 3 * H + gate * H + h];
        const q = (gate: number): number => times(previous, W, 3 * H, gate * H + h) + bh[gate * H + h];
        const r = sigmoid(x(0) + q(0));
        const z = sigmoid(x(1) + q(1));
        return (1 - z) * Math.tanh(x(2) + r * q(2)) + z * s;
      }),
    );
    expect(farthest(read(kernels, states), expected)).toBeLessThan(10 * tolerance);
    expect(read(kernels, gates).slice(-3 * H)).toEqual(new Array(3 * H).fill(GUARD));
  });

  it('a state that is no number stays none behind a ReLU', () => {
    const kernels = create();
    const states = floatsOf(kernels, [Number.NaN, -1, 2]);
    const packing = packingOf(kernels, [1, 1, 1]);
    const recurrence = { packing, direction: 'forward', hidden: 1, bpttSteps: 0 } as const;
    kernels.elmanForward(recurrence, 'relu', floatsOf(kernels, [1]), states);
    expect(read(kernels, states)).toEqual([Number.NaN, 0, 2]);
  });

  it('the gradient of W accumulates, and rows behind the batch are left alone', () => {
    const kernels = create();
    const packing = packingOf(kernels, [2]);
    const recurrence = { packing, direction: 'forward', hidden: 1, bpttSteps: 0 } as const;
    const [states, W, dW] = [floatsOf(kernels, [2, 3, 5]), floatsOf(kernels, [0.5]), floatsOf(kernels, [100])];
    const [dStates, dPre] = [floatsOf(kernels, [1, 4, 9]), floatsOf(kernels, [9, 9, 9])];
    kernels.elmanBackward(recurrence, 'relu', W, states, dStates, dPre, dW);
    expect(read(kernels, dStates)).toEqual([3, 4, 9]); // 1 + 0.5 · 4
    expect(read(kernels, dPre)).toEqual([3, 4, 9]);
    expect(read(kernels, dW)).toEqual([108]); // 100 + 2 · 4
  });

  it.each(LAYER_UNITS)(
    'without the gradients of weights, %s has those of its input all the same, and writes no others',
    (unit) => {
      const shape = { unit, lengths: LENGTHS, H: 13, direction: 'backward', bpttSteps: 2, seed: 5 } as const;
      const { backward: whole } = runLayer(create(), shape);
      const { backward: inner } = runLayer(create(), { ...shape, learns: false });
      const weights = unit === 'gru' ? 2 : 1;
      expect(inner.slice(0, -weights)).toEqual(whole.slice(0, -weights));
      const untouched = { W: 13 * 13 * (unit === 'gru' ? 3 : unit === 'lstm' ? 4 : 1), bias: 39 };
      const before = [numbers(untouched.W, 9), ...(unit === 'gru' ? [numbers(untouched.bias, 10)] : [])];
      expect(inner.slice(-weights)).toEqual(before);
    },
  );

  it('an lstm forgets the dL/dc of the batch before', () => {
    const kernels = create();
    const packing = packingOf(kernels, [1]);
    const recurrence = { packing, direction: 'forward', hidden: 1, bpttSteps: 0 } as const;
    const W = kernels.floats(4);
    const run = (): number[] => {
      const [cells, squashed, states] = [0, 0, 0].map(() => kernels.floats(1));
      const buffers = { gates: floatsOf(kernels, [0, 0, 1, 0]), cells, squashed, states };
      kernels.lstmForward(recurrence, W, buffers);
      kernels.lstmBackward(recurrence, W, buffers, floatsOf(kernels, [1]), dCells, kernels.floats(4));
      return read(kernels, dCells);
    };
    const dCells = floatsOf(kernels, [1000]);
    const first = run();
    const c = 0.5 * Math.tanh(1);
    expect(farthest(first, [0.5 * (1 - Math.tanh(c) ** 2)])).toBeLessThan(tolerance);
    expect(run()).toEqual(first);
  });
});
