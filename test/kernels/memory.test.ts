import { describe, expect, it } from '@jest/globals';
import { RunError } from '../../src/errors.js';
import { part } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { errorOf } from '../support/error_of.js';
import { floatsOf, IMPLEMENTATIONS, intsOf, read } from '../support/kernels.js';

describe.each(IMPLEMENTATIONS)('memory of $name', ({ create }) => {
  it('begins as zeros and never overlaps', () => {
    const kernels = create();
    const first = kernels.floats(3);
    const second = kernels.floats(2);
    expect([...read(kernels, first), ...read(kernels, second)]).toEqual([0, 0, 0, 0, 0]);
    kernels.view(first).fill(1);
    kernels.view(second).fill(2);
    expect(read(kernels, first)).toEqual([1, 1, 1]);
    expect(read(kernels, second)).toEqual([2, 2]);
  });

  it('keeps what it holds when it grows', () => {
    const kernels = create();
    const floats = floatsOf(kernels, [1, 2, 3]);
    const ints = intsOf(kernels, [4, 5]);
    kernels.floats(100_000);
    kernels.ints(100_000);
    expect(read(kernels, floats)).toEqual([1, 2, 3]);
    expect(Array.from(kernels.viewInts(ints))).toEqual([4, 5]);
  });

  it('hands what was released out again, zeroed, and keeps what was there before the mark', () => {
    const kernels = create();
    const kept = floatsOf(kernels, [1]);
    const keptInts = intsOf(kernels, [6]);
    const mark = kernels.mark();
    const released = floatsOf(kernels, [2, 3]);
    const releasedInts = intsOf(kernels, [7, 8]);
    kernels.release(mark);
    expect(kernels.mark()).toEqual(mark);
    const again = kernels.floats(2);
    const againInts = kernels.ints(2);
    expect([again.offset, againInts.offset]).toEqual([released.offset, releasedInts.offset]);
    expect(read(kernels, again)).toEqual([0, 0]);
    expect(Array.from(kernels.viewInts(againInts))).toEqual([0, 0]);
    expect(read(kernels, kept)).toEqual([1]);
    expect(Array.from(kernels.viewInts(keptInts))).toEqual([6]);
  });

  it('says how many bytes a float has', () => {
    const kernels = create();
    expect(kernels.floatBytes).toBe(kernels.view(kernels.floats(1)).BYTES_PER_ELEMENT);
  });

  it('gives an error with a way out when there is not enough', () => {
    const error = errorOf(() => create().floats(2 ** 40));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toMatch(/^not enough memory: a block of \d+ MiB/);
    expect(error.hint).toContain('--hidden');
  });
});

it('the reference kernels are named after their precision, float32 unless told', () => {
  expect(new ReferenceKernels().name).toBe('reference-float32');
  expect(new ReferenceKernels('float64').name).toBe('reference-float64');
});

describe('a part of a buffer', () => {
  const buffer = { type: 'float', offset: 10, length: 5 } as const;

  it('is the given run of it', () => {
    expect(part(buffer, 1, 3)).toEqual({ type: 'float', offset: 11, length: 3 });
    expect(part(buffer, 5, 0)).toEqual({ type: 'float', offset: 15, length: 0 });
  });

  it.each([
    [-1, 2],
    [0, -1],
    [3, 3],
  ])('may not reach outside it: start %i, length %i', (start, length) => {
    expect(() => part(buffer, start, length)).toThrow(RangeError);
  });
});
