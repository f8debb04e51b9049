import type { Row } from './measure.js';

export const NETWORKS = ['Elman', 'LSTM', 'BiLSTM'];

/** The columns of tables of networks: what is done with which. */
export const CONTESTS = NETWORKS.flatMap((network) => ['training', 'inference'].map((task) => `${network} ${task}`));

/** Ways to write the networks with other libraries, of which only the fastest counts. */
export const KINDS: readonly { readonly name: string; readonly has: (against: string) => boolean }[] = [
  { name: 'PyTorch, gradients written out', has: (against) => /^PyTorch [^ ]+: written-out/.test(against) },
  { name: 'PyTorch, loop and autograd', has: (against) => /^PyTorch [^ ]+: loop/.test(against) },
  { name: "PyTorch's own layer", has: (against) => /^PyTorch [^ ]+: library/.test(against) },
  { name: 'PyTorch held to AVX2, any of these', has: (against) => /^PyTorch .* held to AVX2:/.test(against) },
  { name: 'PyTorch held to SSE, any of these', has: (against) => /^PyTorch .* held to SSE:/.test(against) },
  { name: 'TensorFlow.js, any backend and way', has: (against) => against.startsWith('TensorFlow.js') },
];

/** The row of the fastest of a kind in a contest, such as `Elman training`, on batches of the given kind. */
export function fastest(
  rows: readonly Row[],
  kind: (typeof KINDS)[number],
  contest: string,
  batching: string,
): Row | undefined {
  const found = rows.filter(({ name, against }) => name === nameOf(contest, batching) && kind.has(against));
  return found.reduce<Row | undefined>((best, row) => (best && best.other >= row.other ? best : row), undefined);
}

export function nameOf(contest: string, batching: string): string {
  return `${contest}, batches of ${batching}`;
}
