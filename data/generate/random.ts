import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The draws of the generator: a stream of its own for every corpus, fixed by the seed. */
export class Draw {
  readonly #stream: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#stream = xoroshiro128plus(seed);
  }

  chance(probability: number): boolean {
    return uniformFloat64(this.#stream) < probability;
  }

  /** An integer of `[from, to]`. */
  integer(from: number, to: number): number {
    return uniformInt(this.#stream, from, to);
  }

  any<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)];
  }

  /** The first items more often than the last: with u uniform in [0, 1), item ⌊u² n⌋. */
  skewed<T>(items: readonly T[]): T {
    const u = uniformFloat64(this.#stream);
    return items[Math.floor(u * u * items.length)];
  }

  /** A shuffled copy (Fisher & Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }
}
