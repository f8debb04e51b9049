import { type Kernels, part } from '../kernels/kernels.js';
import { forbid, takeChain } from './chain.js';
import type { OutputLayer } from './output.js';
import type { TagRules } from './rules.js';
import { likelySpans, probabilitiesOf, takeTagPairs } from './spans.js';
import { divide } from './temperature.js';

/**
 * y = softmax(o) for each token by itself, trained by the cross-entropy. The tags chosen are the likeliest among those that are
 * legal together: the best path through the logits, where a step costs nothing or cannot be taken. Entities have the probabilities that
 * they have among such paths, each as probable as its tags are together.
 */
export function softmaxOutput(kernels: Kernels, tags: number, rules?: TagRules): OutputLayer {
  const chain = takeChain(kernels, tags);
  const tagWeights = kernels.floats(tags);
  const tagPairs = takeTagPairs(kernels, tags, rules);
  if (rules !== undefined) forbid(kernels, chain, rules);
  return {
    loss({ rows }, scores, gold, weights) {
      kernels.softmax(scores, rows, tags);
      if (weights === undefined) return kernels.crossEntropy(scores, gold, rows, tags);
      kernels.view(tagWeights).set(weights);
      return kernels.crossEntropy(scores, gold, rows, tags, tagWeights);
    },
    probabilities({ rows }, scores) {
      kernels.softmax(scores, rows, tags);
    },
    decode(packing, scores, best) {
      kernels.crfDecode(packing, chain, scores, best);
    },
    spanProbabilities(packing, scores, spans, temperature) {
      divide(kernels, part(scores, 0, packing.rows * tags), temperature);
      return probabilitiesOf(kernels, packing, chain, scores, tagPairs, spans);
    },
    likelySpans(packing, scores, least) {
      return likelySpans(kernels, packing, chain, scores, tagPairs, least);
    },
  };
}
