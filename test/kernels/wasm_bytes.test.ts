import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type FloatBuffer, part } from '../../src/kernels/kernels.js';
import type { WasmKernels } from '../../src/kernels/wasm.js';
import { chainCase, loadChain } from '../support/chain.js';
import { floatsOf, intsOf, numbers, oneHotsOf, read } from '../support/kernels.js';
import { runLayer, UNITS } from '../support/layer_run.js';
import { wasmKernels } from '../support/wasm.js';

function hash(lists: readonly (readonly number[])[]): string {
  const sha = createHash('sha256');
  for (const list of lists) sha.update(Float64Array.from(list));
  return sha.digest('hex').slice(0, 16);
}

/** Changing these means that the same training gives another model: note it as such in the list of changes. */
const LAYERS = {
  'elman sigmoid': '8e963c049f51720a',
  'elman tanh': 'da302888f0650874',
  'elman relu': 'cabe51f526a05a45',
  lstm: '7a85533a3d46a4aa',
  gru: '35f03aff06c83512',
};
const LAYERS_OF_ALL_SIZES = {
  'elman sigmoid': '78acf24e03fc88c2',
  'elman tanh': 'e43c5e61588ade9b',
  'elman relu': '2dad836a2ce8a793',
  lstm: '45fc8e593908a9f9',
  gru: 'f547b8a8d57d1219',
};

