import type { DropRules, SentenceDropRules } from '../encode/dropout.js';
import type { OneHots } from '../encode/one_hots.js';
import { DROP_FIELDS, type DropTable, type IntBuffer, type Kernels, type TokenOneHots } from '../kernels/kernels.js';
import type { EncodedCorpus } from './corpus.js';

/** A corpus in the kernels' memory, so that they lay out its batches. S sentences, R tokens in all. */
export interface PlacedCorpus {
  /** Shape [S+1]. */
  readonly tokenStarts: IntBuffer;
  /** Shape [R]: tag ids. */
  readonly gold: IntBuffer;
  readonly input: TokenOneHots;
  /** Of the table that is added to the emissions, where there is one. */
  readonly wide?: TokenOneHots;
}

export function placeCorpus({ tokenStarts, gold, input, wide }: EncodedCorpus, kernels: Kernels): PlacedCorpus {
  const placed = {
    tokenStarts: placeInts(tokenStarts, kernels),
    gold: placeInts(gold, kernels),
    input: placeOneHots(input, kernels),
  };
  return wide === undefined ? placed : { ...placed, wide: placeOneHots(wide, kernels) };
}

function placeOneHots({ starts, ids, weights }: OneHots, kernels: Kernels): TokenOneHots {
  const placed = { starts: placeInts(starts, kernels), ids: placeInts(ids, kernels) };
  if (weights === undefined) return placed;
  const buffer = kernels.floats(weights.length);
  kernels.view(buffer).set(weights);
  return { ...placed, weights: buffer };
}

function placeInts(list: Int32Array, kernels: Kernels): IntBuffer {
  const buffer = kernels.ints(list.length);
  kernels.viewInts(buffer).set(list);
  return buffer;
}

/** How the one-hots of a table are dropped, in the kernels' memory. */
export type PlacedRules = Pick<DropTable, 'rows' | 'kinds'>;

/** The rules of both tables, and for how many rows whole sentences are decided on. */
export interface PlacedDropRules {
  readonly input: PlacedRules;
  readonly wide: PlacedRules;
  readonly decidedRows: number;
}

export function placeDropRules({ input, wide }: SentenceDropRules, kernels: Kernels): PlacedDropRules {
  const decides = [input, wide].filter(({ bySentence }) => bySentence.includes(1));
  return {
    input: placeRules(input, kernels),
    wide: placeRules(wide, kernels),
    decidedRows: Math.max(0, ...decides.map(({ counts }) => counts.length)),
  };
}

function placeRules({ kinds, counts, ...rules }: DropRules, kernels: Kernels): PlacedRules {
  const rows = new Int32Array(2 * counts.length);
  for (let id = 0; id < counts.length; id++) {
    rows[2 * id] = kinds[id];
    rows[2 * id + 1] = counts[id];
  }
  const fields = Array.from(rules.unknown, (unknown, k) => ({
    unknown,
    draw: rules.draws[k],
    threshold: thresholdOf(rules.dropout[k]),
    bySentence: rules.bySentence[k],
    mean: rules.mean[k],
  }));
  const list = Int32Array.from(fields.flatMap((kind) => DROP_FIELDS.map((field) => kind[field])));
  return { rows: placeInts(rows, kernels), kinds: placeInts(list, kernels) };
}

/** A draw of 32 bits is below it where the number in [0, 1) that it stands for is below the rate. */
function thresholdOf(rate: number): number {
  return Math.min(Math.ceil(rate * 2 ** 32), 2 ** 32 - 1);
}
