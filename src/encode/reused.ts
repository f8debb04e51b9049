/** Memory for integers that many batches use in turn: to make and to free arrays for each costs more than to fill them. */
export class ReusedInts {
  #all = new Int32Array(0);

  /** So many integers of any content, good until the next call. */
  take(length: number): Int32Array {
    if (this.#all.length < length) this.#all = new Int32Array(Math.ceil(1.5 * length));
    return this.#all.subarray(0, length);
  }
}

/** The same for float32 numbers. */
export class ReusedFloats {
  #all = new Float32Array(0);

  take(length: number): Float32Array {
    if (this.#all.length < length) this.#all = new Float32Array(Math.ceil(1.5 * length));
    return this.#all.subarray(0, length);
  }
}
