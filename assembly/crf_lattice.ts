/**
 * Forward–backward over a packed batch (Lafferty, McCallum & Pereira 2001).
 *
 * α and β are kept as logarithms whose largest is 0 in every row, and raised to e for the sums over pairs of tags alone: K
 * exponentials and logarithms a token instead of K². Where such a sum is so small that factors may have vanished, it is computed
 * again from the logarithms.
 */

import { exp4, log4 } from './functions';
import { add4 } from './lanes';
import { laneSum, largestLane, multiplyRow, paddedBytes, padRows, padTransposed } from './padded';

/** A sum of products below this may lack some that vanished (those below 1.2e-38) and would have counted. */
const TINY: f32 = 1e-30;

@unmanaged
export class Lattice {
  /** Z of each row: log Σ exp(α + β) in the row's own scale; shape [R], float64. */
  z: usize;
  /** What was taken out of α, row by row, so that its largest is 0; shape [R], float64. */
  taken: usize;
  /** What was taken out of o + β, row by row, so that its largest is 0; shape [R], float64. */
  takenBack: usize;
  starts: usize;
  /** A and its transpose; shape [K,P]. */
  A: usize;
  At: usize;
  /** exp(A − G), G the largest of A, and its transpose; shape [K,P]. */
  E: usize;
  Et: usize;
  start: usize;
  end: usize;
  /** Σ p(t) q(t+1)ᵀ / its share of Z; shape [K,P]. */
  joint: usize;
  /** One row of sums, then of probabilities; one of β. */
  sums: usize;
  beta: usize;
  /** o, and −∞ in the padding; shape [R,P]. */
  o: usize;
  /** α, and p = e^α; shape [R,P]. */
  alpha: usize;
  p: usize;
  /** o + β, and q = e^(o+β); shape [R,P]. */
  w: usize;
  q: usize;
  T: i32;
  R: i32;
  K: i32;
  /** Bytes of a row. */
  P: i32;
  G: f32;

  begin(starts: usize, T: i32, K: i32, A: usize, start: usize, end: usize, scores: usize): void {
    const P = paddedBytes(K);
    const R = load<i32>(starts + ((<usize>T) << 2));
    this.starts = starts;
    this.T = T;
    this.R = R;
    this.K = K;
    this.P = <i32>P;
    this.z = changetype<usize>(this) + 128;
    this.taken = this.z + ((<usize>R + 1) & ~1) * 8;
    this.takenBack = this.taken + ((<usize>R + 1) & ~1) * 8;
    this.A = this.takenBack + ((<usize>R + 1) & ~1) * 8;
    this.At = this.A + <usize>K * P;
    this.E = this.At + <usize>K * P;
    this.Et = this.E + <usize>K * P;
    this.joint = this.Et + <usize>K * P;
    this.start = this.joint + <usize>K * P;
    this.end = this.start + P;
    this.sums = this.end + P;
    this.beta = this.sums + P;
    this.o = this.beta + P;
    this.alpha = this.o + <usize>R * P;
    this.p = this.alpha + <usize>R * P;
    this.w = this.p + <usize>R * P;
    this.q = this.w + <usize>R * P;
    padRows(this.o, scores, R, K, <f32>-Infinity);
    padRows(this.start, start, 1, K, 0);
    padRows(this.end, end, 1, K, 0);
    this.takeTransitions(A);
  }

