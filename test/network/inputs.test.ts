import { describe, expect, it } from '@jest/globals';
import { gradientsByName } from '../../src/check/gradients_of.js';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import type { EncodedSentence } from '../../src/encode/encoder.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { type Architecture, parameterShapes } from '../../src/network/architecture.js';
import type { Dropout } from '../../src/network/dropout.js';
import { Network } from '../../src/network/network.js';
import { Parameters } from '../../src/network/parameters.js';
import { farthest, numbers, read } from '../support/kernels.js';
import { architecture, COLUMNS, sentence, smallNetwork, TAGS } from '../support/small_network.js';
import { wasmKernels } from '../support/wasm.js';

const WIDE = 5;

interface Example {
  readonly encoded: EncodedSentence;
  readonly gold: Int32Array;
  /** What the draws of each token are keyed by. */
  readonly keys: Int32Array;
}

/** Sentences with weighted one-hots, and others that go to the emissions. */
function examples(lengths: readonly number[]): Example[] {
  return lengths.map((length, s) => {
    const draw = (offset: number, n: number): number[] =>
      numbers(length, 100 * s + offset).map((x) => Math.floor(((x + 1) / 2) * n));
    const [first, second, wide] = [draw(1, COLUMNS), draw(2, COLUMNS), draw(3, WIDE)];
    const plain = sentence(first.map((id, t) => [id, second[t]]));
    const weights = Float32Array.from(numbers(2 * length, 100 * s + 4));
    const { starts, ids } = sentence(wide.map((id, t) => (t % 2 === 0 ? [id, 1] : [])));
    const gold = Int32Array.from(draw(5, TAGS));
    return { encoded: { ...plain, weights, wide: { starts, ids } }, gold, keys: Int32Array.from(draw(6, 2 ** 30)) };
  });
}

/** A network that reads a column table of 6 and a wide table, with the same weights for the same shape. */
function network(shape: Partial<Architecture>, kernels: Kernels = new ReferenceKernels('float64')) {
  const whole = architecture({ columnWidth: 6, hidden: 5, ...shape });
  const sizes = { columns: COLUMNS, wideColumns: WIDE, tags: TAGS };
  const parameters = new Parameters(parameterShapes(whole, sizes), kernels);
  parameters.all.forEach(({ name }, i) => {
    const weights = kernels.view(parameters.get(name));
    weights.set(numbers(weights.length, i + 1));
  });
  return { kernels, parameters, network: new Network(kernels, whole, parameters) };
}

function run(built: ReturnType<typeof network>, list: readonly Example[], rates?: Pick<Dropout, 'input' | 'states'>) {
  const batch = packBatch(list.map(({ encoded }) => encoded));
  const pack = (values: readonly Int32Array[]) => packTokens(batch, values);
  const dropout = rates && { ...rates, rowKeys: pack(list.map(({ keys }) => keys)) };
  built.network.load(batch, dropout);
  built.network.forward();
  const logits = read(built.kernels, built.network.logits);
  const loss = built.network.loss(pack(list.map(({ gold }) => gold)));
  const gradients = gradientsByName(built.network, built.kernels, built.network.backward());
  return { logits, loss, gradients: [...gradients.values()].flatMap((values) => [...values]) };
}

/** What a network gives one sentence, without its wide one-hots. */
function deepLogits(built: ReturnType<typeof network>, { encoded }: Example): number[] {
  const none = { starts: new Int32Array(encoded.length + 1), ids: new Int32Array() };
  built.network.load(packBatch([{ ...encoded, wide: none }]));
  built.network.forward();
  return read(built.kernels, built.network.logits);
}

const LIST = examples([3, 6, 1, 4]);

describe('what a network reads', () => {
  it.each(['elman', 'lstm', 'gru'] as const)(
    'through a column table is what U reads whose columns are E U, %s',
    (cell) => {
      const built = network({ cell, bidirectional: true });
      const textbook = smallNetwork(architecture({ cell, bidirectional: true, hidden: 5 }));
      for (const { name } of textbook.parameters.all) {
        const weights = textbook.kernels.view(textbook.parameters.get(name));
        const own = built.kernels.view(built.parameters.get(name));
        if (!name.startsWith('U')) weights.set(own);
        else {
          const E = built.kernels.view(built.parameters.get('E'));
          const C = weights.length / COLUMNS;
          weights.fill(0);
          for (let v = 0; v < COLUMNS; v++) {
            for (let i = 0; i < 6; i++) for (let j = 0; j < C; j++) weights[v * C + j] += E[v * 6 + i] * own[i * C + j];
          }
        }
      }
      const { encoded } = LIST[1];
      const { length, starts, ids, weights } = encoded;
      textbook.network.load(packBatch([{ length, starts, ids, ...(weights && { weights }) }]));
      textbook.network.forward();
      const expected = read(textbook.kernels, textbook.network.logits);
      expect(farthest(deepLogits(built, LIST[1]), expected)).toBeLessThan(1e-12);
    },
  );

  it('straight to the emissions is added to V s + c', () => {
    const built = network({});
    const [, example] = LIST;
    const expected = deepLogits(built, example);
    const table = built.kernels.view(built.parameters.get('V_wide'));
    const { starts, ids } = example.encoded.wide ?? { starts: [], ids: [] };
    for (let t = 0; t < example.encoded.length; t++) {
      for (let i = starts[t]; i < starts[t + 1]; i++) {
        for (let k = 0; k < TAGS; k++) expected[t * TAGS + k] += table[ids[i] * TAGS + k];
      }
    }
    expect(farthest(run(built, [example]).logits, expected)).toBeLessThan(1e-12);
  });
});

const RATES = { input: 0.4, states: 0.5 };

describe.each([
  { title: 'one layer', layers: 1 },
  { title: 'two layers', layers: 2 },
])('dropout in a network of both directions, $title', ({ layers }) => {
  const shape = { bidirectional: true, layers };

  it('drops the same units of a sentence in every batch', () => {
    const built = network(shape);
    const together = run(built, LIST, RATES);
    const alone = LIST.map((example) => run(built, [example], RATES));
    const sums = together.gradients.map((_, i) => alone.reduce((sum, { gradients }) => sum + gradients[i], 0));
    expect(together.loss).toBeCloseTo(
      alone.reduce((sum, { loss }) => sum + loss, 0),
      10,
    );
    expect(farthest(together.gradients, sums)).toBeLessThan(1e-12);
  });

  it.each([
    { input: 0.4, states: 0 },
    { input: 0, states: 0.5 },
  ])('changes the loss by %o', (rates) => {
    const built = network(shape);
    const whole = run(built, LIST).loss;
    expect(Math.abs(run(built, LIST, rates).loss - whole)).toBeGreaterThan(1e-3);
    expect(run(built, LIST).loss).toBe(whole);
  });

  it('is the same in WebAssembly', () => {
    const [exact, fast] = [run(network(shape), LIST, RATES), run(network(shape, wasmKernels()), LIST, RATES)];
    expect(farthest(fast.logits, exact.logits)).toBeLessThan(1e-4);
    expect(farthest(fast.gradients, exact.gradients)).toBeLessThan(1e-3);
  });
});
