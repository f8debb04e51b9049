import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IntBuffer, Mark } from '../../src/kernels/kernels.js';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { floatsOf, numbers, read } from '../support/kernels.js';
import { runLayer } from '../support/layer_run.js';
import { wasmKernels } from '../support/wasm.js';

/** What one participant does: allocates so many integers, or gives back what it had when it last had so few blocks. */
interface Action {
  readonly who: number;
  readonly allocate: number | undefined;
  readonly keep: number;
}

const action: fc.Arbitrary<Action> = fc.record({
  who: fc.nat(2),
  allocate: fc.option(fc.oneof(fc.nat(40), fc.nat(600_000)), { nil: undefined }),
  keep: fc.nat(5),
});

/** A stack, and what it is expected to hold. */
class Checked {
  private readonly blocks: { readonly before: Mark; readonly buffer: IntBuffer; readonly value: number }[] = [];

  constructor(private readonly kernels: WasmKernels) {}

  allocate(length: number, value: number): void {
    const before = this.kernels.mark();
    const buffer = this.kernels.ints(length);
    const view = this.kernels.viewInts(buffer);
    if (view.some((x) => x !== 0)) throw new Error('a new block holds something');
    view.fill(value);
    this.blocks.push({ before, buffer, value });
  }

  releaseTo(keep: number): void {
    const [first] = this.blocks.splice(keep);
    if (first !== undefined) this.kernels.release(first.before);
  }

  check(): void {
    for (const { buffer, value } of this.blocks) {
      if (this.kernels.viewInts(buffer).some((x) => x !== value)) throw new Error('a block was overwritten');
    }
  }
}

describe('stacks in one memory', () => {
  it('never hand out what another still holds, and begin every block with zeros', () => {
    const property = fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const first = wasmKernels();
      const stacks = [first, WasmKernels.attach(first.share()), WasmKernels.attach(first.share())].map(
        (kernels) => new Checked(kernels),
      );
      actions.forEach(({ who, allocate, keep }, i) => {
        if (allocate === undefined) stacks[who].releaseTo(keep);
        else stacks[who].allocate(allocate, i + 1);
      });
      for (const stack of stacks) stack.check();
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('take again what they gave back, so that memory stays as it is', () => {
    const first = wasmKernels();
    const second = WasmKernels.attach(first.share());
    const round = (): number => {
      const marks = [first, second].map((kernels) => kernels.mark());
      for (const kernels of [first, second, first, second]) kernels.floats(300_000);
      [first, second].forEach((kernels, i) => {
        kernels.release(marks[i]);
      });
      return first.share().memory.buffer.byteLength;
    };
    const once = round();
    for (let i = 0; i < 20; i++) expect(round()).toBe(once);
  });

  it('that is the last one left takes what the others had, as zeros, however often they come and go', () => {
    const first = wasmKernels();
    const kept = floatsOf(first, numbers(500, 1));
    const round = (): number => {
      const mark = first.mark();
      const others = [first, WasmKernels.attach(first.share()), WasmKernels.attach(first.share()), first];
      for (const kernels of others) kernels.fill(kernels.floats(300_000), 7);
      first.release(mark);
      first.reclaim();
      const again = first.floats(1_000_000);
      expect(first.view(again).every((x) => x === 0)).toBe(true);
      const [joined, next] = [WasmKernels.attach(first.share()), first];
      for (const kernels of [joined, next]) {
        expect(kernels.view(kernels.floats(200_000)).every((x) => x === 0)).toBe(true);
      }
      first.release(mark);
      first.reclaim();
      return first.share().memory.buffer.byteLength;
    };
    const once = round();
    for (let i = 0; i < 10; i++) expect(round()).toBe(once);
    expect(read(first, kept)).toEqual(numbers(500, 1));
  });

  it('alone, a stack has no gaps', () => {
    const kernels = wasmKernels();
    const [a, b, c] = [16, 400_000, 16].map((length) => kernels.floats(length));
    expect([b.offset - a.offset, c.offset - b.offset]).toEqual([16, 400_000]);
  });
});

describe('kernels attached to the memory of others', () => {
  it('read and write the same buffers, also those that made the memory grow', () => {
    const first = wasmKernels();
    const second = WasmKernels.attach(first.share());
    const theirs = floatsOf(second, numbers(2_000_000, 1));
    expect(first.view(theirs).slice(-5)).toEqual(second.view(theirs).slice(-5));
    first.fill(theirs, 3);
    expect(second.view(theirs)[1_999_999]).toBe(3);
  });

  it('compute the same bytes, also when further ones are attached on the way', () => {
    const shape = { unit: 'lstm', lengths: [9, 7, 2], H: 13, direction: 'forward', bpttSteps: 0, seed: 4 } as const;
    const first = wasmKernels();
    const kept = floatsOf(first, numbers(5000, 1));
    const alone = runLayer(wasmKernels(), shape);
    for (let i = 0; i < 3; i++) expect(runLayer(WasmKernels.attach(first.share()), shape)).toEqual(alone);
    expect(read(first, kept)).toEqual(numbers(5000, 1));
  });

  it('leave the data of the module as it is, whatever runs', () => {
    const kernels = wasmKernels();
    const start = floatsOf(kernels, [1]).offset * 4;
    const data = () => Array.from(new Uint8Array(kernels.share().memory.buffer, 0, start - 64));
    const before = data();
    runLayer(kernels, { unit: 'gru', lengths: [20, 3], H: 30, direction: 'forward', bpttSteps: 0, seed: 1 });
    WasmKernels.attach(kernels.share()).floats(100_000);
    expect(data()).toEqual(before);
  });

  it('can be in threads of their own, which allocate at the same time', async () => {
    const kernels = wasmKernels();
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      import(workerData.file).then(({ WasmKernels }) => {
        const kernels = WasmKernels.attach(workerData.shared);
        const buffers = [];
        for (let i = 0; i < 300; i++) {
          const buffer = kernels.ints(1 + (i * 7919) % 5000);
          kernels.viewInts(buffer).fill(workerData.value);
          buffers.push(buffer);
        }
        parentPort.postMessage(buffers);
      });`;
    const file = new URL('../../dist/kernels/wasm.js', import.meta.url).href;
    const all = await Promise.all(
      [1, 2, 3].map(async (value) => {
        const worker = new Worker(source, { eval: true, workerData: { file, shared: kernels.share(), value } });
        const buffers = await new Promise<IntBuffer[]>((resolve, reject) => {
          worker.once('message', resolve).once('error', reject);
        });
        return { value, buffers };
      }),
    );
    for (const { value, buffers } of all) {
      expect(buffers.every((buffer) => kernels.viewInts(buffer).every((x) => x === value))).toBe(true);
    }
  });
});
