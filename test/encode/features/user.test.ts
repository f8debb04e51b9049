import { describe, expect, it } from '@jest/globals';
import { Encoder } from '../../../src/encode/encoder.js';
import { UsageError } from '../../../src/errors.js';
import { build, decode, sentenceOf } from '../../support/encoded.js';
import { errorOf } from '../../support/error_of.js';

describe('column', () => {
  it('is what the column of its number says', () => {
    const columns = new Map([
      [2, ['NNP', 'VBD']],
      [3, ['x', 'y']],
    ]);
    const encoder = build('column:2,column:3', [{ tokens: ['Ana', 'saw'], columns }]);
    expect(encoder.kindNames).toEqual(['column:2', 'column:3']);
    const other = { tokens: ['Bo', 'Bo', 'Bo'], columns: new Map([[2, ['VBD', 'ADJ', 'NNP']]]) };
    expect(decode(encoder, encoder.encodeAll([other])[0])).toEqual([['VBD'], [], ['NNP']]);
    expect(decode(encoder, encoder.encode(['Ana']))).toEqual([[]]);
  });
});

describe('gazetteer', () => {
  const gazetteers = [
    { type: 'LOC', phrases: [['New', 'York'], ['York'], ['New', 'York', 'City'], []] },
    { type: 'PER', phrases: [['York'], ['__proto__']] },
    { type: 'LOC', phrases: [['Oslo']] },
  ];
  const text = 'in NEW york , York OSLO New __proto__ New York City/LOC';
  const expected = [
    [],
    ['B-LOC'],
    ['E-LOC', 'S-PER'],
    [],
    ['S-LOC', 'S-PER'],
    ['S-LOC'],
    [],
    ['S-PER'],
    ['B-LOC'],
    ['I-LOC', 'S-PER'],
    ['E-LOC'],
  ];

  it('finds the longest phrases of every list, whatever the case', () => {
    const encoder = build('gazetteer', [sentenceOf(text)], { gazetteers });
    expect(decode(encoder, encoder.encodeTraining([sentenceOf(text)])[0])).toEqual(expected);
  });

  it('is kept by the model', () => {
    const encoder = build('gazetteer', [sentenceOf(text)], { gazetteers });
    const [{ state }] = encoder.parts.kinds;
    const [{ name, lines, counts }] = encoder.parts.kinds;
    const kinds = [{ name, lines, counts, state: JSON.parse(JSON.stringify(state)) }];
    const restored = Encoder.restore({ features: 'gazetteer', lowercase: false }, { documents: 'none', kinds });
    expect(decode(restored, restored.encodeAll([sentenceOf(text)])[0])).toEqual(expected);
    expect(restored.parts).toEqual(encoder.parts);
  });

  it('needs a list', () => {
    const error = errorOf(() => build('gazetteer', [sentenceOf(text)]));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.hint).toContain('--gazetteer');
  });
});
