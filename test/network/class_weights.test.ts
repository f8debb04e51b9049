import { describe, expect, it } from '@jest/globals';
import { packBatch, packTokens } from '../../src/encode/batch.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { farthest, read } from '../support/kernels.js';
import { architecture, examples, smallNetwork, TAGS } from '../support/small_network.js';
import { wasmKernels } from '../support/wasm.js';

const WEIGHTS = Float64Array.from([1, 3, 0.25, 1]);
const LIST = examples([4, 2, 3]);
const KERNELS = [
  { kernels: 'plain loops', create: (): Kernels => new ReferenceKernels('float64'), tolerance: 1e-12 },
  { kernels: 'WebAssembly', create: wasmKernels, tolerance: 1e-5 },
];

/** The loss of some sentences and dL/do, and the logits o before. */
function run(outputLayer: 'softmax' | 'crf', create: () => Kernels, list = LIST, weights?: Float64Array) {
  const built = smallNetwork(architecture({ outputLayer }), { kernels: create() });
  const { kernels, network, parameters } = built;
  const batch = packBatch(list.map(({ encoded }) => encoded));
  const gold = packTokens(
    batch,
    list.map((example) => example.gold),
  );
  network.load(batch);
  network.forward();
  const logits = read(kernels, network.logits);
  const loss = network.loss(gold, weights);
  const weight = (name: string) => read(kernels, parameters.get(name));
  return { logits, loss, gold, gradient: read(kernels, network.logits), weight };
}

describe.each(KERNELS)('class weights on $kernels', ({ create, tolerance }) => {
  it('multiply the loss and the gradient of a token after a softmax', () => {
    const plain = run('softmax', create);
    const weighted = run('softmax', create, LIST, WEIGHTS);
    const expected = plain.gradient.map((x, i) => x * WEIGHTS[plain.gold[Math.floor(i / TAGS)]]);
    expect(farthest(weighted.gradient, expected)).toBeLessThan(tolerance);
    const K = TAGS;
    const loss = [...plain.gold].reduce((sum, tag, r) => {
      const row = plain.logits.slice(r * K, (r + 1) * K).map(Math.exp);
      return sum - WEIGHTS[tag] * Math.log(row[tag] / row.reduce((a, b) => a + b));
    }, 0);
    expect(Math.abs(weighted.loss - loss)).toBeLessThan(10 * tolerance);
  });

  it('count a sequence in Z of a CRF once for each wrong token, times its weight', () => {
    for (const example of LIST) {
      const { logits, loss, gold, weight } = run('crf', create, [example], WEIGHTS);
      const [A, start, end] = ['A', 'start', 'end'].map(weight);
      const T = gold.length;
      const score = (path: readonly number[]): number =>
        path.reduce((sum, y, t) => sum + logits[t * TAGS + y] + (t === 0 ? start[y] : A[path[t - 1] * TAGS + y]), 0) +
        end[path[T - 1]];
      let Z = 0;
      for (let code = 0; code < TAGS ** T; code++) {
        const path = Array.from({ length: T }, (_, t) => Math.floor(code / TAGS ** t) % TAGS);
        const times = path.reduce((product, y, t) => (y === gold[t] ? product : product * WEIGHTS[gold[t]]), 1);
        Z += times * Math.exp(score(path));
      }
      expect(Math.abs(loss - (Math.log(Z) - score([...gold])))).toBeLessThan(10 * tolerance);
    }
  });

  it.each(['softmax', 'crf'] as const)('of 1 change nothing of a %s, to the last bit', (outputLayer) => {
    const plain = run(outputLayer, create);
    const ones = run(outputLayer, create, LIST, new Float64Array(TAGS).fill(1));
    expect([ones.loss, ones.gradient]).toEqual([plain.loss, plain.gradient]);
  });
});
