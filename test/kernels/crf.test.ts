import { describe, expect, it } from '@jest/globals';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { allPaths, type ChainCase, chainCase, loadChain, logSumExp, type Path, sentencesOf } from '../support/chain.js';
import { farthest, floatsOf, IMPLEMENTATIONS, intsOf, read } from '../support/kernels.js';

const FORBIDDEN = Number.NEGATIVE_INFINITY;

/** K tags in sentences short enough to list every path of. */
const CASES: readonly { K: number; lengths: number[] }[] = [
  { K: 1, lengths: [4, 1] },
  { K: 2, lengths: [6, 3, 3, 1] },
  { K: 3, lengths: [5, 4, 1, 1] },
  { K: 4, lengths: [4, 2] },
  { K: 5, lengths: [3, 3, 2, 1] },
  { K: 17, lengths: [2, 1] },
  { K: 101, lengths: [2, 2, 1] },
];

/** Loss and gradients summed over every path, held to those that keep to the gold tags where these are not negative. */
function enumerated(chain: ChainCase, sentences: readonly (readonly number[])[]) {
  const { K, gold } = chain;
  let loss = 0;
  const dScores = chain.scores.map(() => 0);
  const [dA, dStart, dEnd] = [chain.transitions, chain.start, chain.end].map((list) => list.map(() => 0));
  for (const rows of sentences) {
    const paths = allPaths(chain, rows);
    const keeps = ({ tags }: Path): boolean => rows.every((row, t) => gold[row] < 0 || gold[row] === tags[t]);
    for (const [sign, list] of [
      [1, paths],
      [-1, paths.filter(keeps)],
    ] as const) {
      const logZ = logSumExp(list.map(({ score }) => score));
      loss += sign * logZ;
      for (const { tags, score } of list) {
        const p = sign * Math.exp(score - logZ);
        dStart[tags[0]] += p;
        dEnd[tags[tags.length - 1]] += p;
        tags.forEach((y, t) => {
          dScores[rows[t] * K + y] += p;
          if (t > 0) dA[tags[t - 1] * K + y] += p;
        });
      }
    }
  }
  return { loss, lists: [dScores, dA, dStart, dEnd] };
}

