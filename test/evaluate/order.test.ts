import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareCodePoints } from '../../src/evaluate/order.js';

describe('compareCodePoints', () => {
  it('orders as the bytes of UTF-8 do', () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts a character beyond U+FFFF after those below, whatever its UTF-16 units', () => {
    expect(['😀', 'Ａ', 'z'].sort(compareCodePoints)).toEqual(['z', 'Ａ', '😀']);
  });

  it('puts a string before those that it begins', () => {
    expect(['PERSON', 'PER', ''].sort(compareCodePoints)).toEqual(['', 'PER', 'PERSON']);
  });
});
