import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FloatBuffer, Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { chainCase, loadChain } from '../support/chain.js';
import { floatsOf, intsOf, numbers, oneHotsOf, read } from '../support/kernels.js';
import { type LayerShape, runLayer, UNITS } from '../support/layer_run.js';
import { wasmKernels } from '../support/wasm.js';

/** Shapes tried in each test; NER_FUZZ_RUNS asks for more. */
const numRuns = Number(process.env.NER_FUZZ_RUNS ?? 150);

/** Two float32 sums in different orders, of up to a few hundred terms. */
const TOLERANCE = 3e-5;

function expectClose(actual: readonly number[][], expected: readonly number[][], tolerance = TOLERANCE): void {
  expect(actual.map((list) => list.length)).toEqual(expected.map((list) => list.length));
  expected.forEach((list, i) => {
    const largest = list.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
    const far = list.findIndex((x, j) => !(Math.abs(actual[i][j] - x) <= tolerance * largest));
    if (far >= 0) throw new Error(`list ${i}, element ${far}: ${actual[i][far]} instead of ${list[far]}`);
  });
}

/** The same calls on both kernels leave the same buffers. */
function agree(run: (kernels: Kernels) => FloatBuffer[], tolerance = TOLERANCE): void {
  const [actual, expected] = [wasm, new ReferenceKernels('float32')].map((kernels) => {
    const mark = kernels.mark();
    const lists = run(kernels).map((buffer) => read(kernels, buffer));
    kernels.release(mark);
    return lists;
  });
  expectClose(actual, expected, tolerance);
}

/** One instance for all runs, so that every run finds what the one before left in memory. */
const wasm = wasmKernels();

const size = fc.oneof(fc.nat(9), fc.nat(70));
const seed = fc.nat(1_000_000);

const layer: fc.Arbitrary<LayerShape> = fc.record({
  unit: fc.constantFrom(...UNITS),
  lengths: fc.array(fc.nat(9), { maxLength: 12 }).map((list) => list.sort((a, b) => b - a)),
  H: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 })),
  direction: fc.constantFrom('forward', 'backward'),
  bpttSteps: fc.nat(4),
  seed,
  learns: fc.boolean(),
});

