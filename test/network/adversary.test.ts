import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gradientsByName } from '../../src/check/gradients_of.js';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { stepAgainst } from '../../src/network/adversary.js';
import type { Architecture } from '../../src/network/architecture.js';
import { farthest, numbers, read } from '../support/kernels.js';
import { architecture, examples, packed, sentence, smallNetwork } from '../support/small_network.js';
import { wasmKernels } from '../support/wasm.js';

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
          const [x, g] = [0, 1].map((i) => Float64Array.from(numbers(batch.rows * D, seed + i)));
          const r = g.slice();
          stepAgainst(r, x, batch, D, size);
          for (const places of placesOf(batch)) {
            const [own, gradient, step] = [x, g, r].map((list) => places.map((place) => list[place]));
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
    const g = new Float64Array(x.length);
    stepAgainst(g, x, batch, D, 0.1);
    expect([...g]).toEqual(Array.from(g, () => 0));
  });
});

const LIST = examples([3, 6, 1, 4]);
const SHAPES: readonly Partial<Architecture>[] = [
  { bidirectional: true },
  { cell: 'gru', bidirectional: true, outputLayer: 'crf' },
  { cell: 'lstm', layers: 2 },
];

/** A network and what it does with the sentences, at its input and a step from there. */
function looker(shape: Partial<Architecture>, drops = false, kernels: Kernels = new ReferenceKernels('float64')) {
  const built = smallNetwork(architecture({ columnWidth: D, hidden: 5, ...shape }), { kernels });
  const { network } = built;
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
    network.load(batch, drops ? { rowKeys, input: 0.3, states: 0.4 } : undefined);
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

  it.each([false, true])(
    'raises the loss by the length of the step of each sentence times that of its gradient, with dropout: %s',
    (drops) => {
      const { network, kernels, parameters } = looker(shape);
      // each token has a column of its own, which is its x where that is not dropped
      const ids = [
        [4, 0, 7, 2],
        [6, 1, 8],
      ];
      const batch = packBatch(ids.map((list) => sentence(list.map((id) => [id]))));
      const gold = packTokens(batch, [Int32Array.of(1, 0, 3, 3), Int32Array.of(2, 2, 0)]);
      const rowKeys = packTokens(batch, [Int32Array.of(5, 61, 7, 80), Int32Array.of(9, 101, 113)]);
      const loss = (): number => {
        network.forward();
        return network.loss(gold);
      };
      network.load(batch, drops ? { rowKeys, input: 0.3, states: 0.4 } : undefined);
      loss();
      const dE = [...(gradientsByName(network, kernels, network.backward()).get('E') ?? [])];
      const kept = read(kernels, parameters.get('E')).map((x, i) => (dE[i] === 0 ? 0 : x));
      expect(kept.filter((x) => x !== 0).length < 7 * D).toBe(drops);
      const before = loss();
      network.moveInput(1e-6);
      const grown = ids.map((list) => {
        const [x, dx] = [kept, dE].map((table) => norm(list.flatMap((id) => table.slice(id * D, (id + 1) * D))));
        return 1e-6 * x * dx;
      });
      expect((loss() - before) / grown.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);
    },
  );

  it('goes along a gradient that is cut as it says', () => {
    const { network, look, first } = looker(shape);
    const grownBy = (bpttSteps: number): number => {
      const before = first();
      network.moveInput(1e-5, bpttSteps);
      return look() - before;
    };
    expect(grownBy(1)).toBeLessThan(grownBy(0)); // no step so long raises the loss as much as that along the whole gradient
    expect(grownBy(1)).not.toBe(grownBy(2));
  });

  it('leaves the gradients of weights alone until it has its own', () => {
    const { network, kernels, parameters, first } = looker(shape);
    first();
    const dense = parameters.shapes.dense.map(({ name }) => network.gradient(name));
    for (const buffer of dense) kernels.fill(buffer, 7);
    network.moveInput(0.2);
    for (const buffer of dense) expect(new Set(read(kernels, buffer))).toEqual(new Set([7]));
    expect(() => network.backward()).toThrow('the input was moved: forward and loss come first');
    expect(() => network.moveInput(0.2)).toThrow('the input was moved: forward and loss come first');
  });

  it('is the same with the WebAssembly kernels', () => {
    const [one, other] = [looker(shape), looker(shape, false, wasmKernels())].map(
      ({ network, look, gradient, first }) => {
        first();
        network.moveInput(0.2);
        return { loss: look(), gradients: [...gradient().values()].flatMap((values) => [...values]) };
      },
    );
    expect(other.loss).toBeCloseTo(one.loss, 4);
    expect(farthest(other.gradients, one.gradients)).toBeLessThan(1e-4);
  });

  it('is over with the next one', () => {
    const { network, batch, look, gradient, first } = looker(shape);
    const before = first();
    const expected = gradient();
    network.load(batch);
    look();
    network.moveInput(0.2);
    expect(first()).toBe(before); // a batch that is loaded anew is not moved
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
