import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { farthest, floatsOf, IMPLEMENTATIONS, intsOf, numbers, read, SIZES } from '../support/kernels.js';
import { wasmKernels } from '../support/wasm.js';

const KEYS = [5, -1_234_567, 2 ** 31 - 1];

/** 1 for every unit that is kept, 0 for every other. */
function kept(kernels: Kernels, keys: readonly number[], width: number, salt: number, rate: number): number[] {
  const ones = floatsOf(kernels, new Array<number>(keys.length * width).fill(1));
  kernels.dropout(ones, ones, intsOf(kernels, keys), keys.length, width, salt, rate);
  return read(kernels, ones).map((x) => (x === 0 ? 0 : 1));
}

describe.each(IMPLEMENTATIONS)('dropout with $name', ({ create, tolerance }) => {
  it.each(SIZES)('keeps a unit over 1 − rate or makes it 0, %i wide', (width) => {
    const kernels = create();
    const values = numbers(KEYS.length * width, 1);
    const out = floatsOf(kernels, [...new Array<number>(values.length).fill(99), 7]);
    kernels.dropout(out, floatsOf(kernels, values), intsOf(kernels, KEYS), KEYS.length, width, 11, 0.375);
    const mask = kept(kernels, KEYS, width, 11, 0.375);
    const expected = values.map((value, i) => (mask[i] * value) / 0.625);
    expect(farthest(read(kernels, out), [...expected, 7])).toBeLessThan(tolerance);
  });

  it.each([0.1, 0.5, 0.9])('drops a share of %f, in every row and every column', (rate) => {
    const kernels = create();
    const keys = Array.from({ length: 300 }, (_, i) => i);
    const mask = kept(kernels, keys, 300, 0, rate);
    const share = (list: number[]) => 1 - list.reduce((a, b) => a + b, 0) / list.length;
    const spread = 5 * Math.sqrt((rate * (1 - rate)) / 300);
    expect(Math.abs(share(mask) - rate)).toBeLessThan(spread / 10);
    for (let i = 0; i < 300; i++) {
      expect(Math.abs(share(mask.slice(i * 300, (i + 1) * 300)) - rate)).toBeLessThan(spread);
      expect(Math.abs(share(mask.filter((_, at) => at % 300 === i)) - rate)).toBeLessThan(spread);
    }
  });

  it('drops other units for another key or salt', () => {
    const kernels = create();
    const masks = [kept(kernels, [1], 64, 0, 0.5), kept(kernels, [2], 64, 0, 0.5), kept(kernels, [1], 64, 64, 0.5)];
    expect(new Set(masks.map((mask) => mask.join(''))).size).toBe(3);
  });

  it('drops nothing at rate 0', () => {
    expect(kept(create(), KEYS, 50, 3, 0)).toEqual(new Array(150).fill(1));
  });
});

describe('dropout in WebAssembly', () => {
  it('drops exactly the units that plain loops drop', () => {
    const wasm = wasmKernels();
    const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const shape = [
      fc.array(int, { maxLength: 5 }),
      fc.nat(40),
      fc.nat(2 ** 30),
      fc.double({ min: 0, max: 0.999 }),
    ] as const;
    fc.assert(
      fc.property(...shape, (keys, width, salt, rate) => {
        const plain = [new ReferenceKernels('float32'), new ReferenceKernels('float64')];
        const expected = plain.map((kernels) => kept(kernels, keys, width, salt, rate));
        const mark = wasm.mark();
        expect([kept(wasm, keys, width, salt, rate), expected[1]]).toEqual([expected[0], expected[0]]);
        wasm.release(mark);
      }),
    );
  });
});
