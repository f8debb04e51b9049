import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { illegalTags } from '../../src/text/illegal_tags.js';
import { SCHEMES, tagsOf } from '../../src/text/tags.js';
import { sentenceOfEntities } from '../support/sentences_of_entities.js';

describe('illegalTags', () => {
  it('has nothing to say of what a scheme itself writes', () => {
    fc.assert(
      fc.property(sentenceOfEntities, fc.constantFrom(...SCHEMES), ({ entities, length }, scheme) => {
        const lines = Array.from({ length }, (_, t) => t + 1);
        expect(illegalTags(tagsOf(entities, length, scheme), lines, scheme)).toEqual([]);
      }),
    );
  });

  it('names the line, the tag before and the reading', () => {
    expect(illegalTags(['O', 'I-PER', 'I-LOC'], [7, 8, 9], 'IOB2')).toEqual([
      { kind: 'illegal-tag', line: 8, message: 'I-PER after O, read as B-PER (IOB2)' },
      { kind: 'illegal-tag', line: 9, message: 'I-LOC after I-PER, read as B-LOC (IOB2)' },
    ]);
    expect(illegalTags(['I-PER'], [3], 'IOB2')[0].message).toBe(
      'I-PER at the start of a sentence, read as B-PER (IOB2)',
    );
  });

  it('takes BILOU for BIOES', () => {
    expect(illegalTags(['B-PER', 'L-PER', 'U-LOC'], [1, 2, 3], 'BIOES')).toEqual([]);
  });

  it('reports an entity that BIOES leaves open', () => {
    expect(illegalTags(['B-PER', 'I-PER', 'O'], [1, 2, 3], 'BIOES').map(({ line }) => line)).toEqual([2]);
  });
});
