/** The best path of a linear chain (Viterbi 1967). */

import { largestLane, paddedBytes, padRows, padTransposed } from './padded';

/**
 * best [R]: the tags of every sentence's best path over scores [R,K], A [K,K], start and end [K]. Of equally good
 * predecessors the first counts.
 */
export function crfDecode(
  starts: usize,
  T: i32,
  K: i32,
  A: usize,
  start: usize,
  end: usize,
  scores: usize,
  best: usize,
  scratch: usize,
): void {
  const P = paddedBytes(K);
  const R = load<i32>(starts + ((<usize>T) << 2));
  const from = scratch;
  const to = from + <usize>K * P;
  const first = to + <usize>K * P;
  const last = first + P;
  const delta = last + P;
  padRows(from, A, K, K, 0);
  padTransposed(to, A, K, 0);
  padRows(first, start, 1, K, 0);
  padRows(last, end, 1, K, 0);
  padRows(delta, scores, R, K, <f32>-Infinity);
  for (let t = 0; t < T; t++) {
    const row = delta + <usize>startOf(starts, t) * P;
    const before = t > 0 ? delta + <usize>startOf(starts, t - 1) * P : 0;
    for (let i = 0; i < countOf(starts, t, T); i++) {
      const at = <usize>i * P;
      if (t === 0) enter(row + at, first, P);
      else extend(row + at, before + at, from, K);
      lower(row + at, P);
    }
  }
  for (let t = T - 1; t >= 0; t--) {
    const row = startOf(starts, t);
    const going = countOf(starts, t + 1, T);
    for (let i = 0; i < countOf(starts, t, T); i++) {
      const next = best + ((<usize>startOf(starts, t + 1) + i) << 2);
      const added = i < going ? to + <usize>load<i32>(next) * P : last;
      store<i32>(best + ((<usize>row + i) << 2), likeliest(delta + <usize>(row + i) * P, added, K));
    }
  }
}

/** Bytes of scratch for R rows and K tags. */
export function decodeScratch(R: i32, K: i32): f64 {
  return <f64>(<u64>paddedBytes(K) * (2 * <u64>K + 2 + <u64>R));
}

/** δ(1) = o + start */
function enter(delta: usize, start: usize, P: usize): void {
  for (let j: usize = 0; j < P; j += 16) {
    v128.store(delta + j, f32x4.add(v128.load(delta + j), v128.load(start + j)));
  }
}

/** δ(t)[y] = o(t)[y] + max (δ(t−1)[y′] + A[y′,y]) */
function extend(delta: usize, before: usize, A: usize, K: i32): void {
  const P = paddedBytes(K);
  let j: usize = 0;
  for (; j + 32 <= P; j += 32) {
    let from = A + j;
    let most0 = f32x4.splat(<f32>-Infinity);
    let most1 = most0;
    for (let k = 0; k < K; k++) {
      const d = v128.load32_splat(before + ((<usize>k) << 2));
      most0 = f32x4.pmax(most0, f32x4.add(d, v128.load(from)));
      most1 = f32x4.pmax(most1, f32x4.add(d, v128.load(from, 16)));
      from += P;
    }
    v128.store(delta + j, f32x4.add(v128.load(delta + j), most0));
    v128.store(delta + j, f32x4.add(v128.load(delta + j, 16), most1), 16);
  }
  if (j < P) {
    let from = A + j;
    let most = f32x4.splat(<f32>-Infinity);
    for (let k = 0; k < K; k++) {
      most = f32x4.pmax(most, f32x4.add(v128.load32_splat(before + ((<usize>k) << 2)), v128.load(from)));
      from += P;
    }
    v128.store(delta + j, f32x4.add(v128.load(delta + j), most));
  }
}

/** Takes the largest of a row out of it, so that long sentences lose no precision. */
function lower(delta: usize, P: usize): void {
  let most = v128.load(delta);
  for (let j: usize = 16; j < P; j += 16) most = f32x4.pmax(most, v128.load(delta + j));
  const largest = f32x4.splat(largestLane(most));
  for (let j: usize = 0; j < P; j += 16) v128.store(delta + j, f32x4.sub(v128.load(delta + j), largest));
}

/** The first y with the largest δ[y] + added[y]. */
function likeliest(delta: usize, added: usize, K: i32): i32 {
  let tag = 0;
  let most = load<f32>(delta) + load<f32>(added);
  for (let y = 1; y < K; y++) {
    const at = (<usize>y) << 2;
    const score = load<f32>(delta + at) + load<f32>(added + at);
    if (score > most) {
      most = score;
      tag = y;
    }
  }
  return tag;
}

function startOf(starts: usize, t: i32): i32 {
  return load<i32>(starts + ((<usize>t) << 2));
}

function countOf(starts: usize, t: i32, T: i32): i32 {
  return t < T ? startOf(starts, t + 1) - startOf(starts, t) : 0;
}
