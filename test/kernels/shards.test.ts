import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { farthest, floatsOf, IMPLEMENTATIONS, intsOf, numbers, read } from '../support/kernels.js';

const WIDTHS = [1, 3, 4, 5, 17];
const rows = fc.uniqueArray(fc.nat(40), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
const STEP = { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, correction1: 0.19, correction2: 0.001999 };

describe.each(IMPLEMENTATIONS)('rows that several shards touch, with $name', ({ create, tolerance }) => {
  const kernels = create();

  it('are added up in the first that has them and struck from the others', () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 4 }), fc.constantFrom(...WIDTHS), (shards, width) => {
        const mark = kernels.mark();
        const pairs = kernels.ints(2 * 20);
        const values = shards.map((list, s) => numbers(list.length * width, s + 1));
        const touched = shards.map((list) => intsOf(kernels, list));
        const gradients = values.map((list) => floatsOf(kernels, list));
        shards.forEach((_, a) => {
          for (let b = a + 1; b < shards.length; b++) {
            const count = kernels.matchColumns(touched[a], touched[b], pairs);
            kernels.addRows(pairs, count, gradients[a], gradients[b], width);
          }
        });
        shards.forEach((list, s) => {
          const isFirst = (id: number): boolean => shards.findIndex((other) => other.includes(id)) === s;
          expect(Array.from(kernels.viewInts(touched[s]))).toEqual(list.map((id) => (isFirst(id) ? id : ~id)));
          const expected = list.filter(isFirst).flatMap((id) =>
            Array.from({ length: width }, (_, j) =>
              shards.reduce((sum, other, o) => {
                const place = other.indexOf(id);
                return place < 0 ? sum : sum + values[o][place * width + j];
              }, 0),
            ),
          );
          const all = read(kernels, gradients[s]);
          const actual = list.flatMap((id, i) => (isFirst(id) ? all.slice(i * width, (i + 1) * width) : []));
          expect(farthest(actual, expected)).toBeLessThan(tolerance);
        });
        kernels.release(mark);
      }),
    );
  });

  it('are left alone by Adam and Adagrad where they are struck', () => {
    const width = 5;
    const moved = (ids: readonly number[], gradient: readonly number[]): number[][] => {
      const [w, m, v] = [1, 2, 3].map((seed) => floatsOf(kernels, numbers(4 * width, seed).map(Math.abs)));
      const [table, squares] = [4, 5].map((seed) => floatsOf(kernels, numbers(4 * width, seed).map(Math.abs)));
      const g = floatsOf(kernels, gradient);
      kernels.adamColumns(w, intsOf(kernels, ids), g, m, v, width, STEP, 0.5);
      kernels.adagradColumns(table, intsOf(kernels, ids), g, squares, width, 0.1, 0.01, 0.5);
      return [w, m, v, table, squares].map((buffer) => read(kernels, buffer));
    };
    const gradient = numbers(3 * width, 9);
    const kept = [...gradient.slice(0, width), ...gradient.slice(2 * width)];
    expect(moved([0, ~1, 3], gradient)).toEqual(moved([0, 3], kept));
  });
});
