import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Concatenation, HashedRow, HashedString, HashIndex } from '../../src/encode/hashing.js';

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

  it('are the same for parts that stand in a row', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 4, maxLength: 400, size: 'max' }), (parts) => {
        const row = new HashedRow();
        row.set(parts.map((part) => new HashedString(part)));
        const out = { a: new Int32Array(2), b: new Int32Array(2) };
        const last = parts.length - 3;
        row.join(last, Int32Array.of(0x61, 0x62), [Int32Array.of(2, 0), Int32Array.of(1)], out);
        const [first, second] = [`a ${parts[last + 2]} ${parts[last]}`, `b ${parts[last + 1]}`].map((whole) =>
          new Concatenation().append(whole),
        );
        expect([...out.a, ...out.b]).toEqual([first.a, second.a, first.b, second.b]);
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
        for (const [a, b] of added) if (!expected.has(`${a} ${b}`)) expected.set(`${a} ${b}`, expected.size);
        expect(added.map(([a, b]) => index.add(a, b))).toEqual(added.map(([a, b]) => expected.get(`${a} ${b}`)));
        expect(index.size).toBe(expected.size);
        const all = [...added, ...asked];
        expect(all.map(([a, b]) => index.find(a, b))).toEqual(all.map(([a, b]) => expected.get(`${a} ${b}`) ?? -1));
        const hashes = { a: Int32Array.from(all, ([a]) => a), b: Int32Array.from(all, ([, b]) => b) };
        const found = new Int32Array(all.length);
        index.findAll(hashes, found);
        expect([...found]).toEqual(all.map(([a, b]) => expected.get(`${a} ${b}`) ?? -1));
      }),
      { numRuns: 30 },
    );
  });

  it('counts strings as a Map does, however often it has grown', () => {
    const pair = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -300, max: 300 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 3000, size: 'max' }), (counted) => {
        const index = new HashIndex(0);
        const expected = new Map<string, number>();
        const counts = counted.map(([a, b]) => {
          const count = (expected.get(`${a} ${b}`) ?? 0) + 1;
          expected.set(`${a} ${b}`, count);
          return count;
        });
        const found = new Int32Array(counted.length);
        index.countAll({ a: Int32Array.from(counted, ([a]) => a), b: Int32Array.from(counted, ([, b]) => b) }, found);
        expect([...found]).toEqual(counts);
        expect(index.size).toBe(expected.size);
        expect(counted.map(([a, b]) => index.countOf(a, b))).toEqual(
          counted.map(([a, b]) => expected.get(`${a} ${b}`)),
        );
      }),
      { numRuns: 30 },
    );
  });
});
