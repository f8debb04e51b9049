import { type Kernels, part } from '../kernels/kernels.js';
import { forbid, takeChain } from './chain.js';
import type { OutputLayer } from './output.js';
import type { TagRules } from './rules.js';
import { divide } from './temperature.js';

/**
 * y = softmax(o) for each token by itself, trained by the cross-entropy. The tags chosen are the likeliest among those that are
 * legal together: the best path through the logits, where a step costs nothing or cannot be taken.
 */
export function softmaxOutput(kernels: Kernels, tags: number, rules?: TagRules): OutputLayer {
  const chain = takeChain(kernels, tags);
  const tagWeights = kernels.floats(tags);
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
    /** Π_t p(tag of t) over the tokens of an entity. */
    spanProbabilities({ rows, starts }, scores, best, spans, temperature) {
      divide(kernels, part(scores, 0, rows * tags), temperature);
      kernels.softmax(scores, rows, tags);
      const [first, chosen, p] = [kernels.viewInts(starts), kernels.viewInts(best), kernels.view(scores)];
      return Float64Array.from({ length: spans.length / 4 }, (_, s) => {
        const [sentence, from, to] = spans.subarray(4 * s, 4 * s + 3);
        let product = 1;
        for (let t = from; t < to; t++) {
          const row = first[t] + sentence;
          product *= p[row * tags + chosen[row]];
        }
        return product;
      });
    },
  };
}
