import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.js';
import { score } from '../../src/evaluate/score.js';
import { mapTags, mapType, parseTypeMap } from '../../src/evaluate/type_map.js';

const TAGS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'E-LOC', 'S-ORG'];
const tags = fc.array(fc.constantFrom(...TAGS), { maxLength: 12 });

describe('parseTypeMap', () => {
  it('reads new names, and types to leave out; a type ends at the last =', () => {
    const map = parseTypeMap(['person=PER', 'date=', 'a=b=LOC', '__proto__=X']);
    expect([...map]).toEqual([
      ['person', 'PER'],
      ['date', null],
      ['a=b', 'LOC'],
      ['__proto__', 'X'],
    ]);
    expect(['person', 'date', 'a=b', 'ORG', 'toString'].map((type) => mapType(type, map))).toEqual([
      'PER',
      null,
      'LOC',
      'ORG',
      'toString',
    ]);
  });

  it.each([
    [['person'], '"person" renames no type'],
    [['=PER'], '"=PER" renames no type'],
    [['person= PER'], '"person= PER" renames no type'],
    [['a=b', 'a=c'], 'two names for the type a'],
  ])('refuses %j', (texts, message) => {
    expect(() => parseTypeMap(texts)).toThrow(UsageError);
    expect(() => parseTypeMap(texts)).toThrow(message);
  });
});

describe('mapTags', () => {
  it('keeps entities that touch apart where their types become one', () => {
    const map = parseTypeMap(['GPE=LOC']);
    expect(mapTags(['I-GPE', 'I-LOC', 'I-LOC', 'O'], map)).toEqual(['B-LOC', 'B-LOC', 'I-LOC', 'O']);
  });

  it('leaves entities out', () => {
    expect(mapTags(['S-DATE', 'B-PER', 'E-PER'], parseTypeMap(['DATE=']))).toEqual(['O', 'B-PER', 'I-PER']);
  });

  it('changes nothing without a map', () => {
    fc.assert(fc.property(tags, (all) => expect(mapTags(all, new Map())).toBe(all)));
  });

  it('renames what a score counts and nothing else', () => {
    const map = parseTypeMap(['PER=person', 'LOC=PER']);
    fc.assert(
      fc.property(tags, tags, (gold, other) => {
        const predicted = gold.map((tag, t) => other[t] ?? tag);
        const before = score([{ gold, predicted }]);
        const after = score([{ gold: mapTags(gold, map), predicted: mapTags(predicted, map) }]);
        expect(after.micro).toEqual(before.micro);
        for (const [type, tally] of before.perType) expect(after.perType.get(mapType(type, map) ?? '')).toEqual(tally);
      }),
    );
  });
});
