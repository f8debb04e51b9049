import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mix } from '../../src/kernels/hash.js';
import { keyedRandom, keyOf, PLACE, permutation } from '../../src/train/random.js';

function draws(n: number, ...keys: number[]): number[] {
  const random = keyedRandom(...keys);
  return Array.from({ length: n }, random);
}

describe('keyed random numbers', () => {
  it('are the same for the same keys', () => {
    expect(draws(20, 1, 2, 3)).toEqual(draws(20, 1, 2, 3));
  });

  it('differ where any key, their number or their order differs', () => {
    const keys = [[1, 2, 3], [2, 1, 3], [1, 2], [1, 2, 4], [0, 2, 3], [1, 2, 3, 0], [1 + 2 ** 31, 2, 3], []];
    const streams = keys.map((list) => draws(4, ...list).join());
    expect(new Set(streams).size).toBe(keys.length);
  });

  it('begin differently for each of many neighbouring keys', () => {
    const first = Array.from({ length: 20_000 }, (_, sentence) => keyedRandom(1, PLACE.dropRare, 1, sentence)());
    expect(new Set(first).size).toBeGreaterThan(19_990);
    const mean = first.reduce((a, b) => a + b) / first.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    const neighbours = first.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (first[i] - 0.5), 0) / first.length;
    expect(Math.abs(neighbours)).toBeLessThan(0.003); // the variance of one is 0.083
  });

  it('are uniform in [0, 1)', () => {
    const values = draws(40_000, 5);
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    const counts = new Array<number>(20).fill(0);
    for (const u of values) counts[Math.floor(u * 20)]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquared).toBeLessThan(43.8); // 19 degrees of freedom, one in a thousand
  });

  it('stay what they are, since models are promised to be reproducible', () => {
    expect(draws(3, 1, PLACE.weights).map((u) => u * 2 ** 32)).toEqual(PINNED);
  });

  it('have a place of use of its own for every use', () => {
    const places = Object.values(PLACE);
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('hashes of keys', () => {
  it('stay what they are, since models are promised to be reproducible', () => {
    expect([mix(0, 0), mix(1, 2), mix(-5, 2 ** 31), keyOf(1, PLACE.dropRare, 3, 4)].map((h) => h >>> 0)).toEqual(
      HASHES,
    );
  });

  /** Numbers in [0, 1), by their place in the sequence of a key. */
  const drawn = (n: number, ...keys: number[]): number[] =>
    Array.from({ length: n }, (_, i) => (mix(keyOf(...keys), i) >>> 0) / 2 ** 32);

  it('differ where a key, their number or their order differs', () => {
    expect(new Set([drawn(4, 1, 2), drawn(4, 2, 1), drawn(4, 1), drawn(4, 1, 3)].map(String)).size).toBe(4);
  });

  it('are uniform within a key and over neighbouring keys, and independent of their neighbours', () => {
    const ofOne = drawn(40_000, 5);
    const ofMany = Array.from({ length: 40_000 }, (_, s) => drawn(1, 1, PLACE.dropRare, 1, s)[0]);
    for (const values of [ofOne, ofMany]) {
      const counts = new Array<number>(20).fill(0);
      for (const u of values) counts[Math.floor(u * 20)]++;
      const chiSquared = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
      expect(chiSquared).toBeLessThan(43.8); // 19 degrees of freedom, one in a thousand
      const neighbours = values.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (values[i] - 0.5), 0) / values.length;
      expect(Math.abs(neighbours)).toBeLessThan(0.0017); // four standard deviations
    }
  });
});

/** MurmurHash3's block step and finaliser, computed by another program. */
const HASHES = [4279838538, 1712224151, 764529808, 2570982460];

const PINNED = [140903023, 1924615025, 2178346602];

describe('a permutation', () => {
  it('has every number once', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (n, seed) => {
        expect([...permutation(n, keyedRandom(seed))].sort((a, b) => a - b)).toEqual([...new Array(n).keys()]);
      }),
    );
  });

  it('is each of the orders of three equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = permutation(3, keyedRandom(seed, 1)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
