/** The probabilities of entities: a forward pass held to the paths on which one stands (Culotta & McCallum 2004). */

import { Lattice, latticeBytes } from './crf_lattice';

/** Bits of `pairs`: an entity begins with the second tag; one ends with the first. */
const STARTS: i32 = 1;
const ENDS: i32 = 2;

/**
 * probabilities [S] of the entities of spans [S,4]: sentence, first token, the one behind the last, type. pairs
 * [K+1,K+1] says of two tags where entities begin and end, K standing for what is outside the sentence; types [K].
 */
export function crfSpans(
  starts: usize,
  T: i32,
  K: i32,
  A: usize,
  start: usize,
  end: usize,
  scores: usize,
  pairs: usize,
  types: usize,
  spans: usize,
  S: i32,
  probabilities: usize,
  scratch: usize,
): void {
  const lattice = changetype<Lattice>(scratch);
  lattice.begin(starts, T, K, A, start, end, scores);
  lattice.forward();
  lattice.backward(1, 0, 0, 0, 0);
  const held = changetype<Held>(scratch + <usize>latticeBytes(lattice.R, K));
  held.begin(lattice, pairs, types);
  for (let s = 0; s < S; s++) {
    const span = spans + ((<usize>s) << 4);
    const p = held.probability(load<i32>(span), load<i32>(span, 4), load<i32>(span, 8), load<i32>(span, 12));
    store<f32>(probabilities + ((<usize>s) << 2), <f32>p);
  }
}

/**
 * Every entity whose probability is at least `least`: spans [S,4] as above and probabilities [S], in the order of their sentences, first
 * tokens and types, the shorter first; no more than S. Returns how many.
 */
export function crfLikelySpans(
  starts: usize,
  T: i32,
  K: i32,
  A: usize,
  start: usize,
  end: usize,
  scores: usize,
  pairs: usize,
  types: usize,
  least: f64,
  spans: usize,
  S: i32,
  probabilities: usize,
  scratch: usize,
): i32 {
  const lattice = changetype<Lattice>(scratch);
  lattice.begin(starts, T, K, A, start, end, scores);
  const marginals = scratch + <usize>latticeBytes(lattice.R, K);
  memory.fill(marginals, 0, (<usize>lattice.R * K) << 2);
  lattice.forward();
  lattice.backward(1, marginals, 0, 0, 0);
  const held = changetype<Held>(marginals + (((<usize>lattice.R * K + 1) & ~1) << 2));
  held.begin(lattice, pairs, types);
  held.openList(marginals, least, spans, S, probabilities);
  let kinds = 0;
  for (let y = 0; y < K; y++) kinds = max(kinds, load<i32>(types + ((<usize>y) << 2)) + 1);
  for (let i = 0; i < lattice.count(0); i++) {
    for (let from = 0; i < lattice.count(from); from++) {
      for (let type = 0; type < kinds; type++) held.listFrom(i, from, type);
    }
  }
  return held.listed;
}

/** Bytes of scratch for R rows and K tags, of either call. */
export function spansScratch(R: i32, K: i32): f64 {
  return <f64>(latticeBytes(R, K) + (((<u64>R * K + 1) & ~1) << 2) + 128 + 24 * <u64>K);
}

/** The forward pass along one entity, in logarithms of float64. */
@unmanaged
class Held {
  lattice: Lattice;
  pairs: usize;
  types: usize;
  /** v of the token before and of this one, and the terms of a sum; shape [K], float64. */
  before: usize;
  here: usize;
  terms: usize;
  /** The probabilities of tags, shape [R,K], and the list of likely entities. */
  marginals: usize;
  spans: usize;
  probabilities: usize;
  least: f64;
  room: i32;
  listed: i32;

  begin(lattice: Lattice, pairs: usize, types: usize): void {
    const bytes = (<usize>lattice.K) << 3;
    this.lattice = lattice;
    this.pairs = pairs;
    this.types = types;
    this.before = changetype<usize>(this) + 128;
    this.here = this.before + bytes;
    this.terms = this.here + bytes;
  }

