import type { FloatArray } from '../kernels.js';

/** The scores of a linear chain, or their gradients: A [K,K], start [K], end [K]. */
export interface ChainArrays {
  /** K */
  readonly tags: number;
  readonly transitions: FloatArray;
  readonly start: FloatArray;
  readonly end: FloatArray;
}

/** log Σ exp(x) of `count` terms, the largest taken out first. −∞ where all are. */
export function logSum(count: number, term: (i: number) => number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const x = term(i);
    if (!(x <= largest)) largest = x;
  }
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(term(i) - largest);
  return largest + Math.log(sum);
}

/** α, β and log Z of one sentence; α and β have shape [T,K]. */
interface Lattice {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly logZ: number;
}

/** Forward–backward (Lafferty et al. 2001) over the rows of one sentence; `score(t, y)` is o(t)[y]. */
export function lattice(chain: ChainArrays, T: number, score: (t: number, y: number) => number): Lattice {
  const { tags: K, transitions: A, start, end } = chain;
  const alpha = new Float64Array(T * K);
  const beta = new Float64Array(T * K);
  for (let t = 0; t < T; t++) {
    for (let y = 0; y < K; y++) {
      // α(t)[y] = o(t)[y] + log Σ exp(α(t−1)[y′] + A[y′,y])
      const before = t === 0 ? start[y] : logSum(K, (from) => alpha[(t - 1) * K + from] + A[from * K + y]);
      alpha[t * K + y] = score(t, y) + before;
    }
  }
  for (let t = T - 1; t >= 0; t--) {
    for (let y = 0; y < K; y++) {
      // β(t)[y] = log Σ exp(A[y,y′] + o(t+1)[y′] + β(t+1)[y′])
      const after = (to: number): number => A[y * K + to] + score(t + 1, to) + beta[(t + 1) * K + to];
      beta[t * K + y] = t === T - 1 ? end[y] : logSum(K, after);
    }
  }
  // log Z = log Σ exp(α(T)[y] + end[y])
  const logZ = logSum(K, (y) => alpha[(T - 1) * K + y] + end[y]);
  return { alpha, beta, logZ };
}

/** The rows of every sentence of a packing, longest first, token by token. */
export function sentenceRows(starts: Int32Array, steps: number): number[][] {
  const sentences: number[][] = [];
  for (let t = 0; t < steps; t++) {
    for (let row = starts[t]; row < starts[t + 1]; row++) {
      const i = row - starts[t];
      if (t === 0) sentences.push([]);
      sentences[i].push(row);
    }
  }
  return sentences;
}

/** Adds `sign` times the expected uses of every score, over one sentence's paths, to its gradient. */
function addExpectations(
  chain: ChainArrays,
  rows: readonly number[],
  score: (t: number, y: number) => number,
  sign: number,
  dScores: Float64Array,
  dChain: ChainArrays,
): number {
  const { tags: K, transitions: A } = chain;
  const T = rows.length;
  const { alpha, beta, logZ } = lattice(chain, T, score);
  for (let t = 0; t < T; t++) {
    for (let y = 0; y < K; y++) {
      // p(y(t) = y) = exp(α(t)[y] + β(t)[y] − log Z)
      const p = sign * Math.exp(alpha[t * K + y] + beta[t * K + y] - logZ);
      dScores[t * K + y] += p;
      if (t === 0) dChain.start[y] += p;
      if (t === T - 1) dChain.end[y] += p;
      if (t === T - 1) continue;
      for (let to = 0; to < K; to++) {
        // p(y(t) = y, y(t+1) = y′) = exp(α(t)[y] + A[y,y′] + o(t+1)[y′] + β(t+1)[y′] − log Z)
        const joint = alpha[t * K + y] + A[y * K + to] + score(t + 1, to) + beta[(t + 1) * K + to] - logZ;
        dChain.transitions[y * K + to] += sign * Math.exp(joint);
      }
    }
  }
  return logZ;
}

/**
 * L = Σ log Z − log Z(gold), Z(gold) over the paths that keep to the gold tags; a row with a negative one may have any. The
 * scores [R,K] become dL/do = p − p(gold), and dChain accumulates.
 */
export function crfLoss(
  sentences: readonly (readonly number[])[],
  chain: ChainArrays,
  scores: FloatArray,
  gold: Int32Array,
  dChain: ChainArrays,
): number {
  const K = chain.tags;
  let loss = 0;
  for (const rows of sentences) {
    const dScores = new Float64Array(rows.length * K);
    const free = (t: number, y: number): number => scores[rows[t] * K + y];
    const kept = (t: number, y: number): number => {
      const tag = gold[rows[t]];
      return tag < 0 || tag === y ? free(t, y) : Number.NEGATIVE_INFINITY;
    };
    loss += addExpectations(chain, rows, free, 1, dScores, dChain);
    loss -= addExpectations(chain, rows, kept, -1, dScores, dChain);
    rows.forEach((row, t) => {
      scores.set(dScores.subarray(t * K, (t + 1) * K), row * K);
    });
  }
  return loss;
}

/** The scores [R,K] become p(y(t) = y | sentence); returns Σ log Z. */
export function crfMarginals(
  sentences: readonly (readonly number[])[],
  chain: ChainArrays,
  scores: FloatArray,
): number {
  const K = chain.tags;
  let sum = 0;
  for (const rows of sentences) {
    const { alpha, beta, logZ } = lattice(chain, rows.length, (t, y) => scores[rows[t] * K + y]);
    sum += logZ;
    rows.forEach((row, t) => {
      for (let y = 0; y < K; y++) scores[row * K + y] = Math.exp(alpha[t * K + y] + beta[t * K + y] - logZ);
    });
  }
  return sum;
}

/** best [R]: the tags of each sentence's best path (Viterbi 1967); of equally good predecessors the first. */
export function crfDecode(
  sentences: readonly (readonly number[])[],
  { tags: K, transitions: A, start, end }: ChainArrays,
  scores: FloatArray,
  best: Int32Array,
): void {
  for (const rows of sentences) {
    const T = rows.length;
    const delta = new Float64Array(T * K);
    for (let t = 0; t < T; t++) {
      for (let y = 0; y < K; y++) {
        // δ(t)[y] = o(t)[y] + max (δ(t−1)[y′] + A[y′,y])
        const from = (before: number): number => delta[(t - 1) * K + before] + A[before * K + y];
        delta[t * K + y] = scores[rows[t] * K + y] + (t === 0 ? start[y] : from(firstLargest(K, from)));
      }
    }
    for (let t = T - 1; t >= 0; t--) {
      best[rows[t]] = firstLargest(K, (y) => delta[t * K + y] + (t === T - 1 ? end[y] : A[y * K + best[rows[t + 1]]]));
    }
  }
}

function firstLargest(count: number, value: (i: number) => number): number {
  let largest = 0;
  for (let i = 1; i < count; i++) if (value(i) > value(largest)) largest = i;
  return largest;
}
