import { describe, expect, it } from '@jest/globals';
import { bucketed, conllShaped, tokensOf } from '../../bench/sentences.js';

describe('sentences shaped like those of CoNLL-2003', () => {
  const sentences = conllShaped(2000, 23_000, 9, 1);

  it('have 14.5 tokens on average and come out the same for the same seed', () => {
    expect(tokensOf([sentences]) / sentences.length).toBeCloseTo(14.5, 0);
    expect(conllShaped(2000, 23_000, 9, 1)).toEqual(sentences);
  });

  it('have the words and tags that were asked for, every sixth token or so in an entity', () => {
    const ids = sentences.flatMap(({ encoded }) => [...encoded.ids]);
    const gold = sentences.flatMap((sentence) => [...sentence.gold]);
    expect(gold.every((tag) => tag >= 0 && tag < 9)).toBe(true);
    expect(ids.every((id) => id >= 0 && id < 23_000)).toBe(true);
    const share = gold.filter((tag) => tag > 0).length / gold.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.25);
  });

  it('fall into batches of like lengths without loss', () => {
    const batches = bucketed(sentences, 32, 2);
    expect(batches.flat()).toHaveLength(2000);
    expect(new Set(batches.flat()).size).toBe(2000);
    const steps = batches.map((batch) => Math.max(...batch.map(({ encoded }) => encoded.length)));
    const cells = batches.reduce((sum, batch, i) => sum + batch.length * steps[i], 0);
    expect(tokensOf(batches) / cells).toBeGreaterThan(0.75);
  });
});