describe('the WebAssembly kernels agree with plain loops on shapes drawn at random', () => {
  it('in products', () => {
    fc.assert(
      fc.property(size, size, size, seed, (m, k, n, s) => {
        const make = (kernels: Kernels, rows: number, columns: number, i: number): FloatBuffer =>
          floatsOf(kernels, numbers(rows * columns, s + i));
        agree((kernels) => {
          const [a, b, c] = [make(kernels, m, k, 1), make(kernels, k, n, 2), make(kernels, m, n, 3)];
          const [da, db] = [make(kernels, m, k, 4), make(kernels, k, n, 5)];
          kernels.multiplyAdd(c, a, b, m, k, n);
          kernels.multiplyTransposedAdd(da, c, b, m, n, k);
          kernels.outerAdd(db, a, c, m, k, n);
          return [c, da, db];
        });
      }),
      { numRuns },
    );
  });

  it.each([
    [6, 9],
    [40, 9],
    [9, 40],
  ])('in an outer sum [%i,%i] over more rows than are packed at a time', (k, n) => {
    agree((kernels) => {
      const [a, b] = [floatsOf(kernels, numbers(700 * k, 1)), floatsOf(kernels, numbers(700 * n, 2))];
      const out = kernels.floats(k * n);
      kernels.outerAdd(out, a, b, 700, k, n);
      return [out];
    });
  });

  it('in recurrent layers', () => {
    fc.assert(
      fc.property(layer, (shape) => {
        const expected = runLayer(new ReferenceKernels('float32'), shape);
        const mark = wasm.mark();
        const actual = runLayer(wasm, shape, expected.forward);
        wasm.release(mark);
        expectClose(actual.forward, expected.forward);
        expectClose(actual.backward, expected.backward);
      }),
      { numRuns },
    );
  });

  it('in column tables and their updates', () => {
    const rows = fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, size, seed, (ids, width, s) => {
        agree((kernels) => {
          const oneHots = oneHotsOf(kernels, ids);
          const floats = (count: number, i: number): FloatBuffer => floatsOf(kernels, numbers(count * width, s + i));
          const [tables, moments] = [[1, 2].map((i) => floats(21, i)), [3, 4].map((i) => floats(21, i))];
          kernels.view(moments[1]).set(read(kernels, moments[1]).map(Math.abs));
          const [bias, out, dTouched] = [floats(1, 5), floats(ids.length, 6), floats(oneHots.touched.length, 7)];
          kernels.gatherColumns(ids.length, oneHots, tables[0], bias, out);
          kernels.scatterColumns(ids.length, oneHots, out, width, dTouched);
          kernels.sgdColumns(tables[0], oneHots.touched, dTouched, width, 0.1, 0.5);
          const step = { rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, correction1: 0.19, correction2: 0.002 };
          kernels.adamColumns(tables[1], oneHots.touched, dTouched, moments[0], moments[1], width, step, 0.5);
          return [out, dTouched, ...tables, ...moments];
        });
      }),
      { numRuns },
    );
  });

  it('in one-hots with weights and Adagrad', () => {
    const rows = fc.array(fc.array(fc.nat(20), { maxLength: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(rows, size, seed, (ids, width, s) => {
        agree((kernels) => {
          const plain = oneHotsOf(kernels, ids);
          const oneHots = { ...plain, weights: floatsOf(kernels, numbers(plain.ids.length, s)) };
          const floats = (count: number, i: number): FloatBuffer => floatsOf(kernels, numbers(count * width, s + i));
          const [table, squares] = [floats(21, 1), kernels.floats(21 * width)];
          const [bias, out, more] = [floats(1, 2), floats(ids.length, 3), floats(ids.length, 4)];
          const dTouched = floats(oneHots.touched.length, 5);
          kernels.gatherColumns(ids.length, oneHots, table, bias, out);
          kernels.addColumns(ids.length, plain, table, width, more);
          kernels.scatterColumns(ids.length, oneHots, out, width, dTouched);
          kernels.adagradColumns(table, oneHots.touched, dTouched, squares, width, 0.1, 0.01, 0.5);
          return [out, more, dTouched, table, squares];
        });
      }),
      { numRuns },
    );
  });

  it('in the softmax and the cross-entropy', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 40 }), seed, (rows, tags, s) => {
        agree((kernels) => {
          const scores = floatsOf(
            kernels,
            numbers(rows * tags, s).map((x) => 20 * x),
          );
          const gold = numbers(rows, s + 1).map((x) => Math.floor(((x + 1) / 2) * (tags + 1)) - 1);
          kernels.softmax(scores, rows, tags);
          const probabilities = floatsOf(kernels, read(kernels, scores));
          const weighted = floatsOf(kernels, read(kernels, scores));
          const loss = kernels.crossEntropy(scores, intsOf(kernels, gold), rows, tags);
          const weights = floatsOf(
            kernels,
            numbers(tags, s + 2).map((x) => x + 1),
          );
          const weightedLoss = kernels.crossEntropy(weighted, intsOf(kernels, gold), rows, tags, weights);
          return [probabilities, scores, weighted, floatsOf(kernels, [loss, weightedLoss])];
        });
      }),
      { numRuns },
    );
  });

  it('in the CRF', () => {
    const lengths = fc
      .array(fc.integer({ min: 1, max: 12 }), { maxLength: 9 })
      .map((list) => list.sort((a, b) => b - a));
    const scale = fc.constantFrom(1, 10, 100, 1000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), lengths, scale, seed, fc.boolean(), (K, list, width, s, open) => {
        const drawn = chainCase(K, list, s, width);
        // the upper half of the tags may not all follow one another; the gold tags are of the lower half
        const upper = (i: number): boolean => Math.min(Math.floor(i / K), i % K) > K / 2;
        const transitions = drawn.transitions.map((x, i) => (upper(i) && i % 3 === 0 ? Number.NEGATIVE_INFINITY : x));
        const gold = drawn.gold.map((tag, r) => (open && r % 2 === 0 ? -1 : Math.floor(tag / 2)));
        const R = Math.max(1, gold.length);
        agree((kernels) => {
          const one = loadChain(kernels, { ...drawn, transitions });
          const loss = kernels.crfLoss(one.packing, one.chain, one.scores, intsOf(kernels, gold), one.dChain);
          const two = loadChain(kernels, { ...drawn, transitions });
          const best = kernels.ints(two.packing.rows);
          kernels.crfDecode(two.packing, two.chain, two.scores, best);
          const tags = floatsOf(kernels, kernels.viewInts(best));
          const logZ = kernels.crfMarginals(two.packing, two.chain, two.scores);
          const sums = floatsOf(kernels, [loss / width / R, logZ / width / R]);
          const { transitions: dA, start, end } = one.dChain;
          return [tags, sums, one.scores, two.scores, dA, start, end];
        }, TOLERANCE * width);
      }),
      { numRuns },
    );
  });
});