describe.each([{ wideVectors: false }, { wideVectors: true }])('with %j', (options) => {
  const create = (): WasmKernels => wasmKernels(options);

  it.each(UNITS)('the bytes of a layer are the same on every machine: %s', (unit) => {
    const shape = { unit, lengths: [9, 7, 7, 2, 1], H: 21, direction: 'backward', bpttSteps: 3, seed: 4 } as const;
    const { forward, backward } = runLayer(create(), shape);
    expect(hash([...forward, ...backward])).toBe(LAYERS[unit]);
  });

  it('the bytes of a CRF are the same on every machine', () => {
    const kernels = create();
    const chain = chainCase(17, [12, 12, 7, 3, 1], 5, 9);
    const one = loadChain(kernels, chain);
    const loss = kernels.crfLoss(one.packing, one.chain, one.scores, intsOf(kernels, chain.gold), one.dChain);
    const two = loadChain(kernels, chain);
    const logZ = kernels.crfMarginals(two.packing, two.chain, two.scores);
    const { transitions, start, end } = one.dChain;
    const lists = [one.scores, transitions, start, end, two.scores].map((buffer) => read(kernels, buffer));
    expect(hash([[loss, logZ], ...lists])).toBe('ba2eabf2e18d876d');
  });

  it('the bytes of the loss, the norm and the updates are the same on every machine', () => {
    const kernels = create();
    const scores = floatsOf(
      kernels,
      numbers(30 * 9, 1).map((x) => 9 * x),
    );
    kernels.softmax(scores, 30, 9);
    const gold = Array.from({ length: 30 }, (_, r) => (r % 10) - 1);
    const loss = kernels.crossEntropy(scores, intsOf(kernels, gold), 30, 9);
    const [table, dTouched] = [floatsOf(kernels, numbers(7 * 9, 2)), kernels.floats(3 * 9)];
    const rows = gold.map((_, r) => [[0, 3, 4][r % 3], 3]);
    const oneHots = oneHotsOf(kernels, rows);
    kernels.scatterColumns(30, oneHots, scores, 9, dTouched);
    kernels.sgdColumns(table, oneHots.touched, dTouched, 9, 0.1, 0.3);
    const [weights, first, second] = [table, kernels.floats(7 * 9), kernels.floats(7 * 9)];
    const step = { rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, correction1: 0.1, correction2: 0.001 };
    kernels.adamColumns(weights, oneHots.touched, dTouched, first, second, 9, step, 0.3);
    const norm = kernels.squaredNorm(dTouched);
    expect(hash([[loss, norm], ...[scores, table, first, second].map((buffer) => read(kernels, buffer))])).toBe(
      'e243143a97484f4f',
    );
  });

  it('what is dropped by hashes is the same on every machine', () => {
    const kernels = create();
    const ids = Array.from({ length: 60 }, (_, o) => o % 6);
    const starts = intsOf(
      kernels,
      Array.from({ length: 61 }, (_, t) => t),
    );
    const from = { starts, ids: intsOf(kernels, ids) };
    const to = { starts: kernels.ints(61), ids: kernels.ints(60) };
    const rows = [0, 1, 0, 3, 0, 9, 1, 1, 1, 2, 1, 5];
    const kinds = [-1, 0, 0, 0, 0, 0, 1, 2 ** 30, 1, 0];
    const drops = { from, rows: intsOf(kernels, rows), kinds: intsOf(kernels, kinds), to };
    const [sentences, tokenStarts] = [intsOf(kernels, [2, 0]), intsOf(kernels, [0, 20, 30, 60])];
    kernels.dropOneHots(sentences, tokenStarts, 12345, [drops], kernels.ints(7));
    const lengths = Array.from(kernels.viewInts(to.starts)).slice(0, 51);
    const keys = kernels.ints(5);
    const packing = { steps: 3, rows: 5, starts: intsOf(kernels, [0, 2, 4, 5]) };
    kernels.packKeys(packing, intsOf(kernels, [7, 1]), -99, keys);
    const left = Array.from(kernels.viewInts(to.ids)).slice(0, lengths[50]);
    expect(hash([lengths, left, Array.from(kernels.viewInts(keys))])).toBe('6cd24da486e00482');
  });

  it('the bytes of products of all sizes are the same on every machine', () => {
    const lists = Array.from({ length: 300 }, (_, i) => {
      const kernels = create();
      // a few with more rows than an outer sum packs at a time
      const [m, k, n] = [i % 50 === 49 ? 257 + i : i % 37, (7 * i) % 83, (11 * i) % 71];
      const make = (rows: number, columns: number, seed: number): FloatBuffer =>
        floatsOf(kernels, numbers(rows * columns, i + seed));
      const [a, b, c, da, db] = [make(m, k, 1), make(k, n, 2), make(m, n, 3), make(m, k, 4), make(k, n, 5)];
      kernels.multiplyAdd(c, a, b, m, k, n);
      kernels.multiplyTransposedAdd(da, c, b, m, n, k);
      kernels.outerAdd(db, a, c, m, k, n);
      const sums = make(1, n, 6);
      kernels.columnSumsAdd(sums, c, m, n);
      return [c, da, db, sums].map((buffer) => read(kernels, buffer));
    });
    expect(hash(lists.flat())).toBe('5024d1488794ad20');
  });

  it.each(UNITS)('the bytes of layers of all sizes are the same on every machine: %s', (unit) => {
    const runs = Array.from({ length: 60 }, (_, i) => {
      const lengths = Array.from({ length: 1 + (i % 13) }, (_, s) => Math.max(1, (i % 9) + 2 - s));
      const shape = { unit, lengths, H: 1 + ((13 * i) % 67), bpttSteps: i % 5, seed: i } as const;
      return runLayer(create(), { ...shape, direction: i % 2 === 0 ? 'forward' : 'backward' });
    });
    expect(hash(runs.flatMap(({ forward, backward }) => [...forward, ...backward]))).toBe(LAYERS_OF_ALL_SIZES[unit]);
  });

  it('the bytes of column tables, updates and dropout are the same on every machine', () => {
    const lists = Array.from({ length: 80 }, (_, i) => {
      const kernels = create();
      const width = 1 + ((11 * i) % 71);
      const make = (rows: number, seed: number): FloatBuffer => floatsOf(kernels, numbers(rows * width, i + seed));
      const ids = Array.from({ length: 24 }, (__, r) =>
        Array.from({ length: (r * i) % 4 }, (___, o) => (r + 5 * o) % 9),
      );
      const plain = oneHotsOf(kernels, ids);
      const weighted = { ...plain, weights: floatsOf(kernels, numbers(plain.ids.length, i)) };
      const [table, bias, out, more, dTouched] = [make(9, 1), make(1, 2), make(24, 3), make(24, 4), make(9, 5)];
      const touched = part(dTouched, 0, plain.touched.length * width);
      kernels.gatherColumns(24, i % 2 === 0 ? plain : weighted, table, bias, out);
      kernels.addColumns(24, i % 2 === 0 ? weighted : plain, table, width, more);
      kernels.scatterColumns(24, weighted, more, width, touched);
      const [squares, velocity, mean, dropped] = [make(9, 6), make(9, 7), make(9, 8), make(24, 9)];
      kernels.view(squares).set(read(kernels, squares).map(Math.abs));
      kernels.adagradColumns(table, plain.touched, touched, squares, width, 0.1, 0.01, 0.5);
      kernels.sgd(table, mean, velocity, 0.1, 0.9, 0.5);
      kernels.average(mean, table, 3);
      kernels.exchange(squares, velocity);
      kernels.addRows(intsOf(kernels, [0, 3, 2, 1, 5, 8]), 3, mean, table, width);
      const rowKeys = Array.from({ length: 24 }, (__, r) => 77 * r);
      kernels.dropout(dropped, out, intsOf(kernels, rowKeys), 24, width, i, 0.3);
      const all = [table, out, more, touched, squares, velocity, mean, dropped];
      return all.map((buffer) => read(kernels, buffer));
    });
    expect(hash(lists.flat())).toBe('4bb1184c089866ab');
  });

  it('the bytes of decoded tags and of probable entities are the same on every machine', () => {
    const lists = Array.from({ length: 40 }, (_, i) => {
      const kernels = create();
      const K = 2 + (i % 21);
      const one = loadChain(kernels, chainCase(K, [9, 6, 2, 1], i, 5));
      const best = kernels.ints(one.packing.rows);
      kernels.crfDecode(one.packing, one.chain, one.scores, best);
      const pairs = Array.from({ length: (K + 1) ** 2 }, (__, p) => (7 * p + i) % 4);
      const types = Array.from({ length: K }, (__, y) => (y % 3) - 1);
      const tagPairs = { pairs: intsOf(kernels, pairs), types: intsOf(kernels, types) };
      const asked = [0, 1, 3].flatMap((start) => [start + 1, start + 3].map((end) => [0, start, end, start % 2]));
      const probabilities = kernels.floats(asked.length);
      kernels.crfSpans(one.packing, one.chain, one.scores, tagPairs, intsOf(kernels, asked.flat()), probabilities);
      const [spans, likely] = [kernels.ints(4 * 300), kernels.floats(300)];
      const found = kernels.crfLikelySpans(one.packing, one.chain, one.scores, tagPairs, 0.06, spans, likely);
      const integers = [best, spans].map((buffer) => Array.from(kernels.viewInts(buffer)));
      return [[found], ...integers, read(kernels, probabilities), read(kernels, likely)];
    });
    expect(hash(lists.flat())).toBe('c690daecc4bcf9d1');
  });
});
