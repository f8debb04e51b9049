import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classOf, collapse, isUpperCase, normalise, shapeOf } from '../../src/encode/characters.js';

describe('a character', () => {
  it.each([
    ['A', 'upper'],
    ['É', 'upper'],
    ['Ж', 'upper'],
    ['z', 'lower'],
    ['ß', 'lower'],
    ['ω', 'lower'],
    ['7', 'digit'],
    ['٣', 'digit'],
    ['५', 'digit'],
    ['中', 'letter'],
    ['א', 'letter'],
    ['한', 'letter'],
    ['-', 'other'],
    ['“', 'other'],
    ['😀', 'other'],
    ['', 'other'],
  ])('%s is of class %s', (character, expected) => expect(classOf(character)).toBe(expected));
});

describe('a word', () => {
  it('is normalised to lower case with digits as 0', () => {
    expect(['Oslo', '1996-08-22', 'ÅSE', 'B-52s', '٣x', ''].map(normalise)).toEqual([
      'oslo',
      '0000-00-00',
      'åse',
      'b-00s',
      '0x',
      '',
    ]);
  });

  it('has a shape of its classes, other characters as they are', () => {
    expect(['Oslo', 'U.S.', '3.5', 'Élan', '東京', '😀!'].map(shapeOf)).toEqual([
      'Xxxx',
      'X.X.',
      'd.d',
      'Xxxx',
      'aa',
      '😀!',
    ]);
  });

  it('is upper case if its letters are, and there is one', () => {
    expect(['U.S.', 'A', '1996', '', 'Us', 'ÉA1'].map(isUpperCase)).toEqual([true, true, false, false, false, true]);
  });
});

describe('collapsing', () => {
  it('cuts runs', () => {
    expect([collapse('Xxxxdd', 1), collapse('Xxxxxdd', 3), collapse('', 1), collapse('😀😀x', 1)]).toEqual([
      'Xxd',
      'Xxxxdd',
      '',
      '😀x',
    ]);
  });

  it('leaves no longer run and nothing else out', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('X', 'x', 'd')), fc.integer({ min: 1, max: 4 }), (characters, most) => {
        const expected = characters.filter(
          (c, i) => i < most || characters.slice(i - most, i).some((other) => other !== c),
        );
        expect(collapse(characters.join(''), most)).toBe(expected.join(''));
      }),
    );
  });
});
