import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonErrorOffset } from '../../src/text/json_error.js';

describe('where a text is no JSON', () => {
  it.each([
    ['', 0],
    ['  ', 2],
    ['{"a": nonsense}', 6],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['{,}', 1],
    ['{1: 2}', 1],
    ['{"a": 1, ]', 9],
    ['{"a": 1]', 7],
    ['[1, 2', 5],
    ['[1, ]', 4],
    ['[1 2]', 3],
    ['[1}', 2],
    ['[]]', 2],
    ['{}}', 2],
    ['1,', 1],
    ['[01]', 1],
    ['[1.]', 1],
    ['[-]', 1],
    ['[-x1]', 1],
    ['[truely]', 1],
    ['["a\nb"]', 1],
    ['["\\x"]', 1],
    ['["a]', 1],
    ['{"a": [1, {"b": :}]}', 16],
    ['[1,\u00a02]', 3],
  ])('%j: at %i', (json, offset) => {
    expect(() => JSON.parse(json)).toThrow(SyntaxError);
    expect(jsonErrorOffset(json)).toBe(offset);
  });

  it('is its end where it is JSON, whatever its content', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(jsonErrorOffset(json)).toBe(json.length);
      }),
    );
    const odd = '["\x7f\x85\u2028\\u00e9", -0.5e+10, {}, [], null]\n';
    expect(jsonErrorOffset(odd)).toBe(odd.length);
  });
});