describe.each(IMPLEMENTATIONS)('the CRF with $name', ({ create, tolerance }) => {
  function lossOf(chain: ChainCase) {
    const kernels = create();
    const { packing, chain: loaded, dChain, scores } = loadChain(kernels, chain);
    const loss = kernels.crfLoss(packing, loaded, scores, intsOf(kernels, chain.gold), dChain);
    const buffers = [scores, dChain.transitions, dChain.start, dChain.end];
    const sentences = sentencesOf(kernels, packing, chain.lengths);
    return { loss, lists: buffers.map((buffer) => read(kernels, buffer)), sentences };
  }

  it.each(CASES)('loss and gradients equal the sums over all paths: $K tags, lengths $lengths', ({ K, lengths }) => {
    const chain = chainCase(K, lengths, 7);
    const { loss, lists, sentences } = lossOf(chain);
    const expected = enumerated(chain, sentences);
    expect(Math.abs(loss - expected.loss)).toBeLessThan(tolerance);
    lists.forEach((list, i) => {
      expect(farthest(list, expected.lists[i])).toBeLessThan(tolerance);
    });
  });

  it.each(CASES)('a row without gold may have any tag: $K tags, lengths $lengths', ({ K, lengths }) => {
    const whole = chainCase(K, lengths, 8);
    const chain = { ...whole, gold: whole.gold.map((tag, r) => (r % 3 === 0 ? tag : -1)) };
    const { loss, lists, sentences } = lossOf(chain);
    const expected = enumerated(chain, sentences);
    expect(Math.abs(loss - expected.loss)).toBeLessThan(tolerance);
    lists.forEach((list, i) => {
      expect(farthest(list, expected.lists[i])).toBeLessThan(tolerance);
    });
  });

  it.each(CASES)('marginals and log Z equal the sums over all paths: $K tags, lengths $lengths', ({ K, lengths }) => {
    const chain = chainCase(K, lengths, 9);
    const kernels = create();
    const { packing, chain: loaded, scores } = loadChain(kernels, chain);
    const logZ = kernels.crfMarginals(packing, loaded, scores);
    const sentences = sentencesOf(kernels, packing, lengths);
    const open = { ...chain, gold: chain.gold.map(() => -1) };
    const sums = sentences.map((rows) => logSumExp(allPaths(open, rows).map(({ score }) => score)));
    expect(Math.abs(logZ - sums.reduce((a, b) => a + b))).toBeLessThan(tolerance);
    const expected = chain.scores.map(() => 0);
    sentences.forEach((rows, s) => {
      for (const { tags, score } of allPaths(chain, rows)) {
        tags.forEach((y, t) => {
          expected[rows[t] * K + y] += Math.exp(score - sums[s]);
        });
      }
    });
    expect(farthest(read(kernels, scores), expected)).toBeLessThan(tolerance);
  });

  it.each(CASES)('the best path is the best of all: $K tags, lengths $lengths', ({ K, lengths }) => {
    for (let seed = 0; seed < 10; seed++) {
      const chain = chainCase(K, lengths, seed);
      const kernels = create();
      const { packing, chain: loaded, scores } = loadChain(kernels, chain);
      const best = kernels.ints(packing.rows);
      kernels.crfDecode(packing, loaded, scores, best);
      const found = [...kernels.viewInts(best)];
      for (const rows of sentencesOf(kernels, packing, lengths)) {
        const paths = allPaths(chain, rows);
        const winner = paths.reduce((a, b) => (b.score > a.score ? b : a));
        expect(rows.map((row) => found[row])).toEqual(winner.tags);
      }
      expect(read(kernels, scores)).toEqual(read(kernels, floatsOf(kernels, chain.scores)));
    }
  });

  it('gradients accumulate', () => {
    const chain = chainCase(3, [4, 2], 5);
    const kernels = create();
    const { packing, chain: loaded, dChain, scores } = loadChain(kernels, chain);
    const gold = intsOf(kernels, chain.gold);
    kernels.crfLoss(packing, loaded, scores, gold, dChain);
    const once = read(kernels, dChain.transitions);
    kernels.view(scores).set(chain.scores);
    kernels.crfLoss(packing, loaded, scores, gold, dChain);
    expect(
      farthest(
        read(kernels, dChain.transitions),
        once.map((x) => 2 * x),
      ),
    ).toBeLessThan(tolerance);
  });

  it('what is forbidden is never used: not by the loss, the marginals or the best path', () => {
    const plain = chainCase(5, [4, 3, 2], 3);
    const { transitions, start, end } = plain;
    const chain = {
      ...plain,
      transitions: transitions.map((x, i) => (i % 5 === 2 && i !== 12 ? FORBIDDEN : x)),
      start: start.map((x, y) => (y === 3 ? FORBIDDEN : x)),
      end: end.map((x, y) => (y < 2 ? FORBIDDEN : x)),
      // tag 2 would be the likeliest everywhere
      scores: plain.scores.map((x, i) => (i % 5 === 2 ? x + 3 : x)),
      gold: [0, 2, 4, 1, 2, 4, 0, 4, 4],
    };
    const { loss, lists, sentences } = lossOf(chain);
    const expected = enumerated(chain, sentences);
    expect(Math.abs(loss - expected.loss)).toBeLessThan(tolerance);
    lists.forEach((list, i) => {
      expect(farthest(list, expected.lists[i])).toBeLessThan(tolerance);
    });
    const [, dA, dStart, dEnd] = lists;
    expect(dA.filter((_, i) => chain.transitions[i] === FORBIDDEN)).toEqual([0, 0, 0, 0]);
    expect([dStart[3], dEnd[0], dEnd[1]]).toEqual([0, 0, 0]);
    const kernels = create();
    const loaded = loadChain(kernels, chain);
    const best = kernels.ints(loaded.packing.rows);
    kernels.crfDecode(loaded.packing, loaded.chain, loaded.scores, best);
    for (const rows of sentences) {
      const winner = allPaths(chain, rows).reduce((a, b) => (b.score > a.score ? b : a));
      expect(rows.map((row) => kernels.viewInts(best)[row])).toEqual(winner.tags);
    }
  });

  it('with no transitions to prefer it is a softmax, over sentences of 10,000 tokens too', () => {
    const K = 3;
    const chain = chainCase(K, [10_000, 1], 2);
    const flat = { ...chain, transitions: new Array(9).fill(0), start: [0, 0, 0], end: [0, 0, 0] };
    const { loss, lists } = lossOf(flat);
    const kernels = create();
    const scores = floatsOf(kernels, flat.scores);
    kernels.softmax(scores, 10_001, K);
    const expected = kernels.crossEntropy(scores, intsOf(kernels, flat.gold), 10_001, K);
    expect(Math.abs(loss - expected) / expected).toBeLessThan(1e-6);
    expect(farthest(lists[0], read(kernels, scores))).toBeLessThan(100 * tolerance);
  });

  it('no probability is lost in a sentence of 10,000 tokens', () => {
    const K = 4;
    const kernels = create();
    const { packing, chain, dChain, scores } = loadChain(kernels, chainCase(K, [10_000], 6));
    const gold = kernels.ints(10_000);
    kernels.viewInts(gold).fill(-1);
    expect(Math.abs(kernels.crfLoss(packing, chain, scores, gold, dChain))).toBeLessThan(1e-6);
    const once = loadChain(kernels, chainCase(K, [10_000], 6));
    kernels.crfMarginals(once.packing, once.chain, once.scores);
    const marginals = read(kernels, once.scores);
    const sums = Array.from({ length: 10_000 }, (_, r) => marginals.slice(r * K, r * K + K).reduce((a, b) => a + b));
    expect(farthest(sums, new Array(10_000).fill(1))).toBeLessThan(1e-5);
  });

  it.each([1e2, 1e4])('scores of ±%d give what exact arithmetic gives', (scale) => {
    for (let seed = 0; seed < 20; seed++) {
      const chain = chainCase(4, [4, 3, 1], seed, scale);
      const { loss, lists, sentences } = lossOf(chain);
      const expected = enumerated(chain, sentences);
      expect(Math.abs(loss - expected.loss) / scale).toBeLessThan(10 * tolerance);
      lists.forEach((list, i) => {
        // one float32 of the size of the scores is as far from the next as probabilities may be off
        expect(farthest(list, expected.lists[i])).toBeLessThan(Math.max(tolerance, tolerance * scale));
      });
    }
  });

  it('a path that is e^−200 times as likely as others at first, and the only one at last, is found', () => {
    // tag 1 costs 200 at the start, and nothing else can be followed by the last token's tag
    const chain: ChainCase = {
      K: 3,
      lengths: [3],
      transitions: [0, FORBIDDEN, FORBIDDEN, FORBIDDEN, 0, 0, FORBIDDEN, FORBIDDEN, 0],
      start: [0, -200, FORBIDDEN],
      end: [FORBIDDEN, FORBIDDEN, 0],
      scores: [0, 0, 0, 0, 1, 0, 0, 0, 0],
      gold: [1, 2, 2],
    };
    const { loss, lists, sentences } = lossOf(chain);
    const expected = enumerated(chain, sentences);
    expect(Math.abs(loss - expected.loss)).toBeLessThan(tolerance * 10);
    lists.forEach((list, i) => {
      expect(farthest(list, expected.lists[i])).toBeLessThan(tolerance);
    });
  });

  it('scores that are no numbers make the loss none', () => {
    const chain = chainCase(3, [3, 2], 1);
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { loss } = lossOf({ ...chain, scores: chain.scores.map((score, i) => (i === 7 ? x : score)) });
      expect(Number.isFinite(loss)).toBe(false);
    }
  });

  it('a batch of no sentence has no loss', () => {
    const chain = chainCase(3, [], 1);
    expect(lossOf(chain).loss).toBe(0);
  });
});

