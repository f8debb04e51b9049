import { describe, expect, it } from '@jest/globals';
import { gradientReach } from '../../src/network/gradient_reach.js';
import { architecture, examples, packed, SOFTMAX_ARCHITECTURES, smallNetwork } from '../support/small_network.js';

const LENGTH = 6;

describe.each(SOFTMAX_ARCHITECTURES)('gradient reach, $title', ({ network: shape }) => {
  const { batch } = packed(examples([LENGTH]));
  const { kernels, parameters, network } = smallNetwork(shape);
  const reach = gradientReach(network, shape, kernels, batch, 2);

  it('has a norm for every token of every layer and direction', () => {
    const directions = shape.bidirectional ? ['forward', 'backward'] : ['forward'];
    const expected = Array.from({ length: shape.layers }, (_, layer) => directions.map((d) => [layer, d])).flat();
    expect(reach.layers.map(({ layer, direction }) => [layer, direction])).toEqual(expected);
    for (const { stateGradientNorms, cellGradientNorms } of reach.layers) {
      expect(stateGradientNorms).toHaveLength(LENGTH);
      expect(cellGradientNorms?.length).toBe(shape.cell === 'lstm' ? LENGTH : undefined);
    }
  });

  it("the last state of the top layer has the norm of V's transpose times (y − one-hot)", () => {
    network.load(batch);
    network.forward();
    const K = parameters.get('c').length;
    const y = Array.from(kernels.view(network.probabilities())).slice(-K);
    expect(reach.loss).toBeCloseTo(-Math.log(y[2]), 12);
    const dLogits = y.map((p, k) => (k === 2 ? p - 1 : p));
    const V = Array.from(kernels.view(parameters.get('V'))).slice(0, shape.hidden * K);
    const dStates = Array.from({ length: shape.hidden }, (_, h) =>
      dLogits.reduce((sum, d, k) => sum + d * V[h * K + k], 0),
    );
    const top = reach.layers.find(({ layer, direction }) => layer === shape.layers - 1 && direction === 'forward');
    expect(top?.stateGradientNorms[LENGTH - 1]).toBeCloseTo(Math.hypot(...dStates), 12);
  });

  it('the states that read backward from the end owe nothing to those before them', () => {
    const backward = reach.layers.filter(
      ({ layer, direction }) => layer === shape.layers - 1 && direction === 'backward',
    );
    for (const { stateGradientNorms } of backward) {
      expect(stateGradientNorms.slice(0, -1)).toEqual(new Array(LENGTH - 1).fill(0));
    }
  });
});

describe('gradient reach', () => {
  it('through a linear unit shrinks by W at every step', () => {
    const shape = architecture({ activation: 'relu', hidden: 1 });
    const { kernels, parameters, network } = smallNetwork(shape);
    for (const { name } of parameters.all) kernels.fill(parameters.get(name), 0.5);
    const V = kernels.view(parameters.get('V'));
    V.set([1, 2, 3, 4]);
    const { batch } = packed(examples([5]));
    const [{ stateGradientNorms }] = gradientReach(network, shape, kernels, batch, 0).layers;
    for (let k = 1; k < 5; k++) expect(stateGradientNorms[k] / stateGradientNorms[k - 1]).toBeCloseTo(2, 10);
    expect(stateGradientNorms[4]).toBeGreaterThan(0.1);
  });

  it('is of one sentence', () => {
    const { kernels, network } = smallNetwork(architecture());
    const { batch } = packed(examples([2, 3]));
    expect(() => gradientReach(network, architecture(), kernels, batch, 0)).toThrow(RangeError);
  });
});
