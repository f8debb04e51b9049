import { type Chain, type FloatBuffer, type IntBuffer, type Kernels, part } from '../kernels/kernels.js';
import { forbid, takeChain } from './chain.js';
import { naturalLog } from './natural_log.js';
import type { OutputLayer } from './output.js';
import type { ParameterShape } from './parameters.js';
import type { TagRules } from './rules.js';
import { likelySpans, probabilitiesOf, takeTagPairs } from './spans.js';
import { divide } from './temperature.js';

/** The scores of transitions, of the first and of the last tag. */
export function crfShapes(tags: number): ParameterShape[] {
  return [
    { name: 'A', rows: tags, columns: tags },
    { name: 'start', rows: 1, columns: tags },
    { name: 'end', rows: 1, columns: tags },
  ];
}

/**
 * The linear-chain CRF (Lafferty, McCallum & Pereira 2001): the score of a tag sequence is the sum of its logits and of the
 * scores of its steps, and its probability e^score over the sum of all. What the rules do not allow is no sequence: its weights
 * are neither used nor learned.
 */
export function crfOutput(
  kernels: Kernels,
  tags: number,
  weights: (name: string) => FloatBuffer,
  gradients: (name: string) => FloatBuffer,
  rules?: TagRules,
): OutputLayer {
  const legal = takeChain(kernels, tags);
  const tagPairs = takeTagPairs(kernels, tags, rules);
  /** The weights as they are now, −∞ where the rules forbid. */
  const chain = (): Chain => {
    const parts = [
      [legal.transitions, weights('A')],
      [legal.start, weights('start')],
      [legal.end, weights('end')],
    ];
    for (const [to, from] of parts) kernels.view(to).set(kernels.view(from));
    if (rules !== undefined) forbid(kernels, legal, rules);
    return legal;
  };
  return {
    loss(packing, scores, gold, weights) {
      if (weights !== undefined) addCosts(kernels, scores, gold, packing.rows, weights);
      const dChain = { tags, transitions: gradients('A'), start: gradients('start'), end: gradients('end') };
      return kernels.crfLoss(packing, chain(), scores, gold, dChain);
    },
    probabilities(packing, scores) {
      kernels.crfMarginals(packing, chain(), scores);
    },
    decode(packing, scores, best) {
      kernels.crfDecode(packing, chain(), scores, best);
    },
    spanProbabilities(packing, scores, spans, temperature) {
      const scaled = chain();
      const { transitions, start, end } = scaled;
      for (const list of [part(scores, 0, packing.rows * tags), transitions, start, end]) {
        divide(kernels, list, temperature);
      }
      return probabilitiesOf(kernels, packing, scaled, scores, tagPairs, spans);
    },
    likelySpans(packing, scores, least) {
      return likelySpans(kernels, packing, chain(), scores, tagPairs, least);
    },
  };
}

/**
 * Softmax-margin (Gimpel & Smith 2010): adds the cost ln w(gold) of every tag but the gold one to its score. A sequence then counts w
 * times in Z for each token of weight w that it gets wrong, and the loss and its gradient stay those of a CRF.
 */
function addCosts(kernels: Kernels, scores: FloatBuffer, gold: IntBuffer, rows: number, weights: Float64Array): void {
  const K = weights.length;
  const costs = weights.map(naturalLog);
  const [o, tags] = [kernels.view(scores), kernels.viewInts(gold)];
  for (let r = 0; r < rows; r++) {
    const cost = tags[r] < 0 ? 0 : costs[tags[r]];
    if (cost === 0) continue;
    for (let y = 0; y < K; y++) if (y !== tags[r]) o[r * K + y] += cost;
  }
}
