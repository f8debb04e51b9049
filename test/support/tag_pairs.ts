import fc from 'fast-check';
import type { ComparedSentence } from '../../src/evaluate/outcome.js';

const TAGS = ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC-x.y', 'I-LOC-x.y'];

/** Sentences with any gold and predicted IOB tags, most sequences malformed, and few different tokens. */
export const sentencesOfAnyTags: fc.Arbitrary<ComparedSentence[]> = fc.array(
  fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'A'), fc.constantFrom(...TAGS), fc.constantFrom(...TAGS)), {
      maxLength: 8,
    })
    .map((rows) => ({
      source: 'any.txt',
      tokens: rows.map(([token]) => token),
      gold: rows.map(([, tag]) => tag),
      predicted: rows.map(([, , tag]) => tag),
      lines: rows.map((_, t) => t + 1),
    })),
  { maxLength: 6 },
);