  /** Of the entity of a type on tokens [from, to) of the i-th longest sentence. */
  probability(i: i32, from: i32, to: i32, type: i32): f64 {
    let taken: f64 = 0;
    for (let t = from; t < to; t++) {
      this.advance(i, from, t, type);
      taken += this.takenAt(t, i);
      this.read(t, i);
    }
    return this.probabilityOfEnd(i, to, taken);
  }

  openList(marginals: usize, least: f64, spans: usize, room: i32, probabilities: usize): void {
    this.marginals = marginals;
    this.least = least;
    this.spans = spans;
    this.room = room;
    this.probabilities = probabilities;
    this.listed = 0;
  }

  /** Lists the likely entities of a type that begin with a token: longer ones as long as that much of all paths goes on in them. */
  listFrom(i: i32, from: i32, type: i32): void {
    const lattice = this.lattice;
    if (this.probabilityOfType(from, i, type) < this.least) return;
    let taken: f64 = 0;
    for (let t = from; i < lattice.count(t); t++) {
      this.advance(i, from, t, type);
      taken += this.takenAt(t, i);
      if (this.probabilityInside(t, i, taken) < this.least) return;
      this.read(t, i);
      const p = this.probabilityOfEnd(i, t + 1, taken);
      if (p >= this.least) this.list(i, from, t + 1, type, <f32>p);
    }
  }

  private list(i: i32, from: i32, to: i32, type: i32, p: f32): void {
    if (this.listed === this.room) return;
    const span = this.spans + ((<usize>this.listed) << 4);
    store<i32>(span, i);
    store<i32>(span, from, 4);
    store<i32>(span, to, 8);
    store<i32>(span, type, 12);
    store<f32>(this.probabilities + ((<usize>this.listed) << 2), p);
    this.listed++;
  }

  /** Of a token being in an entity of a type; no less than that of one beginning there. */
  private probabilityOfType(t: i32, i: i32, type: i32): f64 {
    const lattice = this.lattice;
    const row = this.marginals + ((<usize>(lattice.startOf(t) + i) * lattice.K) << 2);
    let sum: f64 = 0;
    for (let y = 0; y < lattice.K; y++) {
      if (load<i32>(this.types + ((<usize>y) << 2)) === type) sum += float(row, y);
    }
    // of float32, so what is just below counts as well
    return sum * 1.0001;
  }

  /** v of token t but for its logits, from that of the token before. */
  private advance(i: i32, from: i32, t: i32, type: i32): void {
    for (let y = 0; y < this.lattice.K; y++) {
      const isOfType = load<i32>(this.types + ((<usize>y) << 2)) === type;
      put(this.here, y, !isOfType ? -Infinity : t > from ? this.carriedOn(y) : this.entered(t, i, y));
    }
    const written = this.here;
    this.here = this.before;
    this.before = written;
  }

  /** v += o */
  private read(t: i32, i: i32): void {
    const lattice = this.lattice;
    const o = lattice.row(lattice.o, lattice.startOf(t) + i);
    for (let y = 0; y < lattice.K; y++) put(this.before, y, get(this.before, y) + float(o, y));
  }

  private takenAt(t: i32, i: i32): f64 {
    return load<f64>(this.lattice.taken + ((<usize>(this.lattice.startOf(t) + i)) << 3));
  }

  /** Of the paths on which the entity has token t, wherever it ends; before `read`. */
  private probabilityInside(t: i32, i: i32, taken: f64): f64 {
    const lattice = this.lattice;
    const r = lattice.startOf(t) + i;
    const w = lattice.row(lattice.w, r);
    for (let y = 0; y < lattice.K; y++) put(this.terms, y, get(this.before, y) + float(w, y));
    const at = (<usize>r) << 3;
    return Math.exp(this.sum() + load<f64>(lattice.takenBack + at) - taken - load<f64>(lattice.z + at));
  }

