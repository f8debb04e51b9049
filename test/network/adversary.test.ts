import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gradientsByName } from '../../src/check/gradients_of.js';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import { stepAgainst } from '../../src/network/adversary.js';
import type { Architecture } from '../../src/network/architecture.js';
import { numbers, read } from '../support/kernels.js';
import { architecture, examples, packed, sentence, smallNetwork } from '../support/small_network.js';

const D = 4;

/** The places in [R,D] of the numbers of each sentence of a batch. */
function placesOf({ lengths, starts }: { lengths: ArrayLike<number>; starts: ArrayLike<number> }): number[][] {
  return Array.from(lengths, (length, i) =>
    Array.from({ length: length * D }, (_, n) => (starts[Math.floor(n / D)] + i) * D + (n % D)),
  );
}

function norm(values: readonly number[]): number {
  return Math.hypot(...values);
}

describe('a step against a network', () => {
  it('goes along the gradient of each sentence, so many times as long as its input', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.001, max: 2, noNaN: true }),
        (lengths, seed, size) => {
          const { batch } = packed(examples(lengths));
          const [before, g] = [0, 1].map((i) => Float64Array.from(numbers(batch.rows * D, seed + i)));
          const x = before.slice();
          stepAgainst(x, g, batch, D, size);
          for (const places of placesOf(batch)) {
            const [own, gradient, step] = [before, g, x].map((list) => places.map((place) => list[place]));
            expect(norm(step)).toBeCloseTo(size * norm(own), 10);
            const product = step.reduce((sum, value, i) => sum + value * gradient[i], 0);
            expect(product).toBeCloseTo(norm(step) * norm(gradient), 10);
          }
        },
      ),
    );
  });

  it('is none where the gradient is zero', () => {
    const { batch } = packed(examples([3, 1]));
    const x = Float64Array.from(numbers(batch.rows * D, 5));
    stepAgainst(x, new Float64Array(x.length), batch, D, 0.1);
    expect([...x]).toEqual(Array.from(x, () => 0));
  });
});

const LIST = examples([3, 6, 1, 4]);
const SHAPES: readonly Partial<Architecture>[] = [
  { bidirectional: true },
  { cell: 'gru', bidirectional: true, outputLayer: 'crf' },
  { cell: 'lstm', layers: 2 },
];

/** A network and what it does with the sentences, at its input and a step from there. */
function looker(shape: Partial<Architecture>, drops = false) {
  const built = smallNetwork(architecture({ columnWidth: D, hidden: 5, ...shape }));
  const { network, kernels } = built;
  const { batch, gold } = packed(LIST);
  const rowKeys = packTokens(
    batch,
    LIST.map(({ gold: { length } }, s) => Int32Array.from({ length }, (_, t) => 977 * s + t)),
  );
  const look = (): number => {
    network.forward();
    return network.loss(gold);
  };
  const gradient = (): Map<string, Float64Array> => gradientsByName(network, kernels, network.backward());
  const first = () => {
    network.load(batch, undefined, drops ? { rowKeys, input: 0.3, states: 0.4 } : undefined);
    return look();
  };
  return { ...built, batch, look, gradient, first };
}

describe.each(SHAPES)('a look at a moved input, %o', (shape) => {
  it.each([false, true])('has the gradient of its own loss, with dropout: %s', (drops) => {
    const { network, kernels, parameters, look, gradient, first } = looker(shape, drops);
    first();
    network.moveInput(0.2);
    look();
    const gradients = gradient();
    const lossWith = (name: string, i: number, by: number): number => {
      first();
      network.moveInput(0.2); // the step is that of the weights as they are
      kernels.view(parameters.get(name))[i] += by;
      const loss = look();
      kernels.view(parameters.get(name))[i] -= by;
      return loss;
    };
    for (const { name } of parameters.all) {
      const own = gradients.get(name) ?? new Float64Array();
      for (let i = 0; i < own.length; i += 3) {
        const slope = (lossWith(name, i, 1e-5) - lossWith(name, i, -1e-5)) / 2e-5;
        expect(own[i]).toBeCloseTo(slope, 6);
      }
    }
  });

  it('raises the loss by the length of the step times that of the gradient', () => {
    const { network, kernels, parameters } = looker(shape);
    // each token has a column of its own, which is its x
    const ids = [4, 0, 7, 2, 5];
    const batch = packBatch([sentence(ids.map((id) => [id]))]);
    const gold = packTokens(batch, [Int32Array.of(1, 0, 3, 3, 2)]);
    const loss = (): number => {
      network.forward();
      return network.loss(gold);
    };
    network.load(batch);
    loss();
    const dE = gradientsByName(network, kernels, network.backward()).get('E') ?? [];
    const before = loss();
    const E = read(kernels, parameters.get('E'));
    const [x, dx] = [E, [...dE]].map((table) => norm(ids.flatMap((id) => table.slice(id * D, (id + 1) * D))));
    network.moveInput(1e-6);
    expect((loss() - before) / (1e-6 * x * dx)).toBeCloseTo(1, 4);
  });

  it('is over with the next one', () => {
    const { network, look, gradient, first } = looker(shape);
    const before = first();
    const expected = gradient();
    first();
    network.moveInput(0.2);
    const moved = look();
    network.backward();
    expect(moved).toBeGreaterThan(before);
    expect(look()).toBe(before);
    expect(gradient()).toEqual(expected);
  });
});

it('a network without a column table has no sum to move', () => {
  const { network } = smallNetwork(architecture());
  const { batch, gold } = packed(LIST);
  network.load(batch);
  network.forward();
  network.loss(gold);
  expect(() => network.moveInput(0.1)).toThrow('there is no sum of columns to move');
});
