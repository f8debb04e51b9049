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
  const held = changetype<Held>(scratch + latticeBytes(lattice.R, K));
  held.begin(lattice, pairs, types);
  for (let s = 0; s < S; s++) {
    const span = spans + ((<usize>s) << 4);
    const p = held.probability(load<i32>(span), load<i32>(span, 4), load<i32>(span, 8), load<i32>(span, 12));
    store<f32>(probabilities + ((<usize>s) << 2), <f32>p);
  }
}

/** Bytes of scratch for R rows and K tags. */
export function spansScratch(R: i32, K: i32): usize {
  return latticeBytes(R, K) + 64 + 24 * <usize>K;
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

  begin(lattice: Lattice, pairs: usize, types: usize): void {
    const bytes = (<usize>lattice.K) << 3;
    this.lattice = lattice;
    this.pairs = pairs;
    this.types = types;
    this.before = changetype<usize>(this) + 64;
    this.here = this.before + bytes;
    this.terms = this.here + bytes;
  }

  /** Of the entity of a type on tokens [from, to) of the i-th longest sentence. */
  probability(i: i32, from: i32, to: i32, type: i32): f64 {
    const lattice = this.lattice;
    let taken: f64 = 0;
    for (let t = from; t < to; t++) {
      const r = lattice.startOf(t) + i;
      for (let y = 0; y < lattice.K; y++) {
        const way = t > from ? this.carriedOn(y) : this.entered(t, i, y, type);
        put(this.here, y, way + float(lattice.row(lattice.o, r), y));
      }
      const written = this.here;
      this.here = this.before;
      this.before = written;
      taken += load<f64>(lattice.taken + ((<usize>r) << 3));
    }
    const goesOn = i < lattice.count(to);
    const r = lattice.startOf(goesOn ? to : to - 1) + i;
    if (goesOn) taken += load<f64>(lattice.taken + ((<usize>r) << 3));
    const all = taken + load<f64>(lattice.z + ((<usize>r) << 3));
    return Math.exp((goesOn ? this.left(r) : this.ended()) - all);
  }

  /** log Σ exp(α(from−1)[y′] + A[y′,y]) over the pairs at which an entity of the type begins; at the start the start's score */
  private entered(t: i32, i: i32, y: i32, type: i32): f64 {
    const lattice = this.lattice;
    if (load<i32>(this.types + ((<usize>y) << 2)) !== type) return -Infinity;
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
  for (let k = 0; k < n; k++) sum += Math.exp(get(x, k) - largest);
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
