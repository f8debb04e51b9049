import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RunError } from '../../src/errors.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { floatsOf, intsOf, numbers, read } from '../support/kernels.js';
import { type LayerShape, runLayer, UNITS } from '../support/layer_run.js';
import { wasmBytes, wasmKernels } from '../support/wasm.js';

afterEach(() => {
  jest.restoreAllMocks();
});

/** −log of the probabilities of row r's tag r, which reads the module's own tables. */
function loss(kernels: Kernels): number {
  const probabilities = floatsOf(kernels, [0.9, 0.1, 0.7, 0.3]);
  return kernels.crossEntropy(probabilities, intsOf(kernels, [0, 1]), 2, 2);
}

describe('memory of the WebAssembly kernels', () => {
  it('begins every buffer at a line of the cache', () => {
    const kernels = wasmKernels();
    const buffers = [1, 17, 0, 5].flatMap((length) => [kernels.floats(length), kernels.ints(length)]);
    expect(buffers.map(({ offset }) => (offset * 4) % 64)).toEqual(buffers.map(() => 0));
  });

  it('lies behind the data of the module', () => {
    const kernels = wasmKernels();
    const before = loss(kernels);
    const first = kernels.floats(100_000);
    kernels.fill(first, 1e30);
    expect(loss(kernels)).toBe(before);
    expect(before).toBeCloseTo(-Math.log(0.9) - Math.log(0.3), 6);
  });

  it('keeps its contents when a layer asks for scratch memory', () => {
    const kernels = wasmKernels();
    const kept = floatsOf(kernels, numbers(5000, 1));
    const mark = kernels.mark();
    runLayer(kernels, { unit: 'lstm', lengths: [20, 3], H: 150, direction: 'forward', bpttSteps: 0, seed: 1 });
    kernels.release(mark);
    expect(read(kernels, kept)).toEqual(numbers(5000, 1));
    expect(new Set(read(kernels, kernels.floats(500_000)))).toEqual(new Set([0]));
  });

  it.each(UNITS)('a batch has the same bytes whatever else is in memory: %s', (unit) => {
    const shape: LayerShape = { unit, lengths: [9, 7, 7, 2, 1], H: 13, direction: 'backward', bpttSteps: 3, seed: 4 };
    const alone = runLayer(wasmKernels(), shape);
    const crowded = wasmKernels();
    const mark = crowded.mark();
    crowded.fill(crowded.floats(300_000), Number.NaN);
    crowded.release(mark);
    crowded.floats(77);
    expect(runLayer(crowded, shape)).toEqual(alone);
  });

  it('a row of a product has the same bytes in any company', () => {
    const [k, n] = [19, 45];
    const [a, b] = [numbers(k, 1), numbers(k * n, 2)];
    const first = (rows: number): number[] => {
      const kernels = wasmKernels();
      const out = kernels.floats(rows * n);
      const left = floatsOf(kernels, [...numbers((rows - 1) * k, 9), ...a]);
      kernels.multiplyAdd(out, left, floatsOf(kernels, b), rows, k, n);
      return read(kernels, out).slice(-n);
    };
    const alone = first(1);
    for (const rows of [2, 3, 4, 5, 6, 64, 65, 67]) expect(first(rows)).toEqual(alone);
  });

  it('says what is wrong when something is released twice', () => {
    const kernels = wasmKernels();
    const early = kernels.mark();
    kernels.floats(3);
    const late = kernels.mark();
    kernels.release(early);
    expect(() => kernels.release(late)).toThrow(RangeError);
  });
});

describe('creating the WebAssembly kernels', () => {
  it('gives kernels named wasm', async () => {
    expect((await WasmKernels.create(wasmBytes())).name).toBe('wasm');
  });

  it('fails on damaged bytes', async () => {
    await expect(WasmKernels.create(wasmBytes().slice(0, 1000))).rejects.toThrow(
      new RunError('the WebAssembly kernels are damaged'),
    );
  });

  it('says so where there are no vectors', async () => {
    const { WebAssembly } = globalThis as unknown as { WebAssembly: { validate(bytes: Uint8Array): boolean } };
    jest.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    await expect(WasmKernels.create(wasmBytes())).rejects.toThrow(/has no WebAssembly SIMD$/);
    await expect(WasmKernels.create(wasmBytes())).rejects.toBeInstanceOf(RunError);
  });
});
