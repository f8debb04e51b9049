import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeWeights, encodeWeights } from '../../src/model/base64.js';

describe('weights', () => {
  it('are base64 of little-endian float32, at every length and across pieces', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 6143, 6144, 6145, 20_000]) {
      const weights = Float32Array.from({ length }, (_, i) => Math.sin(i) * 10 ** ((i % 9) - 4));
      const bytes = Buffer.alloc(length * 4);
      weights.forEach((weight, i) => {
        bytes.writeFloatLE(weight, i * 4);
      });
      const text = encodeWeights(weights);
      expect(text === bytes.toString('base64')).toBe(true);
      const read = new Float32Array(length);
      expect([decodeWeights(text, read), Buffer.from(read.buffer).equals(Buffer.from(weights.buffer))]).toEqual([
        true,
        true,
      ]);
    }
  });

  it('of double precision are rounded to float32', () => {
    const read = new Float64Array(2);
    expect(decodeWeights(encodeWeights(Float64Array.of(0.1, 1e-50)), read)).toBe(true);
    expect([...read]).toEqual([Math.fround(0.1), 0]);
  });

  it('survive the round trip whatever their bits, except that all NaN are one', () => {
    fc.assert(
      fc.property(fc.float32Array(), (weights) => {
        const read = new Float32Array(weights.length);
        expect(decodeWeights(encodeWeights(weights), read)).toBe(true);
        expect(read).toEqual(weights);
      }),
    );
  });

  it.each([
    ['too short', 'AAAA'],
    ['too long', 'AAAAAAAAAAAA'],
    ['not base64', 'AAAA-_=='],
    ['padded too much for its length', 'AAAAA==='],
    ['without its padding', 'AAAAAAAA'],
    ['a byte too long', 'AAAAAAA='],
  ])('that are %s are refused', (_name, text) => expect(decodeWeights(text, new Float32Array(1))).toBe(false));

  it('that are a byte too short are refused', () => {
    expect(decodeWeights(`${'A'.repeat(10)}==`, new Float32Array(2))).toBe(false);
    expect(decodeWeights(`${'A'.repeat(11)}=`, new Float32Array(2))).toBe(true);
  });
});