  /** The padding of E is e^0, so that no sum there is small. */
  private takeTransitions(A: usize): void {
    const K = this.K;
    let G: f32 = -f32.MAX_VALUE;
    for (let i = 0; i < K * K; i++) G = max(G, load<f32>(A + ((<usize>i) << 2)));
    this.G = G;
    padRows(this.A, A, K, K, G);
    padTransposed(this.At, A, K, G);
    const g = f32x4.splat(G);
    const bytes = <usize>K * <usize>this.P;
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(this.E + i, exp4(f32x4.sub(v128.load(this.A + i), g)));
      v128.store(this.Et + i, exp4(f32x4.sub(v128.load(this.At + i), g)));
    }
  }

  /** The first row of step t, and how many rows it has. */
  startOf(t: i32): i32 {
    return load<i32>(this.starts + ((<usize>t) << 2));
  }

  count(t: i32): i32 {
    return t < this.T ? this.startOf(t + 1) - this.startOf(t) : 0;
  }

  /** Row r of one of the matrices of rows. */
  row(matrix: usize, r: i32): usize {
    return matrix + <usize>r * <usize>this.P;
  }

  /** α of all rows. Returns what was taken out of them in all. */
  forward(): f64 {
    let taken: f64 = 0;
    for (let t = 0; t < this.T; t++) {
      const first = this.startOf(t);
      const n = this.count(t);
      for (let i = 0; i < n; i++) taken += t === 0 ? this.enter(i) : this.step(first + i, this.startOf(t - 1) + i);
    }
    return taken;
  }

  /** α(1) = start + o */
  private enter(r: i32): f64 {
    const alpha = this.row(this.alpha, r);
    const o = this.row(this.o, r);
    for (let j: usize = 0; j < <usize>this.P; j += 16) {
      v128.store(alpha + j, f32x4.add(v128.load(this.start + j), v128.load(o + j)));
    }
    return this.scale(r, 0);
  }

  /** α(t)[y] = o(t)[y] + log Σ exp(α(t−1)[y′] + A[y′,y]) */
  private step(r: i32, before: i32): f64 {
    const alpha = this.row(this.alpha, r);
    const o = this.row(this.o, r);
    multiplyRow(this.sums, this.row(this.p, before), this.E, this.K);
    this.logSums(alpha, this.row(this.alpha, before), this.At);
    for (let j: usize = 0; j < <usize>this.P; j += 16) {
      v128.store(alpha + j, f32x4.add(v128.load(alpha + j), v128.load(o + j)));
    }
    return this.scale(r, this.G);
  }

  /** Takes the largest out of a row of α, which `more` was taken out of before; p = e^α. */
  private scale(r: i32, more: f32): f64 {
    const taken = <f64>normalise(this.row(this.alpha, r), this.row(this.p, r), this.P) + <f64>more;
    store<f64>(this.taken + ((<usize>r) << 3), taken);
    return taken;
  }

  /** out = log(sums); those too small, or no numbers, anew: out[y] = log Σ exp(x[y′] + M[y,y′]) − G */
  private logSums(out: usize, x: usize, M: usize): void {
    const tiny = f32x4.splat(TINY);
    let fine = i32x4.splat(-1);
    for (let j: usize = 0; j < <usize>this.P; j += 16) {
      const sum = v128.load(this.sums + j);
      fine = v128.and(fine, f32x4.ge(sum, tiny));
      v128.store(out + j, log4(sum));
    }
    if (i32x4.all_true(fine)) return;
    for (let y = 0; y < this.K; y++) {
      const at = (<usize>y) << 2;
      if (load<f32>(this.sums + at) >= TINY) continue;
      store<f32>(out + at, <f32>(logOfSum(x, this.row(M, y), this.K) - <f64>this.G));
    }
  }

  /**
   * β of all rows, from the last step to the first, after `forward`. dScores [R,K] gets `sign` times the probabilities of the
   * tags added, dA [K,K], dStart and dEnd [K] `sign` times the expected uses of every score; where dScores or dA is 0 there
   * are none of these. Returns Σ log Z without what `forward` took out.
   */
  backward(sign: f32, dScores: usize, dA: usize, dStart: usize, dEnd: usize): f64 {
    if (dA !== 0) memory.fill(this.joint, 0, <usize>this.K * <usize>this.P);
    let sum: f64 = 0;
    for (let t = this.T - 1; t >= 0; t--) {
      const first = this.startOf(t);
      const n = this.count(t);
      const going = this.count(t + 1);
      for (let i = 0; i < n; i++) {
        const r = first + i;
        const last = i >= going;
        const next = last ? 0 : this.startOf(t + 1) + i;
        if (last) memory.copy(this.beta, this.end, <usize>this.P);
        else this.comeBack(r, next, sign, dA);
        this.tagProbabilities(r);
        if (last) sum += load<f64>(this.z + ((<usize>r) << 3));
        if (dScores !== 0) this.add(dScores + ((<usize>r * this.K) << 2), sign);
        if (dA !== 0 && t === 0) this.add(dStart, sign);
        if (dA !== 0 && last) this.add(dEnd, sign);
      }
    }
    if (dA !== 0) this.addJoint(dA, sign);
    return sum;
  }

  /** β(t)[y] = log Σ exp(A[y,y′] + o(t+1)[y′] + β(t+1)[y′]), and what the pair adds to dA. */
  private comeBack(r: i32, next: i32, sign: f32, dA: usize): void {
    multiplyRow(this.sums, this.row(this.q, next), this.Et, this.K);
    if (dA !== 0) this.pair(r, next, sign, dA);
    this.logSums(this.beta, this.row(this.w, next), this.A);
  }

  /** joint += p(t) q(t+1)ᵀ / Σ p(t)[y] E[y,y′] q(t+1)[y′] */
  private pair(r: i32, next: i32, sign: f32, dA: usize): void {
    const p = this.row(this.p, r);
    const q = this.row(this.q, next);
    const P = <usize>this.P;
    let total = f32x4.splat(0);
    for (let j: usize = 0; j < P; j += 16) {
      total = f32x4.add(total, f32x4.mul(v128.load(p + j), v128.load(this.sums + j)));
    }
    const sum = laneSum(total);
    if (sum < TINY) {
      this.exactPair(r, next, sign, dA);
      return;
    }
    const share = <f32>1 / sum;
    let out = this.joint;
    for (let y = 0; y < this.K; y++) {
      const a = f32x4.splat(load<f32>(p + ((<usize>y) << 2)) * share);
      for (let j: usize = 0; j < P; j += 16) {
        v128.store(out + j, f32x4.add(v128.load(out + j), f32x4.mul(a, v128.load(q + j))));
      }
      out += P;
    }
  }

  /** dA[y,y′] += sign · exp(α(t)[y] + A[y,y′] + o(t+1)[y′] + β(t+1)[y′] − log of their sum), from the logarithms. */
  private exactPair(r: i32, next: i32, sign: f32, dA: usize): void {
    const K = this.K;
    const alpha = this.row(this.alpha, r);
    const w = this.row(this.w, next);
    let largest: f64 = -Infinity;
    for (let y = 0; y < K; y++) {
      for (let to = 0; to < K; to++) largest = max(largest, this.pairScore(alpha, w, y, to));
    }
    let sum: f64 = 0;
    for (let y = 0; y < K; y++) {
      for (let to = 0; to < K; to++) sum += Math.exp(this.pairScore(alpha, w, y, to) - largest);
    }
    for (let y = 0; y < K; y++) {
      for (let to = 0; to < K; to++) {
        const at = dA + ((<usize>y * K + to) << 2);
        const probability = <f32>(Math.exp(this.pairScore(alpha, w, y, to) - largest) / sum);
        store<f32>(at, load<f32>(at) + sign * probability);
      }
    }
  }

  private pairScore(alpha: usize, w: usize, y: i32, to: i32): f64 {
    const at = (<usize>to) << 2;
    const going = <f64>load<f32>(alpha + ((<usize>y) << 2)) + <f64>load<f32>(this.row(this.A, y) + at);
    return going + <f64>load<f32>(w + at);
  }

  /** sums = p(y(t) = y) = exp(α + β − z); o + β for the step before. */
  private tagProbabilities(r: i32): void {
    const P = <usize>this.P;
    const alpha = this.row(this.alpha, r);
    const o = this.row(this.o, r);
    const w = this.row(this.w, r);
    for (let j: usize = 0; j < P; j += 16) {
      const beta = v128.load(this.beta + j);
      v128.store(w + j, f32x4.add(v128.load(o + j), beta));
      v128.store(this.sums + j, f32x4.add(v128.load(alpha + j), beta));
    }
    const takenBack = normalise(w, this.row(this.q, r), this.P);
    store<f64>(this.takenBack + ((<usize>r) << 3), <f64>takenBack);
    const largest = normalise(this.sums, this.sums, this.P);
    let total = f32x4.splat(0);
    for (let j: usize = 0; j < P; j += 16) total = f32x4.add(total, v128.load(this.sums + j));
    const sum = laneSum(total);
    store<f64>(this.z + ((<usize>r) << 3), <f64>largest + Math.log(<f64>sum));
    const share = f32x4.splat(<f32>1 / sum);
    for (let j: usize = 0; j < P; j += 16) {
      v128.store(this.sums + j, f32x4.mul(v128.load(this.sums + j), share));
    }
  }

  /** to[K] += sign · sums */
  private add(to: usize, sign: f32): void {
    const factor = f32x4.splat(sign);
    for (let j = 0; j < this.K; j += 4) {
      const at = (<usize>j) << 2;
      add4(to + at, f32x4.mul(factor, v128.load(this.sums + at)), this.K - j);
    }
  }

  /** dA += sign · E ⊙ joint */
  private addJoint(dA: usize, sign: f32): void {
    const factor = f32x4.splat(sign);
    for (let y = 0; y < this.K; y++) {
      const E = this.row(this.E, y);
      const joint = this.row(this.joint, y);
      const to = dA + ((<usize>y * this.K) << 2);
      for (let j = 0; j < this.K; j += 4) {
        const at = (<usize>j) << 2;
        const uses = f32x4.mul(v128.load(E + at), v128.load(joint + at));
        add4(to + at, f32x4.mul(factor, uses), this.K - j);
      }
    }
  }
}

