import { describe, expect, it } from '@jest/globals';
import type { Kernels, TagPairs } from '../../src/kernels/kernels.js';
import { entitiesOf, SCHEMES, type Scheme, tagPair, tagSet, typeOf } from '../../src/text/tags.js';
import { allPaths, type ChainCase, chainCase, loadChain, logSumExp, sentencesOf } from '../support/chain.js';
import { IMPLEMENTATIONS, intsOf, read } from '../support/kernels.js';

const TYPES = ['PER', 'LOC'];

/** A chain over the tags of a scheme, in which what is not legal is forbidden. */
function legalCase(
  tags: readonly string[],
  scheme: Scheme,
  lengths: number[],
  seed: number,
  scale?: number,
): ChainCase {
  const K = tags.length;
  const chain = chainCase(K, lengths, seed, scale);
  const legal = (x: number, before?: string, after?: string): number =>
    tagPair(before, after, scheme).legal ? x : Number.NEGATIVE_INFINITY;
  return {
    ...chain,
    transitions: chain.transitions.map((x, i) => legal(x, tags[Math.floor(i / K)], tags[i % K])),
    start: chain.start.map((x, y) => legal(x, undefined, tags[y])),
    end: chain.end.map((x, y) => legal(x, tags[y], undefined)),
  };
}

function tagPairsOf(kernels: Kernels, tags: readonly string[], scheme: Scheme): TagPairs {
  const all = [...tags, undefined];
  const bits = all.flatMap((before) =>
    all.map((after) => {
      const { starts, ends } = tagPair(before, after, scheme);
      return (starts ? 1 : 0) + (ends ? 2 : 0);
    }),
  );
  const types = tags.map((tag) => TYPES.indexOf(typeOf(tag) ?? ''));
  return { pairs: intsOf(kernels, bits), types: intsOf(kernels, types) };
}

/** Every span and type of sentences of the given lengths: [sentence, start, end, type]. */
function everySpan(lengths: readonly number[]): number[][] {
  return lengths.flatMap((length, i) =>
    Array.from({ length }, (_, start) =>
      Array.from({ length: length - start }, (__, n) => TYPES.map((___, type) => [i, start, start + n + 1, type])),
    ).flat(2),
  );
}

describe.each(IMPLEMENTATIONS)('probabilities of entities with $name', ({ create, tolerance }) => {
  it.each(SCHEMES.flatMap((scheme) => [2, 60].map((scale) => ({ scheme, scale }))))(
    'equal the share of all $scheme paths that have them, with scores of ±$scale',
    ({ scheme, scale }) => {
      const lengths = [4, 3, 1];
      const tags = tagSet(TYPES, scheme);
      const chain = legalCase(tags, scheme, lengths, 3, scale);
      const kernels = create();
      const { packing, chain: loaded, scores } = loadChain(kernels, chain);
      const spans = everySpan(lengths);
      const probabilities = kernels.floats(spans.length);
      const tagPairs = tagPairsOf(kernels, tags, scheme);
      kernels.crfSpans(packing, loaded, scores, tagPairs, intsOf(kernels, spans.flat()), probabilities);
      const expected = sharesOfPaths(chain, tags, sentencesOf(kernels, packing, lengths));
      const found = read(kernels, probabilities);
      spans.forEach((span, s) => {
        expect(Math.abs(found[s] - (expected.get(span.join()) ?? 0))).toBeLessThan(tolerance * scale);
      });
      expect(Math.max(...found)).toBeGreaterThan(0.05);
    },
  );

  it.each(SCHEMES.flatMap((scheme) => [2, 60].map((scale) => ({ scheme, scale }))))(
    'that are likely are all of $scheme that have such a share, with scores of ±$scale',
    ({ scheme, scale }) => {
      const lengths = [5, 4, 2, 1, 1];
      const tags = tagSet(TYPES, scheme);
      for (const [seed, least] of [0.04, 0.15, 0.5, 0.9].entries()) {
        const chain = legalCase(tags, scheme, lengths, seed, scale);
        const kernels = create();
        const { packing, chain: loaded, scores } = loadChain(kernels, chain);
        const tagPairs = tagPairsOf(kernels, tags, scheme);
        const room = Math.ceil(packing.rows / least);
        const [spans, probabilities] = [kernels.ints(4 * room), kernels.floats(room)];
        const count = kernels.crfLikelySpans(packing, loaded, scores, tagPairs, least, spans, probabilities);
        const list = Array.from(kernels.viewInts(spans).subarray(0, 4 * count));
        const found = list.flatMap((_, n) => (n % 4 === 0 ? [list.slice(n, n + 4).join()] : []));
        const expected = sharesOfPaths(chain, tags, sentencesOf(kernels, packing, lengths));
        const near = tolerance * scale;
        const surely = everySpan(lengths).filter((span) => (expected.get(span.join()) ?? 0) > least + near);
        expect(found).toEqual(expect.arrayContaining(surely.map((span) => span.join())));
        expect(found).toEqual([...found].sort(inOrder));
        found.forEach((span, n) => {
          const p = kernels.view(probabilities)[n];
          expect(p).toBeGreaterThanOrEqual(least);
          expect(Math.abs(p - (expected.get(span) ?? 0))).toBeLessThan(near);
        });
        const few = kernels.floats(Math.floor(count / 2));
        expect(kernels.crfLikelySpans(packing, loaded, scores, tagPairs, least, spans, few)).toBe(few.length);
      }
    },
  );
});

/** By sentence, first token, type and end. */
function inOrder(a: string, b: string): number {
  const [x, y] = [a, b].map((span) => span.split(',').map(Number));
  return x[0] - y[0] || x[1] - y[1] || x[3] - y[3] || x[2] - y[2];
}

/** Of every entity on any path of some sentences the share of the paths that have it. */
function sharesOfPaths(
  chain: ChainCase,
  tags: readonly string[],
  sentences: readonly (readonly number[])[],
): Map<string, number> {
  const shares = new Map<string, number>();
  sentences.forEach((rows, i) => {
    const paths = allPaths(chain, rows).filter(({ score }) => score > Number.NEGATIVE_INFINITY);
    const logZ = logSumExp(paths.map(({ score }) => score));
    for (const path of paths) {
      for (const { start, end, type } of entitiesOf(path.tags.map((y) => tags[y]))) {
        const key = [i, start, end, TYPES.indexOf(type)].join();
        shares.set(key, (shares.get(key) ?? 0) + Math.exp(path.score - logZ));
      }
    }
  });
  return shares;
}
