import { RunError } from '../../errors.js';
import type { FloatArray, FloatBuffer, IntBuffer, Mark } from '../kernels.js';

export type Precision = 'float32' | 'float64';

/** A stack of floats and one of integers, grown by copying; a released part is handed out again, zeroed. */
export class Memory {
  private floatData: FloatArray;
  private intData = new Int32Array(0);
  private floatTop = 0;
  private intTop = 0;

  constructor(precision: Precision) {
    this.floatData = precision === 'float32' ? new Float32Array(0) : new Float64Array(0);
  }

  get floatBytes(): number {
    return this.floatData.BYTES_PER_ELEMENT;
  }

  floats(length: number): FloatBuffer {
    const end = this.floatTop + length;
    if (end > this.floatData.length) this.floatData = grown(this.floatData, end);
    this.floatData.fill(0, this.floatTop, end);
    const buffer: FloatBuffer = { type: 'float', offset: this.floatTop, length };
    this.floatTop = end;
    return buffer;
  }

  ints(length: number): IntBuffer {
    const end = this.intTop + length;
    if (end > this.intData.length) this.intData = grown(this.intData, end);
    this.intData.fill(0, this.intTop, end);
    const buffer: IntBuffer = { type: 'int', offset: this.intTop, length };
    this.intTop = end;
    return buffer;
  }

  mark(): Mark {
    return { floats: this.floatTop, ints: this.intTop };
  }

  release(mark: Mark): void {
    this.floatTop = mark.floats;
    this.intTop = mark.ints;
  }

  view(buffer: FloatBuffer): FloatArray {
    return this.floatData.subarray(buffer.offset, buffer.offset + buffer.length);
  }

  viewInts(buffer: IntBuffer): Int32Array {
    return this.intData.subarray(buffer.offset, buffer.offset + buffer.length);
  }
}

function grown<A extends FloatArray | Int32Array>(data: A, needed: number): A {
  const capacity = Math.max(needed, Math.ceil(data.length * 1.5));
  try {
    const larger = new (data.constructor as new (length: number) => A)(capacity);
    larger.set(data);
    return larger;
  } catch {
    const mebibytes = Math.ceil((capacity * data.BYTES_PER_ELEMENT) / 2 ** 20);
    throw new RunError(`not enough memory: a block of ${mebibytes} MiB could not be had`, {
      hint: 'a smaller --hidden, --batch-size or vocabulary (--min-count) needs less',
    });
  }
}
