import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { parseClassWeights, tagWeights } from '../../src/model/class_weights.js';
import { resolveSettings } from '../../src/model/settings.js';

describe('class weights', () => {
  it('are of a type, which may hold = and commas, and a number', () => {
    expect(parseClassWeights(['PER=2', 'a=b,c=.5', '__proto__=1000'])).toEqual([
      { type: 'PER', weight: 2 },
      { type: 'a=b,c', weight: 0.5 },
      { type: '__proto__', weight: 1000 },
    ]);
  });

  it.each(['PER', '=2', 'PER=', 'PER=0', 'PER=-1', 'PER=1001', 'PER=1e2', 'PER=x', ''])('are not %j', (text) => {
    expect(() => parseClassWeights([text])).toThrow(UsageError);
    expect(() => resolveSettings({ classWeight: [text] })).toThrow(UsageError);
  });

  it('are one for a type', () => {
    expect(() => parseClassWeights(['A=2', 'B=2', 'A=2'])).toThrow('two class weights for the type A');
  });

  it('are those of all tags of the type, and 1 elsewhere', () => {
    const tags = ['O', 'B-LOC', 'I-LOC', 'B-PER', 'I-PER'];
    expect(Array.from(tagWeights(['PER=3'], tags) ?? [])).toEqual([1, 1, 1, 3, 3]);
    expect(tagWeights([], tags)).toBeUndefined();
    expect(() => tagWeights(['PRE=3'], tags)).toThrow('class weight for PRE, which no entity of the training part is');
  });
});
