import { type Chain, type FloatBuffer, type Kernels, type Packing, part, type TagPairs } from '../kernels/kernels.js';
import type { TagRules } from './rules.js';

/** Entities of a batch with their probabilities. */
export interface SpanList {
  /** Shape [S,4]: the sentence (0 the longest), the first token, the one behind the last, the type. */
  readonly spans: Int32Array;
  /** Shape [S]. */
  readonly probabilities: Float64Array;
}

/** The rules in the kernels' memory; without any, no tag is of an entity. */
export function takeTagPairs(kernels: Kernels, tags: number, rules?: TagRules): TagPairs {
  const pairs = kernels.ints((tags + 1) * (tags + 1));
  const types = kernels.ints(tags);
  kernels.viewInts(pairs).set(rules?.pairs ?? []);
  kernels.viewInts(types).set(rules?.types ?? new Int32Array(tags).fill(-1));
  return { pairs, types };
}

/** The probabilities of the entities of spans [S,4], shape [S]. */
export function probabilitiesOf(
  kernels: Kernels,
  packing: Packing,
  chain: Chain,
  scores: FloatBuffer,
  tagPairs: TagPairs,
  spans: Int32Array,
): Float64Array {
  const mark = kernels.mark();
  const list = kernels.ints(spans.length);
  kernels.viewInts(list).set(spans);
  const out = kernels.floats(spans.length / 4);
  kernels.crfSpans(packing, chain, scores, tagPairs, list, out);
  const probabilities = Float64Array.from(kernels.view(out));
  kernels.release(mark);
  return probabilities;
}

/** Every entity that is at least so probable, sentence by sentence. */
export function likelySpans(
  kernels: Kernels,
  packing: Packing,
  chain: Chain,
  scores: FloatBuffer,
  tagPairs: TagPairs,
  least: number,
): SpanList {
  const mark = kernels.mark();
  const most = mostSpans(packing.rows, least);
  const list = kernels.ints(4 * most);
  const out = kernels.floats(most);
  const count = kernels.crfLikelySpans(packing, chain, scores, tagPairs, least, list, out);
  const spans = kernels.viewInts(list).slice(0, 4 * count);
  const probabilities = Float64Array.from(kernels.view(part(out, 0, count)));
  kernels.release(mark);
  return { spans, probabilities };
}

/** How many entities can be so probable: of any one sequence of tags there are no more than tokens. */
export function mostSpans(rows: number, least: number): number {
  return Math.ceil(rows / least);
}
