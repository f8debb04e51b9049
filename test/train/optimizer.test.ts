import { describe, expect, it } from '@jest/globals';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import type { Gradients } from '../../src/network/gradients.js';
import { Parameters } from '../../src/network/parameters.js';
import {
  Optimizer,
  type OptimizerSettings,
  optimizerFloats,
  stepsOf,
  takeOptimizerMemory,
} from '../../src/train/optimizer.js';
import { read } from '../support/kernels.js';

const SGD: OptimizerSettings = { optimizer: 'sgd', learningRate: 0.5, tableLearningRate: 0.25, momentum: 0, clip: 0 };
const ADAM: OptimizerSettings = { ...SGD, optimizer: 'adam' };

/** Two dense weights of 1, and a table of three rows of 1, of which the gradient touches the last. */
function setting(settings: OptimizerSettings) {
  const kernels = new ReferenceKernels('float64');
  const shapes = { tables: [{ name: 'U', rows: 3, columns: 2 }], dense: [{ name: 'W', rows: 1, columns: 2 }] };
  const parameters = new Parameters(shapes, kernels);
  for (const { name } of parameters.all) kernels.fill(parameters.get(name), 1);
  const before = kernels.mark();
  const optimizer = new Optimizer(settings, parameters, takeOptimizerMemory(settings, parameters, kernels), kernels);
  const nextStep = stepsOf(settings);
  const taken = kernels.mark().floats - before.floats;
  const gradients: Gradients = {
    dense: kernels.floats(parameters.dense.length),
    touched: kernels.ints(1),
    tables: [kernels.floats(2)],
  };
  kernels.view(gradients.dense).set([3, 4]);
  kernels.viewInts(gradients.touched).set([2]);
  kernels.view(gradients.tables[0]).set([30, -40]);
  const weights = () => ({ dense: read(kernels, parameters.get('W')), table: read(kernels, parameters.get('U')) });
  const step = (sentences: number, rateFactor: number) => optimizer.move(gradients, nextStep(sentences, rateFactor));
  return { kernels, gradients, step, weights, taken, denseLength: parameters.dense.length };
}

describe('stochastic gradient descent', () => {
  it('takes the mean over the sentences, and a rate of their own for the tables', () => {
    const { step, weights } = setting(SGD);
    expect(step(2, 1)).toBeCloseTo(2.5, 12);
    expect(weights()).toEqual({ dense: [1 - 0.75, 1 - 1], table: [1, 1, 1, 1, 1 - 3.75, 1 + 5] });
  });

  it('has both rates multiplied by the factor', () => {
    const { step, weights } = setting(SGD);
    step(1, 0.1);
    const { dense, table } = weights();
    expect(dense[0]).toBeCloseTo(1 - 0.15, 12);
    expect(table[4]).toBeCloseTo(1 - 0.75, 12);
  });

  it('shortens a dense gradient to the clip norm, and leaves the tables alone', () => {
    const { step, weights } = setting({ ...SGD, clip: 1 });
    expect(step(1, 1)).toBeCloseTo(5, 12);
    const { dense, table } = weights();
    expect(dense[0]).toBeCloseTo(1 - 0.3, 12);
    expect(dense[1]).toBeCloseTo(1 - 0.4, 12);
    expect(table[4]).toBeCloseTo(1 - 7.5, 12);
  });

  it('does not lengthen one that is below the clip norm', () => {
    const { step, weights } = setting({ ...SGD, clip: 100 });
    step(1, 1);
    expect(weights().dense).toEqual([1 - 1.5, 1 - 2]);
  });

  it('keeps momentum in the dense weights alone', () => {
    const { step, weights } = setting({ ...SGD, momentum: 0.5 });
    step(1, 1);
    step(1, 1);
    expect(weights()).toEqual({ dense: [1 - 1.5 * 2.5, 1 - 2 * 2.5], table: [1, 1, 1, 1, 1 - 15, 1 + 20] });
  });
});

describe('adam', () => {
  it('moves every weight by its rate at the first step, whatever the size of the gradient', () => {
    const { step, weights } = setting(ADAM);
    step(1, 1);
    const { dense, table } = weights();
    expect(dense[0]).toBeCloseTo(0.5, 7);
    expect(dense[1]).toBeCloseTo(0.5, 7);
    expect(table.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(table[4]).toBeCloseTo(0.75, 7);
    expect(table[5]).toBeCloseTo(1.25, 7);
  });

  it('corrects its moments by the number of steps', () => {
    const { step, weights } = setting(ADAM);
    for (let t = 0; t < 4; t++) step(1, 0.5);
    // the same gradient each time: corrected moments are exactly it and its square
    expect(weights().dense[0]).toBeCloseTo(0, 7);
    expect(weights().table[5]).toBeCloseTo(1.5, 7);
  });
});

describe('adam on the dense weights', () => {
  it('may forget squares sooner than on the tables', () => {
    const { kernels, gradients, step, weights } = setting({ ...ADAM, adamBeta2: 0.5 });
    step(1, 1);
    const { dense, table } = weights();
    kernels.fill(gradients.dense, 0);
    kernels.fill(gradients.tables[0], 0);
    step(1, 1);
    // m/m̂ = .9 · .1 / .19; v/v̂ = β2 (1 − β2) / (1 − β2²)
    const moved = (beta2: number) => 0.09 / 0.19 / Math.sqrt((beta2 * (1 - beta2)) / (1 - beta2 ** 2));
    expect(dense[0] - weights().dense[0]).toBeCloseTo(0.5 * moved(0.5), 6);
    expect(table[4] - weights().table[4]).toBeCloseTo(0.25 * moved(0.999), 6);
  });
});

describe('adagrad on the tables', () => {
  it('divides by the root of all squares so far, while the dense weights keep to their rule', () => {
    const { step, weights } = setting({ ...SGD, tableOptimizer: 'adagrad' });
    step(1, 1);
    expect(weights().table[4]).toBeCloseTo(0.75, 6);
    step(1, 1);
    const { dense, table } = weights();
    expect(table.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(table[4]).toBeCloseTo(0.75 - 0.25 / Math.SQRT2, 6);
    expect(table[5]).toBeCloseTo(1.25 + 0.25 / Math.SQRT2, 6);
    expect(dense).toEqual([1 - 3, 1 - 4]);
  });
});

const OPTIMIZERS: readonly OptimizerSettings[] = [
  SGD,
  ADAM,
  { ...SGD, tableOptimizer: 'adam' },
  { ...ADAM, tableOptimizer: 'sgd' },
  { ...ADAM, tableOptimizer: 'adagrad' },
];

describe.each(OPTIMIZERS)('an optimizer ($optimizer, tables $tableOptimizer)', (settings) => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('changes nothing where the gradient is %p', (value) => {
    const { kernels, gradients, step, weights } = setting({ ...settings, clip: 1 });
    const before = weights();
    kernels.view(gradients.dense)[0] = value;
    expect(step(1, 1)).toBe(value);
    expect(weights()).toEqual(before);
  });

  it('remembers as many floats as it says', () => {
    const { taken, denseLength } = setting(settings);
    expect(taken).toBe(optimizerFloats(settings, denseLength, 6));
  });
});
