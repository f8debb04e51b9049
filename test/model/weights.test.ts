import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FloatArray } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { halfNumbers } from '../../src/model/half.js';
import {
  formatOf,
  packedLength,
  packWeights,
  roundWeights,
  unpackWeights,
  WEIGHT_FORMATS,
  type WeightFormat,
} from '../../src/model/weights.js';
import { Parameters } from '../../src/network/parameters.js';

function again(weights: FloatArray, columns: number, format: WeightFormat): Float32Array {
  const matrix = { rows: weights.length / columns, columns };
  const read = new Float32Array(weights.length);
  unpackWeights(packWeights(weights, matrix, format), read, matrix, format);
  return read;
}

/** Rows of three weights, as large or small as any that training gives. */
const matrices = fc
  .array(fc.float({ min: -(2 ** 100), max: 2 ** 100, noNaN: true }), { maxLength: 30 })
  .map((list) => Float32Array.from(list.slice(0, list.length - (list.length % 3))));

describe('packed weights', () => {
  it.each(WEIGHT_FORMATS)('of %s have the length that is foretold', (format) => {
    for (const [rows, columns] of [
      [0, 3],
      [1, 1],
      [5, 3],
    ]) {
      const bytes = packWeights(new Float32Array(rows * columns), { rows, columns }, format);
      expect(bytes.length).toBe(packedLength({ rows, columns }, format));
    }
  });

  it.each(WEIGHT_FORMATS)('of %s that were read are packed to the same bytes', (format) => {
    fc.assert(
      fc.property(matrices, (weights) => {
        const matrix = { rows: weights.length / 3, columns: 3 };
        const bytes = packWeights(weights, matrix, format).slice();
        expect(packWeights(again(weights, 3, format), matrix, format)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(WEIGHT_FORMATS)('of %s in double precision are those of the numbers as float32', (format) => {
    const weights = Float64Array.of(0.1, -1e-50, 3.7, 2.5e-8);
    expect(again(weights, 2, format)).toEqual(again(Float32Array.from(weights), 2, format));
    const read = new Float64Array(4);
    const matrix = { rows: 2, columns: 2 };
    unpackWeights(packWeights(weights, matrix, format), read, matrix, format);
    expect(Float32Array.from(read)).toEqual(again(weights, 2, format));
  });

  it('of float32 are little-endian and exact', () => {
    const bytes = packWeights(Float32Array.of(1, -2.5), { rows: 1, columns: 2 }, 'float32');
    expect([...bytes]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0]);
    fc.assert(fc.property(matrices, (weights) => expect(again(weights, 3, 'float32')).toEqual(weights)));
  });

  it('of float16 are little-endian', () => {
    const bytes = packWeights(Float32Array.of(1, -2.5), { rows: 1, columns: 2 }, 'float16');
    expect([...bytes]).toEqual([0, 0x3c, 0, 0xc1]);
  });

  it('of int8 are scales, then numbers', () => {
    const bytes = packWeights(Float32Array.of(127, -64, 0, 0, 0.5, 0.25), { rows: 3, columns: 2 }, 'int8');
    // the scale 0.5 / 127 = 0x3b810204 is kept as 0x3b81
    expect([...bytes]).toEqual([0x80, 0x3f, 0, 0, 0x81, 0x3b, 127, -64 & 255, 0, 0, 127, 64]);
  });

  it('of int8 are off by half their scale at most, which is a 127th of the largest of the row but for 8 bits', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 4, maxLength: 4, noNaN: true, max: 100, min: -100 }), (weights) => {
        const bytes = packWeights(weights, { rows: 1, columns: 4 }, 'int8');
        const scale = new DataView(Uint8Array.of(0, 0, bytes[0], bytes[1]).buffer).getFloat32(0, true);
        const largest = Math.max(...weights.map(Math.abs));
        expect(Math.abs(scale - largest / 127)).toBeLessThanOrEqual((largest / 127) * 2 ** -8 + 2 ** -100);
        again(weights, 4, 'int8').forEach((weight, i) => {
          expect(Math.abs(weight - weights[i])).toBeLessThanOrEqual(scale / 2 + 2 ** -100);
        });
      }),
      { numRuns: 2000, examples: [[Float32Array.of(0, 0, 0.000014302699128165841, -0.0012073814868927002)]] },
    );
  });

  it.each(['float16', 'int8'] as const)('of %s keep what is not finite from being read as a number', (format) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(again(Float32Array.of(1, bad), 2, format).every(Number.isFinite)).toBe(false);
    }
  });
});

describe('the weights of a network', () => {
  const shapes = {
    tables: [{ name: 'U', rows: 2, columns: 2 }],
    dense: [{ name: 'W', rows: 2, columns: 2 }],
  };

  it('with int8 are so in tables only, and float16 elsewhere', () => {
    const formats = WEIGHT_FORMATS.map((weightFormat) => [0, 1].map((i) => formatOf({ shapes }, i, { weightFormat })));
    expect(formats).toEqual([
      ['float32', 'float32'],
      ['float16', 'float16'],
      ['int8', 'float16'],
    ]);
  });

  it('are rounded to what will be read', () => {
    const kernels = new ReferenceKernels();
    const parameters = new Parameters(shapes, kernels);
    for (const name of ['U', 'W']) kernels.view(parameters.get(name)).set([0.1, -0.2, 0.003, 0.7]);
    roundWeights(parameters, kernels, { weightFormat: 'float32' });
    expect([...kernels.view(parameters.get('W'))]).toEqual([0.1, -0.2, 0.003, 0.7].map(Math.fround));
    roundWeights(parameters, kernels, { weightFormat: 'int8' });
    expect(kernels.view(parameters.get('U'))).toEqual(again(Float32Array.of(0.1, -0.2, 0.003, 0.7), 2, 'int8'));
    expect([...kernels.view(parameters.get('W'))].every((weight) => halfNumbers().includes(weight))).toBe(true);
  });
});
