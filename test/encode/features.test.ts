import { describe, expect, it } from '@jest/globals';
import { featureKinds } from '../../src/encode/features.js';
import { UsageError } from '../../src/errors.js';
import { errorOf } from '../support/error_of.js';

describe('kinds of features', () => {
  it('the word is the token itself', () => {
    const [word] = featureKinds({ features: 'word', lowercase: false });
    expect([word.name, word.valuesAt(['Ab', 'Cd'], 1)]).toEqual(['word', ['Cd']]);
  });

  it('the word is lower-cased when told', () => {
    const [word] = featureKinds({ features: 'word', lowercase: true });
    expect(word.valuesAt(['ÀB'], 0)).toEqual(['àb']);
  });

  it('an unknown kind is a usage error that names those there are', () => {
    const error = errorOf(() => featureKinds({ features: 'word,constructor', lowercase: false }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('unknown feature "constructor"');
    expect(error.hint).toContain('word');
  });

  it('blanks do not belong to a name, since the setting is stored as it is given', () => {
    expect(errorOf(() => featureKinds({ features: ' word', lowercase: false })).message).toBe(
      'unknown feature " word"',
    );
  });

  it('a kind named twice is a usage error', () => {
    const error = errorOf(() => featureKinds({ features: 'word,word', lowercase: false }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('feature "word" is named twice');
  });
});
