import { describe, expect, it } from '@jest/globals';
import { compile, engine } from '../../src/kernels/wasm/engine.js';
import type { Exports } from '../../src/kernels/wasm/exports.js';
import { wasmBytes } from '../support/wasm.js';

const MODULE = await compile(wasmBytes());
const GUARD = 0x7fc5a5a5;
const [GUARDED, SIZES] = [256, [1, 2, 3, 5, 9, 13, 16, 17, 33, 128]] as const;

/** The functions of the compiled module over a memory that shows what they write beyond their scratch memory. */
class Guarded {
  readonly run: Exports;
  private readonly words: Uint32Array;
  private readonly first: number;

  constructor(wideVectors: boolean) {
    const { Memory, Instance } = engine();
    const memory = new Memory({ initial: 64, maximum: 64, shared: true });
    this.run = new Instance(MODULE, { env: { memory } }).exports as Exports;
    if (wideVectors) this.run.useWideVectors();
    this.words = new Uint32Array(memory.buffer);
    this.first = Math.ceil(this.run.heapBase() / 64) * 16;
  }

  /** Words that a call changes behind scratch memory of so many bytes; its operands lie before, of the given lengths and all 0 but for the first. */
  writtenBehind(
    operands: readonly (number | readonly number[])[],
    bytes: number,
    call: (places: readonly number[], scratch: number) => void,
  ): number {
    let end = this.first;
    const places = operands.map((operand) => {
      const place = end;
      const [length, values] = typeof operand === 'number' ? [operand, []] : [operand.length, operand];
      this.words.fill(0, place, place + length).set(values, place);
      end += Math.ceil(length / 16) * 16;
      return 4 * place;
    });
    const behind = end + Math.ceil(bytes / 4);
    this.words.fill(GUARD, end, behind + GUARDED);
    call(places, 4 * end);
    return this.words.subarray(behind, behind + GUARDED).filter((word) => word !== GUARD).length;
  }
}

describe.each([{ wideVectors: false }, { wideVectors: true }])(
  'scratch memory of the asked size is enough with %j',
  ({ wideVectors }) => {
    const guarded = new Guarded(wideVectors);
    const { run } = guarded;

    it('and is not taken for less where it is more than there can be', () => {
      const sizes = [run.crfScratch, run.spansScratch, run.decodeScratch].map((size) => size(20_000_000, 100));
      expect(sizes.every((bytes) => bytes > 4 * 20_000_000 * 100)).toBe(true);
    });

    it('for products and outer sums of all sizes', () => {
      const found = [...SIZES, 300]
        .flatMap((m) => SIZES.flatMap((k) => SIZES.map((n) => [m, k, n] as const)))
        .filter(([m, k, n]) => {
          const sizes = [m * n, m * k, k * n];
          const written = [
            guarded.writtenBehind(sizes, run.multiplyScratch(k, n), ([c, a, b], scratch) =>
              run.multiplyAdd(c, a, b, m, k, n, scratch),
            ),
            guarded.writtenBehind(sizes, run.multiplyScratch(n, k), ([c, a, b], scratch) =>
              run.multiplyTransposedAdd(a, c, b, m, n, k, scratch),
            ),
            guarded.writtenBehind(sizes, run.outerScratch(k, n), ([c, a, b], scratch) =>
              run.outerAdd(b, a, c, m, k, n, scratch),
            ),
          ];
          return written.some((words) => words > 0);
        });
      expect(found).toEqual([]);
    });

    it.each([
      ['elman', 1],
      ['gru', 3],
      ['lstm', 4],
    ] as const)('for layers of all sizes: %s', (unit, gates) => {
      const starts = [0, 5, 9, 12, 13];
      const [T, R] = [starts.length - 1, 13];
      const found = SIZES.filter((H) => {
        const C = gates * H;
        const states = Array<number>(5).fill(R * H);
        const operands = [starts, H * C, H * C, C, C, R * C, R * C, ...states];
        const bytes = run.layerScratch(T, H, C);
        const written = guarded.writtenBehind(
          operands,
          bytes,
          ([st, W, dW, b, db, z, q, s, ds, c, dc, tanhC], scratch) => {
            if (unit === 'elman') {
              run.elmanForward(st, T, 0, H, 1, W, s, scratch);
              run.elmanBackward(st, T, 0, 0, H, 1, W, s, ds, c, dW, scratch);
            } else if (unit === 'gru') {
              run.gruForward(st, T, 0, H, W, b, z, q, s, scratch);
              run.gruBackward(st, T, 0, 0, H, W, z, q, s, ds, dW, db, scratch);
            } else {
              run.lstmForward(st, T, 0, H, W, z, c, tanhC, s, scratch);
              run.lstmBackward(st, T, 0, 0, H, W, z, c, tanhC, s, ds, dc, dW, scratch);
            }
          },
        );
        return written > 0;
      });
      expect(found).toEqual([]);
    });
  },
);