/** Bytes of scratch for R rows and K tags, which may be more than there can be. */
export function latticeBytes(R: i32, K: i32): u64 {
  const P: u64 = paddedBytes(K);
  return 128 + 24 * ((<u64>R + 1) & ~1) + P * (5 * <u64>K + 4 + 5 * <u64>R);
}

/** The same as a number of JavaScript. */
export function crfScratch(R: i32, K: i32): f64 {
  return <f64>latticeBytes(R, K);
}

/** Takes the largest of a row out of it; e = exp(x). */
function normalise(x: usize, e: usize, bytes: i32): f32 {
  let most = v128.load(x);
  for (let j = 16; j < bytes; j += 16) most = f32x4.pmax(most, v128.load(x + j));
  const largest = largestLane(most);
  const all = f32x4.splat(largest);
  for (let j = 0; j < bytes; j += 16) {
    const rest = f32x4.sub(v128.load(x + j), all);
    v128.store(x + j, rest);
    v128.store(e + j, exp4(rest));
  }
  return largest;
}

/** log Σ exp(x[k] + m[k]) */
function logOfSum(x: usize, m: usize, K: i32): f64 {
  let largest: f64 = -Infinity;
  for (let k = 0; k < K; k++) largest = max(largest, sumAt(x, m, k));
  if (largest === -Infinity) return largest;
  let sum: f64 = 0;
  for (let k = 0; k < K; k++) sum += Math.exp(sumAt(x, m, k) - largest);
  return largest + Math.log(sum);
}

function sumAt(x: usize, m: usize, k: i32): f64 {
  const at = (<usize>k) << 2;
  return <f64>load<f32>(x + at) + <f64>load<f32>(m + at);
}
