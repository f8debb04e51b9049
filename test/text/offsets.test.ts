import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toCodePoints, toUtf16 } from '../../src/text/offsets.js';

const texts = fc.array(fc.constantFrom('a', 'é', '😀', '𝒳', '\ud800')).map((parts) => parts.join(''));

describe('offsets', () => {
  it('count what an iteration over the characters counts', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const characters = Array.from(text);
        for (let n = 0; n <= characters.length; n++) {
          const units = characters.slice(0, n).join('').length;
          expect(toUtf16(text)(n)).toBe(units);
          expect(toCodePoints(text)(units)).toBe(n);
        }
      }),
    );
  });

  it('are the same in whatever order they are asked for', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(20)), (text, offsets) => {
        const convert = toCodePoints(text);
        for (const offset of offsets.map((n) => n % (text.length + 1))) {
          expect(convert(offset)).toBe(toCodePoints(text)(offset));
        }
      }),
    );
  });

  it('stay beyond the text where they are', () => {
    expect(toUtf16('😀')(2)).toBe(3);
    expect(toUtf16('a')(2)).toBe(2);
  });

  it('inside a surrogate pair are those of the pair', () => {
    expect(toCodePoints('a😀b')(2)).toBe(1);
  });
});
