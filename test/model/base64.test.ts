import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64 as decodeByNode, encodeBase64 as encodeByNode } from '../../src/cli/base64.js';
import { decodeBase64, encodeBase64, encodedLength } from '../../src/model/base64.js';

const encoded = (bytes: Uint8Array, encode = encodeBase64): Uint8Array => {
  const characters = new Uint8Array(encodedLength(bytes.length));
  encode(bytes, characters);
  return characters;
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('base64', () => {
  it('is that of Node, at every length and across pieces', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 196_607, 196_608, 196_609]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3);
      const characters = encoded(bytes);
      expect(new TextDecoder().decode(characters) === Buffer.from(bytes).toString('base64')).toBe(true);
      expect(Buffer.compare(encoded(bytes, encodeByNode), characters)).toBe(0);
      const read = new Uint8Array(length);
      expect([decodeBase64(characters, read), Buffer.from(read).equals(bytes)]).toEqual([true, true]);
    }
  });

  it('survives the round trip whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const read = new Uint8Array(bytes.length);
        expect(decodeBase64(encoded(bytes), read)).toBe(true);
        expect(read).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['for any engine', encodeBase64],
    ['of Node', encodeByNode],
  ])('%s of a part of a buffer goes into a part of another, wherever the two begin', (_name, encode) => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(7), fc.nat(7), (bytes, from, to) => {
        const given = new Uint8Array([...new Uint8Array(from), ...bytes, 1]).subarray(from, from + bytes.length);
        const whole = encoded(bytes);
        const buffer = new Uint8Array(to + whole.length + 1).fill(7);
        encode(given, buffer.subarray(to, to + whole.length));
        expect([...buffer]).toEqual([...new Uint8Array(to).fill(7), ...whole, 7]);
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
  ])('that are %s are refused', (_name, text) => expect(decodeBase64(bytesOf(text), new Uint8Array(4))).toBe(false));

  it('that are a byte too short are refused', () => {
    expect(decodeBase64(bytesOf(`${'A'.repeat(10)}==`), new Uint8Array(8))).toBe(false);
    expect(decodeBase64(bytesOf(`${'A'.repeat(11)}=`), new Uint8Array(8))).toBe(true);
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
