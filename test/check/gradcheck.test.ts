import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { checkGradients, GRADIENT_TOLERANCE } from '../../src/check/gradcheck.js';
import { RunError } from '../../src/errors.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { parameterShapes } from '../../src/network/architecture.js';
import { errorOf } from '../support/error_of.js';
import { ARCHITECTURES, architecture } from '../support/small_network.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('gradients against finite differences', () => {
  it.each(ARCHITECTURES)('agree for every parameter of $title', ({ network }) => {
    const rows = checkGradients({ ...network, hidden: 3 }, 1);
    const { tables, dense } = parameterShapes({ ...network, hidden: 3 }, { columns: 9, tags: 4 });
    expect(rows.map(({ parameter }) => parameter)).toEqual([...tables, ...dense].map(({ name }) => name));
    for (const { parameter, worstError, passed } of rows) {
      expect([parameter, worstError < GRADIENT_TOLERANCE / 10, passed]).toEqual([parameter, true, true]);
    }
  });

  it.each(ARCHITECTURES)(
    'agree with a column table, weights, one-hots straight to the emissions and dropout, $title',
    ({ network }) => {
      const shape = { ...network, hidden: 3, columnWidth: 2 };
      const rows = checkGradients(shape, 1, { oneHots: true, dropout: true, tagWeights: true });
      expect(rows.slice(0, 2).map(({ parameter }) => parameter)).toEqual(['E', 'V_wide']);
      expect(rows.filter(({ passed }) => !passed)).toEqual([]);
    },
  );

  it('are of networks that the seed decides', () => {
    const errors = (seed: number): number[] => checkGradients(architecture(), seed).map(({ worstError }) => worstError);
    expect(errors(1)).toEqual(errors(1));
    expect(errors(1)).not.toEqual(errors(2));
  });

  it('differ where a bias gets a gradient that is 0.1% too large', () => {
    const { columnSumsAdd } = ReferenceKernels.prototype;
    jest.spyOn(ReferenceKernels.prototype, 'columnSumsAdd').mockImplementation(function (
      this: ReferenceKernels,
      ...[out, a, m, n]
    ) {
      columnSumsAdd.call(this, out, a, m, n);
      const sums = this.view(out);
      for (let i = 0; i < n; i++) sums[i] *= 1.001;
    });
    const failed = checkGradients(architecture({ bidirectional: true }), 1).filter(({ passed }) => !passed);
    expect(failed.map(({ parameter }) => parameter)).toEqual(['b', 'b_backward', 'c']);
    for (const { worstError } of failed) expect(worstError).toBeCloseTo(0.001, 5);
  });

  it('that are no numbers fail', () => {
    jest.spyOn(ReferenceKernels.prototype, 'scatterColumns').mockImplementation(function (
      this: ReferenceKernels,
      ...[, , , , dTouched]
    ) {
      this.view(dTouched).fill(Number.NaN);
    });
    const [table, ...others] = checkGradients(architecture(), 1);
    expect(table).toEqual({ parameter: 'U', shape: [9, 3], worstError: Number.POSITIVE_INFINITY, passed: false });
    expect(others.every(({ passed }) => passed)).toBe(true);
  });

  it('cannot be checked where every network has a ReLU at its kink', () => {
    const { elmanForward } = ReferenceKernels.prototype;
    let calls = 0;
    jest.spyOn(ReferenceKernels.prototype, 'elmanForward').mockImplementation(function (
      this: ReferenceKernels,
      ...[recurrence, activation, W, states]
    ) {
      elmanForward.call(this, recurrence, activation, W, states);
      this.view(states)[0] = calls++ % 2;
    });
    const error = errorOf(() => checkGradients(architecture({ activation: 'relu' }), 1));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toContain('kink');
  });
});
