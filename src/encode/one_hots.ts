/**
 * One-hots of T tokens, flat: those of token t are `ids[starts[t]]` to `ids[starts[t+1] − 1]`, and its input is the sum of
 * these rows of a column table, each times its weight. Before and behind these the arrays may hold those of other sentences.
 */
export interface OneHots {
  /** Shape [T+1]. */
  readonly starts: Int32Array;
  /** Rows of the column table, which stacks the vocabularies of its kinds. */
  readonly ids: Int32Array;
  /** One a one-hot; undefined where no kind is averaged: all are 1. */
  readonly weights?: Float32Array;
}

/** S sentences one after the other, of R tokens in all. */
export interface SentencesInRow {
  /** Shape [S+1]: the first token of every sentence. */
  readonly tokenStarts: Int32Array;
  /** Of all R tokens. */
  readonly input: OneHots;
  /** Those of the table that is added to the emissions; undefined where there is none. */
  readonly wide?: OneHots;
}

/** One-hots as they are found, in arrays that grow. */
export class OneHotList {
  #ids: Int32Array;
  #weights: Float32Array;
  #starts: Int32Array;
  #tokens = 0;
  #length = 0;

  /** So many one-hots and tokens fit before it grows. */
  constructor(oneHots = 1024, tokens = 256) {
    this.#ids = new Int32Array(oneHots);
    this.#weights = new Float32Array(oneHots);
    this.#starts = new Int32Array(tokens + 1);
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.#tokens = 0;
  }

  push(id: number): void {
    if (this.#length === this.#ids.length) this.#grow(1);
    this.#weights[this.#length] = 1;
    this.#ids[this.#length++] = id;
  }

  pushAll(ids: Int32Array): void {
    if (this.#length + ids.length > this.#ids.length) this.#grow(ids.length);
    this.#weights.fill(1, this.#length, this.#length + ids.length);
    this.#ids.set(ids, this.#length);
    this.#length += ids.length;
  }

  /** Makes one-hots from the `start`-th on weigh so much each. */
  weigh(start: number, weight: number): void {
    this.#weights.fill(weight, start, this.#length);
  }

  endToken(): void {
    if (this.#tokens + 1 === this.#starts.length) {
      const starts = this.#starts;
      this.#starts = new Int32Array(2 * starts.length);
      this.#starts.set(starts);
    }
    this.#starts[++this.#tokens] = this.#length;
  }

  /** A copy of what it holds. */
  toOneHots(weighted: boolean): OneHots {
    const oneHots = { starts: this.#starts.slice(0, this.#tokens + 1), ids: this.#ids.slice(0, this.#length) };
    return weighted ? { ...oneHots, weights: this.#weights.slice(0, this.#length) } : oneHots;
  }

  #grow(by: number): void {
    const [ids, weights] = [this.#ids, this.#weights];
    this.#ids = new Int32Array(2 * (ids.length + by));
    this.#weights = new Float32Array(2 * (ids.length + by));
    this.#ids.set(ids);
    this.#weights.set(weights);
  }
}