it('the gradients are the slopes of the loss', () => {
  const kernels = new ReferenceKernels('float64');
  const chain = chainCase(4, [5, 3, 1], 4);
  const { packing, chain: loaded, dChain, scores } = loadChain(kernels, chain);
  const gold = intsOf(
    kernels,
    chain.gold.map((tag, r) => (r === 4 ? -1 : tag)),
  );
  const loss = (): number => {
    const mark = kernels.mark();
    const copy = floatsOf(kernels, read(kernels, scores));
    const value = kernels.crfLoss(packing, loaded, copy, gold, dChain);
    kernels.release(mark);
    return value;
  };
  const unused = loadChain(kernels, chain);
  kernels.crfLoss(packing, loaded, unused.scores, gold, unused.dChain);
  const pairs = [
    [scores, unused.scores],
    [loaded.transitions, unused.dChain.transitions],
    [loaded.start, unused.dChain.start],
    [loaded.end, unused.dChain.end],
  ];
  const h = 1e-3;
  for (const [weights, gradients] of pairs) {
    for (let i = 0; i < weights.length; i++) {
      const weight = kernels.view(weights)[i];
      const at = (offset: number): number => {
        kernels.view(weights)[i] = weight + offset;
        return loss();
      };
      const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      at(0);
      expect(Math.abs(slope - kernels.view(gradients)[i])).toBeLessThan(1e-9);
    }
  }
});
