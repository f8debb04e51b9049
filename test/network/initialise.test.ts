import { describe, expect, it } from '@jest/globals';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { type Architecture, parameterShapes } from '../../src/network/architecture.js';
import { type Initialisation, initialise } from '../../src/network/initialise.js';
import { Parameters } from '../../src/network/parameters.js';
import { keyedRandom } from '../../src/train/random.js';
import { architecture } from '../support/small_network.js';

function initialised(shape: Architecture, how: Initialisation, seed = 1): Map<string, Float64Array> {
  const kernels = new ReferenceKernels('float64');
  const parameters = new Parameters(parameterShapes(shape, { columns: 50, tags: 7 }), kernels);
  initialise(parameters, shape, how, kernels, keyedRandom(seed));
  return new Map(parameters.all.map(({ name }) => [name, Float64Array.from(kernels.view(parameters.get(name)))]));
}

const HIDDEN = 16;

describe('uniform initialisation', () => {
  const weights = initialised(architecture({ cell: 'gru', hidden: HIDDEN, layers: 2, bidirectional: true }), 'uniform');

  it.each([...weights.keys()])('fills ±1/√H with %s', (name) => {
    const values = weights.get(name) ?? new Float64Array();
    const largest = Math.max(...values);
    const least = Math.min(...values);
    expect(largest).toBeLessThan(0.25);
    expect(least).toBeGreaterThanOrEqual(-0.25);
    if (values.length > 100) {
      expect(largest).toBeGreaterThan(0.23);
      expect(least).toBeLessThan(-0.23);
      expect(Math.abs(values.reduce((a, b) => a + b) / values.length)).toBeLessThan(0.03);
    }
  });

  it('depends on what is drawn alone', () => {
    const shape = architecture();
    expect(initialised(shape, 'uniform', 5)).toEqual(initialised(shape, 'uniform', 5));
    expect(initialised(shape, 'uniform', 5)).not.toEqual(initialised(shape, 'uniform', 6));
  });
});

describe('column tables', () => {
  const shape = architecture({ hidden: HIDDEN, columnWidth: 20 });
  const kernels = new ReferenceKernels('float64');
  const parameters = new Parameters(parameterShapes(shape, { columns: 500, wideColumns: 30, tags: 7 }), kernels);
  initialise(parameters, shape, 'orthogonal', kernels, keyedRandom(1), 0.02);
  const weights = (name: string) => Array.from(kernels.view(parameters.get(name)));

  it('begin uniform with the given standard deviation', () => {
    const E = weights('E');
    const mean = E.reduce((a, b) => a + b) / E.length;
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(Math.sqrt(E.reduce((sum, x) => sum + x ** 2, 0) / E.length)).toBeCloseTo(0.02, 3);
    expect(Math.max(...E.map(Math.abs))).toBeLessThan(0.02 * Math.sqrt(3));
  });

  it('that are added to the emissions begin with zeros, the others as ever', () => {
    expect(new Set(weights('V_wide'))).toEqual(new Set([0]));
    for (const name of ['U', 'b', 'V']) expect(Math.max(...weights(name))).toBeGreaterThan(0.1);
  });
});

describe('orthogonal initialisation', () => {
  const shape = architecture({ cell: 'lstm', hidden: HIDDEN, layers: 2, bidirectional: true });
  const weights = initialised(shape, 'orthogonal');
  const columns = 4 * HIDDEN;

  it.each(['W', 'W_backward', 'W2', 'W2_backward'])('makes every gate of %s orthogonal', (name) => {
    const W = weights.get(name) ?? new Float64Array();
    expect(W).toHaveLength(HIDDEN * columns);
    for (let first = 0; first < columns; first += HIDDEN) {
      for (let i = 0; i < HIDDEN; i++) {
        for (let j = 0; j < HIDDEN; j++) {
          let dot = 0;
          for (let k = 0; k < HIDDEN; k++) dot += W[i * columns + first + k] * W[j * columns + first + k];
          expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
        }
      }
    }
  });

  it('gives every gate a matrix of its own', () => {
    const W = weights.get('W') ?? new Float64Array();
    expect(W.subarray(0, HIDDEN)).not.toEqual(W.subarray(HIDDEN, 2 * HIDDEN));
  });

  it('leaves the other weights uniform', () => {
    for (const [name, values] of weights) {
      if (!name.startsWith('W')) expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.25);
    }
  });

  it('draws again where a direction is already taken', () => {
    const kernels = new ReferenceKernels('float64');
    const one = architecture({ hidden: 2 });
    const parameters = new Parameters(parameterShapes(one, { columns: 1, tags: 1 }), kernels);
    // 0.5 gives the direction 0, which has no length
    const draws = [...new Array(2 + 4 + 24).fill(0.5), ...new Array(12).fill(0.75), ...new Array(12).fill(0.25)];
    const random = keyedRandom(1);
    initialise(parameters, one, 'orthogonal', kernels, () => draws.shift() ?? random());
    const [a, b, c, d] = kernels.view(parameters.get('W'));
    expect(a * a + b * b).toBeCloseTo(1, 12);
    expect(a * c + b * d).toBeCloseTo(0, 12);
    expect(a).toBeCloseTo(Math.SQRT1_2, 12);
    expect(b).toBeCloseTo(-Math.SQRT1_2, 12);
  });
});
