import type { DropRules } from '../../src/encode/dropout.js';
import type { OneHots } from '../../src/encode/one_hots.js';
import { dropOneHots as dropLists } from '../../src/kernels/reference/drop.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { placeDropRules } from '../../src/train/placed_corpus.js';

/** What is left of the one-hots of a sentence in one table or in both, by draws from [0, 1). */
export function dropOneHots(
  tables: readonly { readonly oneHots: OneHots; readonly rules: DropRules }[],
  random: () => number,
): OneHots[] {
  const kernels = new ReferenceKernels();
  const lists = tables.map(({ oneHots, rules }) => {
    const { rows, kinds } = placeDropRules({ input: rules, wide: rules }, kernels).input;
    const { starts, ids, weights } = oneHots;
    const to = {
      starts: new Int32Array(starts.length),
      ids: new Int32Array(ids.length),
      ...(weights && { weights: new Float32Array(ids.length) }),
    };
    return { from: oneHots, rows: kernels.viewInts(rows).slice(), kinds: kernels.viewInts(kinds).slice(), to };
  });
  const tokenStarts = Int32Array.of(0, tables[0].oneHots.starts.length - 1);
  dropLists(Int32Array.of(0), tokenStarts, () => () => Math.ceil(random() * 2 ** 32), lists);
  return lists.map(({ to: { starts, ids, weights } }) => {
    const left = starts[starts.length - 1];
    const oneHots = { starts, ids: ids.subarray(0, left) };
    return weights === undefined ? oneHots : { ...oneHots, weights: weights.subarray(0, left) };
  });
}
