import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accuracy, corporaOf, median, NETWORKS, trained, untrained } from '../../bench/long-range/experiment.js';
import { longRangeSentences, PARTS, toColumns } from '../../bench/long-range/sentences.js';
import { readColumns } from '../../src/text/columns.js';
import { entitiesOf } from '../../src/text/tags.js';

const TRIGGERS = new Map([
  ['Interviewing', 'PER'],
  ['Congratulating', 'PER'],
  ['Visiting', 'LOC'],
  ['Leaving', 'LOC'],
]);

describe('the sentences', () => {
  it('have their trigger exactly 40 tokens before their only entity, the last word', () => {
    for (const { tokens, entities } of longRangeSentences(500, 40, 7, 'train')) {
      expect(tokens).toHaveLength(41);
      expect(tokens.findIndex((token) => TRIGGERS.has(token))).toBe(0);
      expect(tokens.findLastIndex((token) => TRIGGERS.has(token))).toBe(0);
      expect(entities).toEqual([{ start: 40, end: 41, type: TRIGGERS.get(tokens[0]) }]);
    }
  });

  it('are as long as any other distance asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), (distance, seed) => {
        for (const { tokens, entities } of longRangeSentences(4, distance, seed, 'dev')) {
          expect(tokens).toHaveLength(distance + 1);
          expect(entities).toEqual([{ start: distance, end: distance + 1, type: TRIGGERS.get(tokens[0]) }]);
        }
      }),
    );
  });

  it('are of each type half of the time in every part', () => {
    for (const part of PARTS) {
      const persons = longRangeSentences(400, 40, 3, part).filter(({ entities }) => entities[0].type === 'PER');
      expect(persons).toHaveLength(200);
    }
  });

  it('are drawn by the seed: the same again, others for another seed, part or distance', () => {
    const text = (...draw: Parameters<typeof longRangeSentences>): string => toColumns(longRangeSentences(...draw));
    expect(text(50, 40, 1, 'train')).toBe(text(50, 40, 1, 'train'));
    const drawn = PARTS.flatMap((part) => [1, 2].map((seed) => text(50, 40, seed, part)));
    expect(new Set(drawn.flatMap((part) => part.split('\n\n'))).size).toBe(50 * drawn.length);
  });

  it('tell the type by no word at any place but the first', () => {
    const counts = new Map<string, { sentences: number; persons: number }>();
    const distance = 6;
    for (const { tokens, entities } of longRangeSentences(60_000, distance, 5, 'train')) {
      tokens.forEach((token, place) => {
        const key = `${place} ${token}`;
        const count = counts.get(key) ?? { sentences: 0, persons: 0 };
        count.sentences++;
        if (entities[0].type === 'PER') count.persons++;
        counts.set(key, count);
      });
    }
    for (const [key, { sentences, persons }] of counts) {
      if (key.startsWith('0 ')) continue;
      // the number of persons among n independent draws is binomial: half of n, with standard deviation √n / 2
      expect([key, Math.abs(persons - sentences / 2) / (Math.sqrt(sentences) / 2) < 5]).toEqual([key, true]);
    }
  });

  it('come back from a column file as they were', () => {
    const examples = longRangeSentences(20, 40, 9, 'test');
    const { sentences } = readColumns(toColumns(examples).split('\n'), 'test.tsv');
    expect(sentences.map(({ tokens, tags }) => ({ tokens, entities: entitiesOf(tags) }))).toEqual(examples);
  });
});

describe('the experiment', () => {
  it('is learnt by every network over a distance of two tokens', async () => {
    const corpora = corporaOf(2, 1);
    const small = {
      train: corpora.train.slice(0, 300),
      dev: corpora.dev.slice(0, 60),
      test: corpora.test.slice(0, 100),
    };
    const swapped = small.test.map(({ tokens, entities: [{ start, end, type }] }) => ({
      tokens,
      entities: [{ start, end, type: type === 'PER' ? 'LOC' : 'PER' }],
    }));
    for (const { name } of NETWORKS) {
      expect(accuracy(untrained(name, small, 1), small.test)).toBeLessThan(0.6);
      const { tagger } = await trained(name, small, 1);
      const share = accuracy(tagger, small.test);
      expect(share).toBeGreaterThan(0.95);
      expect(accuracy(tagger, swapped)).toBeLessThanOrEqual(1 - share);
    }
  });

  it('has a median', () => {
    expect(median([0.9, 0.1, 0.5])).toBe(0.5);
    expect(median([10, 2, 4, 3])).toBe(3.5);
  });
});
