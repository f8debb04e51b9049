import { describe, expect, it } from '@jest/globals';
import { packForPrediction } from '../../src/encode/batch.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import type { Architecture } from '../../src/network/architecture.js';
import { Ensemble } from '../../src/network/ensemble.js';
import type { Network } from '../../src/network/network.js';
import { farthest, IMPLEMENTATIONS, read } from '../support/kernels.js';
import { architecture, examples, smallNetwork, TAGS } from '../support/small_network.js';

const LENGTHS = [4, 3, 3, 1];
const batchOf = (lengths: readonly number[]) => packForPrediction(examples(lengths).map(({ encoded }) => encoded));

/** Networks of different cells and sizes with the same output layer. */
function networksIn(kernels: Kernels, outputLayer: Architecture['outputLayer']): Network[] {
  const shapes = [
    architecture({ outputLayer }),
    architecture({ outputLayer, cell: 'gru', hidden: 5 }),
    architecture({ outputLayer, cell: 'lstm', bidirectional: true }),
  ];
  return shapes.map((shape, m) => smallNetwork(shape, { kernels, seed: m + 1 }).network);
}

function ensembleOf(
  [first, ...others]: readonly Network[],
  kernels: Kernels,
  outputLayer: Architecture['outputLayer'],
) {
  const voter = (network: Network) => ({ network, encoding: 0 });
  return new Ensemble(kernels, [voter(first), ...others.map(voter)], { outputLayer });
}

const meanOf = (lists: readonly (readonly number[])[]): number[] =>
  lists[0].map((_, i) => lists.reduce((sum, list) => sum + list[i], 0) / lists.length);

describe.each(IMPLEMENTATIONS)('several networks together on $name', ({ create, tolerance }) => {
  it.each(['softmax', 'crf'] as const)('have the mean of their logits (%s)', (outputLayer) => {
    const kernels = create();
    const networks = networksIn(kernels, outputLayer);
    const ensemble = ensembleOf(networks, kernels, outputLayer);
    for (const lengths of [LENGTHS, [9, 9, 2], [1]]) {
      const batch = batchOf(lengths);
      ensemble.load([batch]);
      ensemble.forward();
      const together = read(kernels, ensemble.logits);
      ensemble.release();
      const alone = networks.map((network) => {
        network.load(batch);
        network.forward();
        const logits = read(kernels, network.logits);
        network.release();
        return logits;
      });
      expect(farthest(together, meanOf(alone))).toBeLessThan(tolerance);
    }
  });

  it('find, as a CRF, the best of all paths by the mean of their logits and transitions', () => {
    const kernels = create();
    const networks = networksIn(kernels, 'crf');
    const ensemble = ensembleOf(networks, kernels, 'crf');
    const batch = batchOf(LENGTHS);
    ensemble.load([batch]);
    ensemble.forward();
    const logits = read(kernels, ensemble.logits);
    const best = Array.from(kernels.viewInts(ensemble.decode()));
    const [A, start, end] = ['A', 'start', 'end'].map((name) =>
      meanOf(networks.map(({ parameters }) => read(kernels, parameters.get(name)))),
    );
    LENGTHS.forEach((length, i) => {
      const row = (t: number): number => batch.starts[t] + i;
      let paths: { tags: number[]; score: number }[] = [{ tags: [], score: 0 }];
      for (let t = 0; t < length; t++) {
        paths = paths.flatMap(({ tags, score }) =>
          Array.from({ length: TAGS }, (_, y) => ({
            tags: [...tags, y],
            score: score + logits[row(t) * TAGS + y] + (t === 0 ? start[y] : A[tags[t - 1] * TAGS + y]),
          })),
        );
      }
      const finished = paths.map(({ tags, score }) => ({ tags, score: score + end[tags[length - 1]] }));
      const winner = finished.reduce((a, b) => (b.score > a.score ? b : a));
      expect(Array.from({ length }, (_, t) => best[row(t)])).toEqual(winner.tags);
    });
  });

  it('keep room for the largest batch so far, and give all of it back', () => {
    const kernels = create();
    const networks = networksIn(kernels, 'softmax');
    const ensemble = ensembleOf(networks, kernels, 'softmax');
    const before = kernels.mark();
    for (const lengths of [[2], [7, 5], [3, 1], [12]]) {
      ensemble.load([batchOf(lengths)]);
      ensemble.forward();
    }
    expect(networks.every((network) => network.holds({ rows: 12, steps: 12, oneHots: 12 }))).toBe(true);
    ensemble.release();
    expect(kernels.mark()).toEqual(before);
  });

  it('alone decides as it does without the others', () => {
    const kernels = create();
    const [network] = networksIn(kernels, 'crf');
    const ensemble = ensembleOf([network], kernels, 'crf');
    const batch = batchOf(LENGTHS);
    ensemble.load([batch]);
    ensemble.forward();
    const [logits, best] = [read(kernels, ensemble.logits), Array.from(kernels.viewInts(ensemble.decode()))];
    network.load(batch);
    network.forward();
    expect(read(kernels, network.logits)).toEqual(logits);
    expect(Array.from(kernels.viewInts(network.decode()))).toEqual(best);
  });
});
