import { describe, expect, it } from '@jest/globals';
import { gradientsByName } from '../../src/check/gradients_of.js';
import { packForPrediction } from '../../src/encode/batch.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { Network } from '../../src/network/network.js';
import { LEGAL } from '../../src/network/rules.js';
import { farthest, read } from '../support/kernels.js';
import {
  ARCHITECTURES,
  architecture,
  type Example,
  examples,
  packed,
  smallNetwork,
  TAGS,
} from '../support/small_network.js';

interface Result {
  readonly loss: number;
  readonly gradients: Map<string, Float64Array>;
}

function learn(network: Network, kernels: Kernels, list: readonly Example[], bpttSteps = 0): Result {
  const { batch, gold } = packed(list);
  network.load(batch);
  network.forward();
  const loss = network.loss(gold);
  return { loss, gradients: gradientsByName(network, kernels, network.backward(bpttSteps)) };
}

function entries({ gradients }: Result): number[] {
  return [...gradients.values()].flatMap((values) => [...values]);
}

describe.each(ARCHITECTURES)('a network, $title', ({ network: shape }) => {
  const list = examples([3, 6, 1, 4, 3]);

  it('a batch has the loss and the gradients of its sentences one by one, added up', () => {
    const { kernels, network } = smallNetwork(shape);
    const together = learn(network, kernels, list);
    const alone = list.map((example) => learn(network, kernels, [example]));
    expect(together.loss).toBeCloseTo(
      alone.reduce((sum, { loss }) => sum + loss, 0),
      10,
    );
    const sums = entries(together).map((_, i) => alone.reduce((sum, result) => sum + entries(result)[i], 0));
    expect(farthest(entries(together), sums)).toBeLessThan(1e-12);
    expect(Math.max(...sums.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it('a second run over the same batch gives the same numbers', () => {
    const { kernels, network } = smallNetwork(shape);
    const first = learn(network, kernels, list);
    const second = learn(network, kernels, list);
    expect(second).toEqual(first);
  });

  it('a small batch after a large one is not disturbed by what that left behind', () => {
    const { kernels, network } = smallNetwork(shape);
    learn(network, kernels, list);
    const after = learn(network, kernels, list.slice(2, 4));
    const fresh = smallNetwork(shape);
    expect(after).toEqual(learn(fresh.network, fresh.kernels, list.slice(2, 4)));
  });

  it('a larger batch after a small one finds room', () => {
    const { kernels, network } = smallNetwork(shape);
    learn(network, kernels, list.slice(2, 3));
    const after = learn(network, kernels, list);
    const fresh = smallNetwork(shape);
    expect(after).toEqual(learn(fresh.network, fresh.kernels, list));
  });

  it('float32 gives the same numbers, to its precision', () => {
    const { kernels, network } = smallNetwork(shape);
    const exact = learn(network, kernels, list);
    const single = smallNetwork(shape, { kernels: new ReferenceKernels('float32') });
    const rounded = learn(single.network, single.kernels, list);
    expect(farthest(entries(rounded), entries(exact))).toBeLessThan(1e-4);
  });
});

describe('a network', () => {
  it('turns its logits into probabilities that sum to 1', () => {
    const { kernels, network } = smallNetwork(architecture());
    network.load(packed(examples([2, 3])).batch);
    network.forward();
    expect(network.logits.length).toBe(5 * TAGS);
    const logits = read(kernels, network.logits);
    const probabilities = read(kernels, network.probabilities());
    for (let r = 0; r < 5; r++) {
      const exponentials = logits.slice(r * TAGS, (r + 1) * TAGS).map(Math.exp);
      const sum = exponentials.reduce((a, b) => a + b);
      expect(
        farthest(
          probabilities.slice(r * TAGS, (r + 1) * TAGS),
          exponentials.map((e) => e / sum),
        ),
      ).toBeLessThan(1e-12);
    }
  });

  it('tokens without gold add neither loss nor gradient', () => {
    const { kernels, network } = smallNetwork(architecture({ bidirectional: true }));
    const [example] = examples([4]);
    const none = learn(network, kernels, [{ ...example, gold: new Int32Array(4).fill(-1) }]);
    expect(none.loss).toBe(0);
    expect(entries(none).every((value) => value === 0)).toBe(true);
  });

  it('gives gradients only for the rows of the tables that the batch touched, in order', () => {
    const { kernels, network } = smallNetwork(architecture());
    const { batch, gold } = packed(examples([2, 1]));
    network.load(batch);
    network.forward();
    network.loss(gold);
    const { touched, tables } = network.backward();
    expect(Array.from(kernels.viewInts(touched))).toEqual(Array.from(batch.touched));
    expect(tables.map(({ length }) => length)).toEqual([batch.touched.length * 3]);
  });

  it('refuses to learn from a batch that was packed for prediction', () => {
    const { network } = smallNetwork(architecture());
    network.load(packForPrediction(examples([2]).map(({ encoded }) => encoded)));
    network.forward();
    network.loss(new Int32Array(2));
    expect(() => network.backward()).toThrow('packed for prediction only');
  });

  describe.each(['softmax', 'crf'] as const)('with rules and a %s', (outputLayer) => {
    // tag 3 is never first, last, or anywhere but behind tag 2
    const legal = (before: number, after: number): boolean => after !== 3 || before === 2;
    const pairs = Array.from({ length: 25 }, (_, i) => {
      const [before, after] = [Math.floor(i / 5), i % 5];
      return legal(before, after) && !(before === 3 && after === 4) ? LEGAL : 0;
    });
    const rules = { pairs: Int32Array.from(pairs), types: new Int32Array(4).fill(-1) };

    it('decodes to the likeliest tags that are legal together', () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { kernels, parameters } = smallNetwork(architecture({ outputLayer }), { seed });
        const network = new Network(kernels, architecture({ outputLayer }), parameters, rules);
        const { batch } = packed(examples([4], seed));
        network.load(batch);
        network.forward();
        const best = [...kernels.viewInts(network.decode())];
        const scores = read(kernels, network.logits);
        const weight = (name: string, i: number): number =>
          outputLayer === 'crf' ? kernels.view(parameters.get(name))[i] : 0;
        const score = (tags: readonly number[]): number =>
          tags.reduce(
            (sum, y, t) => sum + scores[t * 4 + y] + (t === 0 ? weight('start', y) : weight('A', tags[t - 1] * 4 + y)),
            weight('end', tags[3]),
          );
        const sequences = Array.from({ length: 256 }, (_, n) => [n >> 6, (n >> 4) & 3, (n >> 2) & 3, n & 3]).filter(
          (tags) => tags[3] !== 3 && tags.every((y, t) => legal(t === 0 ? 4 : tags[t - 1], y)),
        );
        expect(best).toEqual(sequences.reduce((a, b) => (score(b) > score(a) ? b : a)));
      }
    });
  });

  it('with a CRF neither uses nor learns what the rules forbid', () => {
    const shape = architecture({ outputLayer: 'crf' });
    const { kernels, parameters } = smallNetwork(shape);
    const pairs = new Int32Array(25).fill(LEGAL);
    pairs[1 * 5 + 2] = 0;
    pairs[4 * 5 + 3] = 0;
    pairs[0 * 5 + 4] = 0;
    const network = new Network(kernels, shape, parameters, { pairs, types: new Int32Array(4).fill(-1) });
    const [example] = examples([4]);
    const list = [{ ...example, gold: Int32Array.from([0, 1, 1, 2].map((y) => (y === 2 ? 3 : y))) }];
    const { loss, gradients } = learn(network, kernels, list);
    expect([gradients.get('A')?.[6], gradients.get('start')?.[3], gradients.get('end')?.[0]]).toEqual([0, 0, 0]);
    kernels.view(parameters.get('A'))[6] = 50;
    expect(learn(network, kernels, list).loss).toBe(loss);
  });

  it('does not take more memory for a batch that fits', () => {
    const { kernels, network } = smallNetwork(architecture());
    network.reserve({ rows: 20, steps: 10, oneHots: 40, touched: 9 });
    const mark = kernels.mark();
    network.load(packed(examples([3, 6, 1, 4])).batch);
    expect(kernels.mark()).toEqual(mark);
  });

  it.each(['rows', 'steps', 'oneHots', 'touched'] as const)('takes more memory for more %s alone', (what) => {
    const { kernels, network } = smallNetwork(architecture());
    const capacity = { rows: 5, steps: 5, oneHots: 5, touched: 5 };
    network.reserve(capacity);
    const before = kernels.mark();
    network.reserve({ rows: 1, steps: 1, oneHots: 1, touched: 1, [what]: 50 });
    const after = kernels.mark();
    expect(after.floats + after.ints).toBeGreaterThan(before.floats + before.ints);
    network.reserve(capacity);
    expect(kernels.mark()).toEqual(after);
  });

  it('gives its memory back before it takes more', () => {
    const { kernels, network } = smallNetwork(architecture());
    network.reserve({ rows: 10, steps: 10, oneHots: 10, touched: 9 });
    network.reserve({ rows: 20, steps: 20, oneHots: 20, touched: 9 });
    const grown = kernels.mark();
    const once = smallNetwork(architecture());
    once.network.reserve({ rows: 20, steps: 20, oneHots: 20, touched: 9 });
    expect(grown).toEqual(once.kernels.mark());
  });

  it.each(['floats', 'ints'] as const)('refuses to grow when %s were allocated after its memory', (what) => {
    const { kernels, network } = smallNetwork(architecture());
    network.load(packed(examples([2])).batch);
    kernels[what](1);
    expect(() => network.load(packed(examples([9, 9])).batch)).toThrow('must be the last thing allocated');
  });

  it('has nothing to compute before a batch is loaded', () => {
    const { network } = smallNetwork(architecture());
    expect(() => network.forward()).toThrow('no batch has been loaded');
    expect(() => network.layer(0, 0)).toThrow('no batch has been loaded');
    network.reserve({ rows: 1, steps: 1, oneHots: 1, touched: 1 });
    expect(() => network.forward()).toThrow('no batch has been loaded');
  });

  it('knows no parameter of another name', () => {
    const { network, parameters } = smallNetwork(architecture());
    network.load(packed(examples([2])).batch);
    expect(() => network.gradient('bh')).toThrow(new RangeError('no parameter is called bh'));
    expect(() => parameters.get('constructor')).toThrow(RangeError);
  });
});