  /** Of the entity, all of whose tokens were read and which took that much out of α, ending before token `to`. */
  private probabilityOfEnd(i: i32, to: i32, taken: f64): f64 {
    const lattice = this.lattice;
    const goesOn = i < lattice.count(to);
    const r = lattice.startOf(goesOn ? to : to - 1) + i;
    const all = taken + (goesOn ? this.takenAt(to, i) : 0) + load<f64>(lattice.z + ((<usize>r) << 3));
    return Math.exp((goesOn ? this.left(r) : this.ended()) - all);
  }

  /** log Σ exp(α(from−1)[y′] + A[y′,y]) over the pairs at which an entity of the type begins; at the start the start's score */
  private entered(t: i32, i: i32, y: i32): f64 {
    const lattice = this.lattice;
    if (t === 0) return this.has(lattice.K, y, STARTS) ? float(lattice.start, y) : -Infinity;
    const alpha = lattice.row(lattice.alpha, lattice.startOf(t - 1) + i);
    const A = lattice.row(lattice.At, y);
    for (let k = 0; k < lattice.K; k++) {
      put(this.terms, k, this.has(k, y, STARTS) ? float(alpha, k) + float(A, k) : -Infinity);
    }
    return this.sum();
  }

  /** log Σ exp(v(t−1)[y′] + A[y′,y]) over the pairs at which nothing begins or ends */
  private carriedOn(y: i32): f64 {
    const lattice = this.lattice;
    const A = lattice.row(lattice.At, y);
    for (let k = 0; k < lattice.K; k++) {
      put(this.terms, k, this.has(k, y, STARTS | ENDS) ? -Infinity : get(this.before, k) + float(A, k));
    }
    return this.sum();
  }

  /** log Σ exp(v(to−1)[y] + A[y,y′] + o(to)[y′] + β(to)[y′]) over the pairs at which an entity ends; r is the row of `to` */
  private left(r: i32): f64 {
    const lattice = this.lattice;
    const w = lattice.row(lattice.w, r);
    for (let y = 0; y < lattice.K; y++) {
      if (get(this.before, y) === -Infinity) {
        put(this.here, y, -Infinity);
        continue;
      }
      const A = lattice.row(lattice.A, y);
      for (let k = 0; k < lattice.K; k++) {
        put(this.terms, k, this.has(y, k, ENDS) ? float(A, k) + float(w, k) : -Infinity);
      }
      put(this.here, y, get(this.before, y) + this.sum());
    }
    return logSum(this.here, lattice.K) + load<f64>(lattice.takenBack + ((<usize>r) << 3));
  }

  /** log Σ exp(v(T)[y] + end[y]) */
  private ended(): f64 {
    const lattice = this.lattice;
    for (let y = 0; y < lattice.K; y++) {
      const fits = this.has(y, lattice.K, ENDS);
      put(this.here, y, fits ? get(this.before, y) + float(lattice.end, y) : -Infinity);
    }
    return logSum(this.here, lattice.K);
  }

  private has(before: i32, after: i32, bits: i32): bool {
    const at = (<usize>before * (this.lattice.K + 1) + after) << 2;
    return (load<i32>(this.pairs + at) & bits) !== 0;
  }

  private sum(): f64 {
    return logSum(this.terms, this.lattice.K);
  }
}

/** log Σ exp(x) */
function logSum(x: usize, n: i32): f64 {
  let largest: f64 = -Infinity;
  for (let k = 0; k < n; k++) largest = max(largest, get(x, k));
  if (largest === -Infinity) return largest;
  let sum: f64 = 0;
  for (let k = 0; k < n; k++) if (get(x, k) !== -Infinity) sum += Math.exp(get(x, k) - largest);
  return largest + Math.log(sum);
}

function get(x: usize, k: i32): f64 {
  return load<f64>(x + ((<usize>k) << 3));
}

function put(x: usize, k: i32, value: f64): void {
  store<f64>(x + ((<usize>k) << 3), value);
}

function float(x: usize, k: i32): f64 {
  return <f64>load<f32>(x + ((<usize>k) << 2));
}
