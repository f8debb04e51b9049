import type { FloatArray } from '../kernels.js';
import { type ChainArrays, lattice, logSum } from './crf.js';

/** Entities whose probabilities are asked for: tokens `[from, to)` of the sentence with the given rows. */
export interface SpanOfRows {
  readonly rows: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly type: number;
}

/** `TagPairs` of the contract: pairs [K+1,K+1], types [K]. */
export interface PairArrays {
  readonly pairs: Int32Array;
  readonly types: Int32Array;
}

/** An entity of some sentence, as the contract lists them: [sentence, from, to, type]. */
export interface LikelySpan {
  readonly span: readonly [number, number, number, number];
  readonly probability: number;
}

const STARTS = 1;
const ENDS = 2;

/**
 * p of each entity: the share of the paths on which it stands with its bounds and type, found by a forward pass held to such
 * paths (Culotta & McCallum 2004).
 */
export function crfSpans(
  spans: readonly SpanOfRows[],
  chain: ChainArrays,
  scores: FloatArray,
  tagPairs: PairArrays,
  probabilities: FloatArray,
): void {
  // a sentence may have as many entities as tokens, and each would cost as much as all of it
  const lattices = new Map<readonly number[], SentenceLattice>();
  spans.forEach(({ rows, from, to, type }, s) => {
    const paths = lattices.get(rows) ?? new SentenceLattice(rows, chain, scores, tagPairs);
    lattices.set(rows, paths);
    probabilities[s] = paths.probability(from, to, type);
  });
}

/** All entities whose probability is at least `least`, sentence by sentence. */
export function crfLikelySpans(
  sentences: readonly (readonly number[])[],
  chain: ChainArrays,
  scores: FloatArray,
  tagPairs: PairArrays,
  least: number,
): LikelySpan[] {
  const types = Math.max(...tagPairs.types) + 1;
  const found: LikelySpan[] = [];
  sentences.forEach((rows, sentence) => {
    const paths = new SentenceLattice(rows, chain, scores, tagPairs);
    for (let from = 0; from < rows.length; from++) {
      for (let type = 0; type < types; type++) {
        for (const [to, probability] of paths.likelyFrom(from, type, least)) {
          found.push({ span: [sentence, from, to, type], probability });
        }
      }
    }
  });
  return found;
}

/** The paths of one sentence, and those held to one entity. */
class SentenceLattice {
  private readonly K: number;
  private readonly lattice: ReturnType<typeof lattice>;

  constructor(
    private readonly rows: readonly number[],
    private readonly chain: ChainArrays,
    private readonly scores: FloatArray,
    private readonly tagPairs: PairArrays,
  ) {
    this.K = chain.tags;
    this.lattice = lattice(chain, rows.length, (t, y) => this.score(t, y));
  }

  probability(from: number, to: number, type: number): number {
    let held = this.entered(from, type);
    for (let t = from + 1; t < to; t++) held = this.continued(held, t);
    return this.share((y) => held[y] + this.left(y, to));
  }

  /** The ends of the likely entities of a type that begin with a token, with their probabilities. */
  *likelyFrom(from: number, type: number, least: number): Generator<[to: number, probability: number]> {
    let held = this.entered(from, type);
    for (let to = from + 1; to <= this.rows.length; to++) {
      // p of all entities that begin so and have the token before `to`
      if (this.share((y) => held[y] + this.lattice.beta[(to - 1) * this.K + y]) < least) return;
      const probability = this.share((y) => held[y] + this.left(y, to));
      if (probability >= least) yield [to, probability];
      if (to < this.rows.length) held = this.continued(held, to);
    }
  }

  /** Σ exp(x) / Z, which rounding may take beyond 1 */
  private share(x: (y: number) => number): number {
    return Math.min(1, Math.exp(logSum(this.K, x) - this.lattice.logZ));
  }

  /** v(from)[y] = o[y] + log Σ exp(α(from−1)[y′] + A[y′,y]) over the pairs at which an entity of the type begins */
  private entered(from: number, type: number): number[] {
    return this.tagsWhere(
      (y) => this.tagPairs.types[y] === type,
      (y) => {
        if (from === 0) return this.score(0, y) + held(this.has(this.K, y, STARTS), this.chain.start[y]);
        const before = (tag: number): number => this.lattice.alpha[(from - 1) * this.K + tag] + this.transition(tag, y);
        return this.score(from, y) + logSum(this.K, (tag) => held(this.has(tag, y, STARTS), before(tag)));
      },
    );
  }

  /** v(t)[y] = o[y] + log Σ exp(v(t−1)[y′] + A[y′,y]) over the pairs at which nothing begins or ends */
  private continued(previous: readonly number[], t: number): number[] {
    return this.tagsWhere(
      () => true,
      (y) => {
        const going = (tag: number): number => previous[tag] + this.transition(tag, y);
        return this.score(t, y) + logSum(this.K, (tag) => held(!this.has(tag, y, STARTS | ENDS), going(tag)));
      },
    );
  }

  /** log Σ exp(A[y,y′] + o(to)[y′] + β(to)[y′]) over the pairs at which an entity ends */
  private left(y: number, to: number): number {
    if (to === this.rows.length) return held(this.has(y, this.K, ENDS), this.chain.end[y]);
    const after = (tag: number): number =>
      this.transition(y, tag) + this.score(to, tag) + this.lattice.beta[to * this.K + tag];
    return logSum(this.K, (tag) => held(this.has(y, tag, ENDS), after(tag)));
  }

  private tagsWhere(fits: (y: number) => boolean, value: (y: number) => number): number[] {
    return Array.from({ length: this.K }, (_, y) => (fits(y) ? value(y) : Number.NEGATIVE_INFINITY));
  }

  private has(before: number, after: number, bits: number): boolean {
    return (this.tagPairs.pairs[before * (this.K + 1) + after] & bits) !== 0;
  }

  private score(t: number, y: number): number {
    return this.scores[this.rows[t] * this.K + y];
  }

  private transition(before: number, after: number): number {
    return this.chain.transitions[before * this.K + after];
  }
}

/** x where a path may go, else −∞. */
function held(may: boolean, x: number): number {
  return may ? x : Number.NEGATIVE_INFINITY;
}
