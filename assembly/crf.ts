/** The linear-chain CRF (Lafferty, McCallum & Pereira 2001): its loss and the probabilities of tags. */

import { Lattice } from './crf_lattice';

export { crfScratch } from './crf_lattice';

/**
 * L = Σ log Z − log Z(gold) over sentences; scores [R,K] become dL/do, dA [K,K], dStart and dEnd [K] accumulate. Z(gold) is over the
 * paths that keep to gold [R], where a negative tag leaves the choice.
 */
export function crfLoss(
  starts: usize,
  T: i32,
  K: i32,
  A: usize,
  start: usize,
  end: usize,
  scores: usize,
  gold: usize,
  dA: usize,
  dStart: usize,
  dEnd: usize,
  scratch: usize,
): f64 {
  const lattice = changetype<Lattice>(scratch);
  lattice.begin(starts, T, K, A, start, end, scores);
  memory.fill(scores, 0, (<usize>lattice.R * K) << 2);
  let loss = lattice.forward();
  loss += lattice.backward(1, scores, dA, dStart, dEnd);
  if (!isComplete(gold, lattice.R)) {
    forbidOthers(lattice, gold);
    loss -= lattice.forward();
    return loss - lattice.backward(-1, scores, dA, dStart, dEnd);
  }
  return loss - takeGold(lattice, gold, scores, dA, dStart, dEnd);
}

/** Scores [R,K] become the probabilities of the tags; returns Σ log Z. */
export function crfMarginals(
  starts: usize,
  T: i32,
  K: i32,
  A: usize,
  start: usize,
  end: usize,
  scores: usize,
  scratch: usize,
): f64 {
  const lattice = changetype<Lattice>(scratch);
  lattice.begin(starts, T, K, A, start, end, scores);
  memory.fill(scores, 0, (<usize>lattice.R * K) << 2);
  const taken = lattice.forward();
  return taken + lattice.backward(1, scores, 0, 0, 0);
}

function isComplete(gold: usize, R: i32): bool {
  for (let r = 0; r < R; r++) if (tagAt(gold, r) < 0) return false;
  return true;
}

/** −∞ for every tag that is not the gold one, in the rows that have one. */
function forbidOthers(lattice: Lattice, gold: usize): void {
  for (let r = 0; r < lattice.R; r++) {
    const tag = tagAt(gold, r);
    if (tag < 0) continue;
    const o = lattice.row(lattice.o, r);
    for (let y = 0; y < lattice.K; y++) if (y !== tag) store<f32>(o + ((<usize>y) << 2), <f32>-Infinity);
  }
}

/** Returns the scores of the gold paths, whose uses are taken from the gradients. */
function takeGold(lattice: Lattice, gold: usize, dScores: usize, dA: usize, dStart: usize, dEnd: usize): f64 {
  const K = lattice.K;
  let score: f64 = 0;
  for (let t = 0; t < lattice.T; t++) {
    const first = lattice.startOf(t);
    const going = lattice.count(t + 1);
    for (let i = 0; i < lattice.count(t); i++) {
      const tag = tagAt(gold, first + i);
      score += use(lattice.row(lattice.o, first + i), tag, dScores + ((<usize>(first + i) * K) << 2));
      if (t === 0) score += use(lattice.start, tag, dStart);
      if (i >= going) {
        score += use(lattice.end, tag, dEnd);
      } else {
        const next = tagAt(gold, lattice.startOf(t + 1) + i);
        score += use(lattice.row(lattice.A, tag), next, dA + ((<usize>tag * K) << 2));
      }
    }
  }
  return score;
}

/** The score of a tag in a row; its gradient is one less. */
function use(scores: usize, tag: i32, gradients: usize): f64 {
  const at = (<usize>tag) << 2;
  store<f32>(gradients + at, load<f32>(gradients + at) - 1);
  return <f64>load<f32>(scores + at);
}

function tagAt(tags: usize, r: i32): i32 {
  return load<i32>(tags + ((<usize>r) << 2));
}
