import { DataError } from '../errors.js';
import type { Random } from '../network/initialise.js';
import { permutation } from './random.js';

/** A corpus cut in two, each part in the corpus's own order. */
export interface Split<S> {
  readonly train: readonly S[];
  readonly dev: readonly S[];
  /** What was kept whole: documents where the corpus marks at least two, else sentences. */
  readonly unit: 'document' | 'sentence';
}

/**
 * Holds about `share` of the sentences out as a dev part: whole documents at random until the share is reached, none
 * that would take more than twice as much, so that what a document repeats is not on both sides. `documentStarts` are the first sentences of the documents, ascending.
 * @throws DataError if there are fewer than two sentences
 */
export function splitCorpus<S>(
  sentences: readonly S[],
  documentStarts: readonly number[],
  share: number,
  random: Random,
): Split<S> {
  if (sentences.length < 2) {
    throw new DataError('a corpus of one sentence cannot be split into a training and a dev part', {
      hint: 'give a dev set with --dev FILE',
    });
  }
  const { starts, sizes, unit: kind } = unitsOf(sentences.length, documentStarts);
  const heldOut = chooseUnits(sizes, Math.max(1, Math.round(sentences.length * share)), random);
  const train: S[] = [];
  const dev: S[] = [];
  let unit = 0;
  sentences.forEach((sentence, i) => {
    while (starts[unit + 1] <= i) unit++;
    (heldOut.has(unit) ? dev : train).push(sentence);
  });
  return { train, dev, unit: kind };
}

/** What is kept whole when a corpus is cut: documents where it has at least two, else sentences. */
export function unitsOf(
  sentences: number,
  documentStarts: readonly number[],
): { readonly starts: readonly number[]; readonly sizes: readonly number[]; readonly unit: 'document' | 'sentence' } {
  const byDocument = documentStarts.length > 1;
  const starts = byDocument ? [...documentStarts] : Array.from({ length: sentences }, (_, i) => i);
  // What stands before the first mark belongs to a document too.
  if (starts[0] > 0) starts.unshift(0);
  const sizes = starts.map((start, unit) => (starts[unit + 1] ?? sentences) - start);
  return { starts, sizes, unit: byDocument ? 'document' : 'sentence' };
}

/** Units at random until they have the wanted number of sentences; at least one of them, never all. */
function chooseUnits(sizes: readonly number[], wanted: number, random: Random): Set<number> {
  const order = permutation(sizes.length, random);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const most = Math.min(2 * wanted, all - 1);
  const chosen = new Set<number>();
  let taken = 0;
  for (const unit of order) {
    if (taken < wanted && taken + sizes[unit] <= most) {
      chosen.add(unit);
      taken += sizes[unit];
    }
  }
  if (chosen.size === 0) chosen.add(order.reduce((least, unit) => (sizes[unit] < sizes[least] ? unit : least)));
  return chosen;
}
