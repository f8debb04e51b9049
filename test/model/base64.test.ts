import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64 as decodeByNode } from '../../src/cli/base64.js';
import { decodeBase64, decodeWeights, encodeWeights } from '../../src/model/base64.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('weights', () => {
  it('are base64 of little-endian float32, at every length and across pieces', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 49_151, 49_152, 49_153]) {
      const weights = Float32Array.from({ length }, (_, i) => Math.sin(i) * 10 ** ((i % 9) - 4));
      const bytes = Buffer.alloc(length * 4);
      weights.forEach((weight, i) => {
        bytes.writeFloatLE(weight, i * 4);
      });
      const text = new TextDecoder().decode(encodeWeights(weights));
      expect(text === bytes.toString('base64')).toBe(true);
      const read = new Float32Array(length);
      expect([
        decodeWeights(bytesOf(text), read),
        Buffer.from(read.buffer).equals(Buffer.from(weights.buffer)),
      ]).toEqual([true, true]);
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
    ['with a character outside ASCII', 'AAA\u00e9AA='],
    ['too short', 'AAAA'],
    ['too long', 'AAAAAAAAAAAA'],
    ['not base64', 'AAAA-_=='],
    ['padded too much for its length', 'AAAAA==='],
    ['without its padding', 'AAAAAAAA'],
    ['a byte too long', 'AAAAAAA='],
  ])('that are %s are refused', (_name, text) => expect(decodeWeights(bytesOf(text), new Float32Array(1))).toBe(false));

  it('that are a byte too short are refused', () => {
    expect(decodeWeights(bytesOf(`${'A'.repeat(10)}==`), new Float32Array(2))).toBe(false);
    expect(decodeWeights(bytesOf(`${'A'.repeat(11)}=`), new Float32Array(2))).toBe(true);
  });
});

describe("Node's decoder", () => {
  const damaged = fc
    .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(60), fc.constantFrom('=', '-', '_', ' ', 'é', '!', 'A', 'B', ''))
    .map(([bytes, at, letter]) => {
      const text = Buffer.from(bytes).toString('base64');
      return { length: bytes.length, text: text.slice(0, at) + letter + text.slice(at + letter.length) };
    });

  it('takes and refuses the same texts as the one for any engine, and gives the same bytes', () => {
    fc.assert(
      fc.property(damaged, ({ text, length }) => {
        const [one, other] = [new Uint8Array(length), new Uint8Array(length)];
        const right = decodeBase64(bytesOf(text), one);
        expect(decodeByNode(bytesOf(text), other)).toBe(right);
        if (right) expect(other).toEqual(one);
      }),
      { numRuns: 2000 },
    );
  });
});
