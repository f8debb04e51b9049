import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { naturalLog } from '../../src/network/natural_log.js';

it('the natural logarithm is that of the engine, but for its last bits', () => {
  for (const x of [1, 2, 0.5, Math.E, 1000, 1e-3, Math.SQRT2, Math.SQRT1_2, 5e-324, Number.MAX_VALUE]) {
    expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
  }
  expect([naturalLog(1), naturalLog(2)]).toEqual([0, Math.LN2]);
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
      expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThan(4e-15);
    }),
  );
});
