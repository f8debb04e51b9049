import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DropRules } from '../../src/encode/dropout.js';
import type { OneHots } from '../../src/encode/one_hots.js';
import { DROP_FIELDS, type Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { keyedRandom } from '../../src/train/random.js';
import { dropOneHots } from '../support/dropping.js';
import { floatsOf, intsOf } from '../support/kernels.js';
import { wasmKernels } from '../support/wasm.js';

/** Rows 0 unknown, 1 seen once and 2 nine times (replaced); 3 once and 4 nine times (left out); 5 and 6 averaged, never rare. */
const rules = (changes: Partial<DropRules> = {}): DropRules => ({
  kinds: Uint8Array.from([0, 0, 0, 1, 1, 2, 2]),
  counts: Int32Array.from([0, 1, 9, 1, 9, 1, 1]),
  unknown: Int32Array.from([0, -1, -1]),
  draws: Int8Array.from([0, 0, -1]),
  dropout: Float64Array.from([0, 0, 0]),
  bySentence: new Uint8Array(3),
  mean: Uint8Array.from([0, 0, 1]),
  ...changes,
});

/** One-hots of tokens as lists of rows. */
function oneHots(tokens: readonly (readonly number[])[], weighted = false): OneHots {
  const starts = [0];
  for (const rows of tokens) starts.push(starts[starts.length - 1] + rows.length);
  const ids = Int32Array.from(tokens.flat());
  const plain = { starts: Int32Array.from(starts), ids };
  return weighted ? { ...plain, weights: new Float32Array(ids.length).fill(1) } : plain;
}

function rowsOf({ starts, ids }: OneHots): number[][] {
  return Array.from({ length: starts.length - 1 }, (_, t) => [...ids.subarray(starts[t], starts[t + 1])]);
}

/** Gives these numbers in turn, and fails when there are no more. */
function draws(...numbers: number[]): () => number {
  return () => {
    const next = numbers.shift();
    if (next === undefined) throw new Error('drawn too often');
    return next;
  };
}

describe('rarity dropout', () => {
  it('draws once a token for all its one-hots, replaces some kinds and leaves others out', () => {
    const [dropped] = dropOneHots(
      [
        {
          oneHots: oneHots([
            [1, 2, 3, 4],
            [1, 2, 3, 4],
            [1, 2, 3, 4],
          ]),
          rules: rules(),
        },
      ],
      draws(0.05, 0.3, 0.5),
    );
    expect(rowsOf(dropped)).toEqual([
      [0, 0],
      [0, 2, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('drops a one-hot seen n times with chance 1/(1+n)', () => {
    const T = 20_000;
    const [dropped] = dropOneHots([{ oneHots: oneHots(new Array(T).fill([1, 4])), rules: rules() }], keyedRandom(1));
    const kept = (row: number) => dropped.ids.filter((id) => id === row).length / T;
    expect(Math.abs(kept(1) - 1 / 2)).toBeLessThan(0.015); // four standard deviations
    expect(Math.abs(kept(4) - 9 / 10)).toBeLessThan(0.009);
  });

  it('holds for a token in both tables, and draws nothing where nothing can be rare', () => {
    const input = { oneHots: oneHots([[1], [5]]), rules: rules() };
    const wide = { oneHots: oneHots([[3, 4], []]), rules: rules() };
    expect(dropOneHots([input, wide], draws(0.4)).map(rowsOf)).toEqual([
      [[0], [5]],
      [[4], []],
    ]);
  });

  it('leaves what it was given as it was', () => {
    const before = oneHots([[1, 3]]);
    dropOneHots([{ oneHots: before, rules: rules() }], draws(0));
    expect(before).toEqual(oneHots([[1, 3]]));
  });
});

describe('plain dropout', () => {
  it('draws for every one-hot and weighs those left of an averaged kind anew', () => {
    const changed = rules({ dropout: Float64Array.from([0, 0, 0.2]) });
    const [dropped] = dropOneHots(
      [{ oneHots: oneHots([[5, 6, 5, 6, 6]], true), rules: changed }],
      draws(0.9, 0.1, 0.2, 0.5, 0.19),
    );
    expect(rowsOf(dropped)).toEqual([[5, 5, 6]]);
    expect([...(dropped.weights ?? [])]).toEqual([1 / 3, 1 / 3, 1 / 3].map(Math.fround));
  });

  it('by sentence decides once for a row in all tokens', () => {
    const changed = rules({
      dropout: Float64Array.from([0, 0, 0.3]),
      bySentence: Uint8Array.from([0, 0, 1]),
      mean: new Uint8Array(3),
    });
    const [dropped] = dropOneHots(
      [
        {
          oneHots: oneHots([
            [5, 6],
            [5, 6],
            [6, 5],
          ]),
          rules: changed,
        },
      ],
      draws(0.1, 0.9),
    );
    expect(rowsOf(dropped)).toEqual([[6], [6], [6]]);
  });

  it('weighs the one-hots of other kinds 1', () => {
    const [dropped] = dropOneHots([{ oneHots: oneHots([[2, 5, 6], [4]], true), rules: rules() }], draws(0.9, 0.9));
    expect([...(dropped.weights ?? [])]).toEqual([1, 0.5, 0.5, 1]);
  });
});

describe('the kernels in WebAssembly', () => {
  const K = 4;
  const N = 12;
  const kind = fc.record({
    unknown: fc.constantFrom(-1, 0, 7),
    draw: fc.constantFrom(-1, 0, 1, 2),
    threshold: fc.constantFrom(0, 0, 2 ** 31, 2 ** 32 - 1, 1_000_000_000),
    bySentence: fc.nat(1),
    mean: fc.nat(1),
  });
  /** Rows are of the kinds in turn, so that one-hots in order of their rows are in order of their kinds. */
  const table = fc.record({
    kinds: fc.array(kind, { minLength: K, maxLength: K }),
    counts: fc.array(fc.oneof(fc.nat(3), fc.nat(2 ** 31 - 1)), { minLength: N, maxLength: N }),
    tokens: fc.array(fc.array(fc.nat(N - 1), { maxLength: 9 }), { minLength: 6, maxLength: 6 }),
    isWeighted: fc.boolean(),
  });
  type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;

  /** Three sentences, of 3, 1 and 2 tokens, of which the last and the first are dropped from, twice. */
  function dropped(kernels: Kernels, tables: readonly Table[], key: number): (number | undefined)[][] {
    const lists = tables.map(({ kinds, counts, tokens, isWeighted }) => {
      const rows = counts.flatMap((count, id) => [Math.floor((id * K) / N), count]);
      const picked = tokens.map((list) => [...list].sort((a, b) => a - b));
      const starts = [0];
      for (const { length } of picked) starts.push(starts[starts.length - 1] + length);
      const count = picked.flat().length;
      const one = (list: readonly number[]) => ({ starts: intsOf(kernels, starts), ids: intsOf(kernels, list) });
      const weights = () => (isWeighted ? { weights: floatsOf(kernels, new Array(count).fill(1)) } : {});
      return {
        from: { ...one(picked.flat()), ...weights() },
        rows: intsOf(kernels, rows),
        kinds: intsOf(
          kernels,
          kinds.flatMap((one) => DROP_FIELDS.map((field) => one[field])),
        ),
        to: { ...one(new Array(count).fill(-1)), ...weights() },
      };
    });
    const [sentences, tokenStarts] = [intsOf(kernels, [2, 0]), intsOf(kernels, [0, 3, 4, 6])];
    const decided = kernels.ints(N + 1);
    return [key, key + 1].flatMap((k) => {
      kernels.dropOneHots(sentences, tokenStarts, k, lists, decided);
      return lists.flatMap(({ to }) => {
        const starts = Array.from(kernels.viewInts(to.starts)).slice(0, 6);
        const weights = to.weights ? Array.from(kernels.view(to.weights)).slice(0, starts[5]) : [];
        return [starts, Array.from(kernels.viewInts(to.ids)).slice(0, starts[5]), weights];
      });
    });
  }

  it('drop what plain loops drop, in one table and in both', () => {
    const wasm = wasmKernels();
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 2 }), fc.integer(), (tables, key) => {
        const mark = wasm.mark();
        const actual = dropped(wasm, tables, key);
        wasm.release(mark);
        expect(actual).toEqual(dropped(new ReferenceKernels('float32'), tables, key));
      }),
      { numRuns: 500 },
    );
  });

  it('forget what they decided on sentences when their numbers are used up', () => {
    const wasm = wasmKernels();
    const rule = [-1, -1, 2 ** 31, 1, 0];
    const drops = {
      from: { starts: intsOf(wasm, [0, 1, 2]), ids: intsOf(wasm, [0, 0]) },
      rows: intsOf(wasm, [0, 1]),
      kinds: intsOf(wasm, rule),
      to: { starts: wasm.ints(3), ids: wasm.ints(2) },
    };
    const left = (decided: readonly number[], key: number): number => {
      wasm.dropOneHots(intsOf(wasm, [0]), intsOf(wasm, [0, 2]), key, [drops], intsOf(wasm, decided));
      return wasm.viewInts(drops.to.starts)[2];
    };
    const last = 2 ** 30 - 1;
    for (let key = 0; key < 20; key++) {
      expect(left([2 * 1 + (key % 2), last], key)).toBe(left([0, 0], key));
    }
  });
});
