import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { halfNumbers, halfOf, roundToHalves } from '../../src/model/half.js';

/** The number of a float16 by the formula of the standard: (−1)^s · 2^(e−15) · (1 + f/1024), and f/1024 · 2^−14 where e = 0. */
function byFormula(half: number): number {
  const [sign, e, f] = [half >> 15 === 0 ? 1 : -1, (half >> 10) & 31, half & 1023];
  if (e === 31) return f === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return e === 0 ? (sign * f) / 2 ** 24 : (sign * 2 ** e * (1024 + f)) / 2 ** 25;
}

const bitsOf = (number: number): number => new Int32Array(Float32Array.of(number).buffer)[0];

/** The finite float16 from 0 on in their order, which is that of their bits. */
const POSITIVE = Array.from({ length: 0x7c00 }, (_, half) => byFormula(half));

/** The float16 that is nearest to a positive number, by looking: of two that are equally near the one whose bits are even. */
function nearest(number: number): number {
  let [below, above] = [0, POSITIVE.length - 1];
  if (number >= POSITIVE[above]) return above;
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (POSITIVE[middle] <= number) below = middle;
    else above = middle;
  }
  const [down, up] = [number - POSITIVE[below], POSITIVE[above] - number];
  if (down === up) return below % 2 === 0 ? below : above;
  return down < up ? below : above;
}

describe('float16', () => {
  it('all 65,536 have the number that the formula gives', () => {
    const wrong = Array.from(halfNumbers()).findIndex((number, half) => !Object.is(number, byFormula(half)));
    expect(wrong).toBe(-1);
  });

  it('all 65,536 come back from their number, all NaN as one', () => {
    const back = Array.from(halfNumbers(), (number) => halfOf(bitsOf(number)));
    const wrong = back.findIndex((half, i) => half !== (Number.isNaN(byFormula(i)) ? half | 0x7e00 : i));
    expect(wrong).toBe(-1);
  });

  it('is the nearest to any finite float32, of two equally near the even one', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const sign = Object.is(Math.sign(number), -0) || number < 0 ? 0x8000 : 0;
        expect(halfOf(bitsOf(number))).toBe(sign | nearest(Math.abs(number)));
      }),
      { numRuns: 5000 },
    );
  });

  it('is the nearest where magnitudes are those of weights', () => {
    fc.assert(
      fc.property(fc.float({ min: 0, max: Math.fround(0.01), noNaN: true }), (number) => {
        expect(halfOf(bitsOf(number))).toBe(nearest(number));
      }),
      { numRuns: 5000 },
    );
  });

  it('half way between any two neighbours is the even one, and a bit beyond is the nearer', () => {
    for (let half = 0; half < POSITIVE.length - 1; half++) {
      const middle = bitsOf((POSITIVE[half] + POSITIVE[half + 1]) / 2);
      expect([halfOf(middle - 1), halfOf(middle), halfOf(middle + 1)]).toEqual([half, half + (half & 1), half + 1]);
    }
  });

  it('weights rounded where they stand are the numbers of their nearest float16', () => {
    const edges = [0, 0x33000000, 0x33000001, 0x38800000, 0x477fe000, 0x477ff000, 0x7f800000, 0x7fc00000];
    const near = edges.flatMap((bits) => [bits - 1, bits, bits + 1]).flatMap((bits) => [bits, bits | 0x80000000]);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.constantFrom(...near)), { maxLength: 50 }), (list) => {
        const bits = Int32Array.from(list);
        const weights = new Float32Array(bits.slice().buffer);
        roundToHalves(weights);
        const expected = Float32Array.from(bits, (one) => halfNumbers()[halfOf(one)]);
        expect(weights).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
