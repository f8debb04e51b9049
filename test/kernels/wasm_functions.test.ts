import { describe, expect, it } from '@jest/globals';
import type { Activation } from '../../src/kernels/kernels.js';
import { floatsOf, intsOf, read } from '../support/kernels.js';
import { wasmKernels } from '../support/wasm.js';

/** Float32 numbers from −30 to 30, closer together around 0. */
const SWEEP = Array.from({ length: 200_001 }, (_, i) => {
  const x = (i - 100_000) / 100_000;
  return Math.fround(30 * x * Math.abs(x));
});

/** g of each number, by a layer of one unit over sentences of one token. */
function activate(activation: Activation, values: readonly number[]): number[] {
  const kernels = wasmKernels();
  const states = floatsOf(kernels, values);
  const packing = { steps: 1, rows: values.length, starts: intsOf(kernels, [0, values.length]) };
  const recurrence = { packing, direction: 'forward', hidden: 1, bpttSteps: 0 } as const;
  kernels.elmanForward(recurrence, activation, floatsOf(kernels, [0]), states);
  return read(kernels, states);
}

/** The largest error over the sweep, `relative` to the exact value or not. */
function worst(actual: readonly number[], exact: (x: number) => number, relative: boolean): number {
  return SWEEP.reduce((most, x, i) => {
    const error = Math.abs(actual[i] - exact(x)) / (relative ? Math.abs(exact(x)) || 1 : 1);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(most, error);
  }, 0);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What rises, falls nowhere by more than rounding. */
function largestFall(values: readonly number[]): number {
  return values.reduce((most, y, i) => (i === 0 ? 0 : Math.max(most, values[i - 1] - y)), 0);
}

describe('the elementary functions in WebAssembly', () => {
  it('tanh is within 4e-7 of exact, also relative to it, odd, and never beyond ±1', () => {
    const actual = activate('tanh', SWEEP);
    expect(worst(actual, Math.tanh, false)).toBeLessThan(4e-7);
    expect(worst(actual, Math.tanh, true)).toBeLessThan(5e-7);
    expect(actual).toEqual(actual.map((y) => 0 - y).reverse());
    expect(actual.every((y) => Math.abs(y) <= 1)).toBe(true);
    expect(largestFall(actual)).toBeLessThan(5e-7);
  });

  it('the sigmoid is within 2e-7 of exact and never beyond 0 and 1', () => {
    const actual = activate('sigmoid', SWEEP);
    expect(worst(actual, sigmoid, false)).toBeLessThan(2e-7);
    expect(actual.every((y) => y >= 0 && y <= 1)).toBe(true);
    expect(largestFall(actual)).toBeLessThan(3e-7);
  });

  it('e^x is within 3e-7 of exact, relative to it, in a softmax of x and 0', () => {
    const kernels = wasmKernels();
    const negative = SWEEP.filter((x) => x <= 0).map((x) => Math.fround(x * 2.5));
    const scores = floatsOf(
      kernels,
      negative.flatMap((x) => [x, 0]),
    );
    kernels.softmax(scores, negative.length, 2);
    const actual = read(kernels, scores).filter((_, i) => i % 2 === 0);
    const errors = actual.map((y, i) => Math.abs(y * (1 + Math.exp(negative[i])) - Math.exp(negative[i])));
    const relative = errors.map((error, i) => error / Math.exp(negative[i]));
    expect(relative.reduce((a, b) => Math.max(a, b))).toBeLessThan(3e-7);
  });

  it('large and infinite numbers saturate', () => {
    const far = [-1e30, 1e30, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    expect(activate('tanh', far).map(Math.round)).toEqual([-1, 1, -1, 1, 0]);
    expect(activate('tanh', far).map((y) => Math.abs(Math.abs(y) - 0.5))).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(activate('relu', far)).toEqual([0, Math.fround(1e30), 0, Number.POSITIVE_INFINITY, 0]);
    const [low, high, lowest, highest, middle] = activate('sigmoid', far);
    expect([low, lowest, high, highest, middle]).toEqual([0, 0, 1, 1, 0.5]);
  });

  it.each(['tanh', 'sigmoid', 'relu'] as const)(
    'what is no number stays none behind %s, in every lane',
    (activation) => {
      for (let lane = 0; lane < 23; lane++) {
        const values = Array.from({ length: 23 }, (_, i) => (i === lane ? Number.NaN : 0.5));
        expect(activate(activation, values).map(Number.isNaN)).toEqual(values.map(Number.isNaN));
      }
    },
  );
});
