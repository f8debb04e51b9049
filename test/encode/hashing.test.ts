import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Concatenation, HashedString, HashIndex } from '../../src/encode/hashing.js';

describe('the hashes of a concatenation', () => {
  it('are those of the whole string', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (parts) => {
        const joined = new Concatenation().begin(0x61);
        for (const part of parts) joined.add(new HashedString(part));
        const whole = new Concatenation().append(['a', ...parts].join(' '));
        expect([joined.a, joined.b]).toEqual([whole.a, whole.b]);
      }),
    );
  });

  it('begin anew when told', () => {
    const again = new Concatenation().append('before').begin(0x62);
    expect([again.a, again.b]).toEqual([0x63, 0x63]);
  });

  it('tell a hundred thousand short strings apart', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i++) {
      const { a, b } = new Concatenation().append(i.toString(36));
      seen.add(`${a} ${b}`);
    }
    expect(seen.size).toBe(100_000);
  });
});

describe('an index of hashes', () => {
  it('numbers strings as a Map does, however often it has grown', () => {
    const pair = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer());
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 3000, size: 'max' }), fc.array(pair), (added, asked) => {
        const index = new HashIndex(0);
        const expected = new Map<string, number>();
        for (const [a, b] of added) {
          const key = `${a} ${b}`;
          if (!expected.has(key)) expected.set(key, expected.size);
          expect(index.add(a, b)).toBe(expected.get(key));
        }
        expect(index.size).toBe(expected.size);
        for (const [a, b] of [...added, ...asked]) expect(index.find(a, b)).toBe(expected.get(`${a} ${b}`) ?? -1);
      }),
      { numRuns: 30 },
    );
  });
});
