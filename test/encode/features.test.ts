import { describe, expect, it } from '@jest/globals';
import type { FeatureKind } from '../../src/encode/features/kind.js';
import { featureKinds } from '../../src/encode/features.js';
import { UsageError } from '../../src/errors.js';
import { errorOf } from '../support/error_of.js';

const kindsOf = (features: string): FeatureKind[] => featureKinds({ features, lowercase: false });
const namesOf = (features: string): string[] => kindsOf(features).map(({ name }) => name);

describe('the list of features', () => {
  it('gives the kinds in its order, each named with its parameter', () => {
    expect(namesOf('suffix:2-3,word,prefix,shape,trigrams,lower')).toEqual([
      'suffix:2-3',
      'word',
      'prefix:1-4',
      'shape',
      'trigrams',
      'lower',
    ]);
    expect(namesOf('conjunctions')).toEqual(['conjunctions']);
    expect(namesOf('conjunctions:both')).toEqual(['conjunctions:both']);
  });

  it('takes one length for a range of that length', () => {
    expect(namesOf('prefix:3')).toEqual(['prefix:3-3']);
  });

  it('refuses an unknown kind and names those there are', () => {
    const error = errorOf(() => kindsOf('word,constructor'));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('unknown feature "constructor"');
    expect(error.hint).toMatch(/^known features: word, lower, prefix:1-4, /);
  });

  it('has no blanks in it, since the setting is stored as it is given', () => {
    expect(errorOf(() => kindsOf(' word')).message).toBe('unknown feature " word"');
    expect(errorOf(() => kindsOf('')).message).toBe('unknown feature ""');
  });

  it.each(['word,word', 'prefix,prefix:1-4'])('refuses a kind that %s names twice', (features) => {
    const error = errorOf(() => kindsOf(features));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^feature "(word|prefix:1-4)" is named twice$/);
  });

  it.each([
    ['word:1', 'word'],
    ['prefix:0-4', 'prefix:1-4'],
    ['prefix:4-1', 'prefix:1-4'],
    ['prefix:1-17', 'prefix:1-4'],
    ['suffix:', 'suffix:1-4'],
    ['suffix:a', 'suffix:1-4'],
    ['conjunctions:deep', 'conjunctions[:wide|:both]'],
  ])('refuses %s and says how it is written', (feature, usage) => {
    const error = errorOf(() => kindsOf(feature));
    expect(error).toBeInstanceOf(UsageError);
    expect([error.message, error.hint]).toEqual([`feature "${feature}" is not written so`, `it is ${usage}`]);
  });
});
