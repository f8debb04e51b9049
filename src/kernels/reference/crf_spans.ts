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
  spans.forEach((span, s) => {
    probabilities[s] = new Entity(span, chain, scores, tagPairs).probability();
  });
}

/** One entity in the lattice of its sentence. */
class Entity {
  private readonly K: number;
  private readonly lattice: ReturnType<typeof lattice>;

  constructor(
    private readonly span: SpanOfRows,
    private readonly chain: ChainArrays,
    private readonly scores: FloatArray,
    private readonly tagPairs: PairArrays,
  ) {
    this.K = chain.tags;
    this.lattice = lattice(chain, span.rows.length, (t, y) => this.score(t, y));
  }

  probability(): number {
    const { from, to } = this.span;
    let held = this.entered();
    for (let t = from + 1; t < to; t++) held = this.continued(held, t);
    return Math.exp(logSum(this.K, (y) => held[y] + this.left(y)) - this.lattice.logZ);
  }

  /** v(from)[y] = o[y] + log Σ exp(α(from−1)[y′] + A[y′,y]) over the pairs at which an entity of the type begins */
  private entered(): number[] {
    const { from, type } = this.span;
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
  private left(y: number): number {
    const { to, rows } = this.span;
    if (to === rows.length) return held(this.has(y, this.K, ENDS), this.chain.end[y]);
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
    return this.scores[this.span.rows[t] * this.K + y];
  }

  private transition(before: number, after: number): number {
    return this.chain.transitions[before * this.K + after];
  }
}

/** x where a path may go, else −∞. */
function held(may: boolean, x: number): number {
  return may ? x : Number.NEGATIVE_INFINITY;
}
