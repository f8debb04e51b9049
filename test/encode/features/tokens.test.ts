import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { featureKinds } from '../../../src/encode/features.js';
import { Word } from '../../../src/encode/word.js';

/** The values of a kind that depends on the token alone. */
function valuesOf(feature: string, token: string, lowercase = false): readonly string[] {
  const [kind] = featureKinds({ features: feature, lowercase });
  if (kind.needs !== 'token') throw new Error(`${feature} needs more than a token`);
  return kind.valuesOf(new Word(token, -1));
}

describe('one-hots of a token', () => {
  it.each([
    ['word', 'Oslo', ['Oslo']],
    ['lower', 'Oslo-1996', ['oslo-0000']],
    ['prefix', 'Oslo', ['o', 'os', 'osl', 'oslo']],
    ['prefix', 'Oslos', ['o', 'os', 'osl', 'oslo']],
    ['prefix', 'In', ['i', 'in', 'in>']],
    ['prefix', '1996', ['0', '00', '000', '0000']],
    ['prefix:2-3', 'Oslo', ['os', 'osl']],
    ['prefix', '', ['>']],
    ['suffix', 'Oslo', ['o', 'lo', 'slo', 'oslo']],
    ['suffix', 'In', ['n', 'in', '<in']],
    ['suffix:1', 'Zürich😀', ['😀']],
    ['shape', 'Oslo', ['3:Xxxx', '1:Xx', 'has:']],
    ['shape', 'B-52s', ['3:X-ddx', '1:X-dx', 'has:d-']],
    ['shape', 'U.S.', ['3:X.X.', '1:X.X.', 'has:A.']],
    ['shape', 'A', ['3:X', '1:X', 'has:']],
    ['shape', '1999-2000-2001', ['3:ddd-ddd-ddd', '1:d-d-d', 'has:d-']],
    ['shape', '', ['3:', '1:', 'has:']],
    ['trigrams', 'Oslo', ['<os', 'osl', 'slo', 'lo>']],
    ['trigrams', 'aaaa', ['<aa', 'aaa', 'aa>']],
    ['trigrams', 'a', ['<a>']],
    ['trigrams', '', []],
    ['trigrams', 'abcdefghijkl', ['<ab', 'abc', 'bcd', 'cde', 'def', 'efg', 'fgh', 'ghi']],
  ])('%s of %j', (feature, token, expected) => expect(valuesOf(feature, token)).toEqual(expected));

  it('word is lower-cased when told', () => expect(valuesOf('word', 'ÀB', true)).toEqual(['àb']));

  it.each(['word', 'lower', 'prefix', 'suffix', 'shape', 'trigrams'])(
    '%s has no value twice, of any string',
    (feature) => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (token) => {
          const values = valuesOf(feature, token);
          expect(new Set(values).size).toBe(values.length);
        }),
      );
    },
  );
});
