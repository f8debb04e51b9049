import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/text/parse_json.js';

const errorOf = (json: string) => {
  const parsed = parseJson(json);
  if ('value' in parsed) throw new Error('it is JSON');
  return parsed.error;
};

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
    ['["a", "b\u{1f600}\ud800"', 12],
  ])('%j: at %i', (json, offset) => {
    expect(() => JSON.parse(json)).toThrow(SyntaxError);
    expect(errorOf(json).offset).toBe(offset);
  });

  it.each([
    ['', 'line 1: not valid JSON at column 1: expected a value, found the end'],
    ['{"a": nonsense}', 'line 1: not valid JSON at column 7: expected a value, found nonsense'],
    ['{\n  "a" 1\n}', 'line 2: not valid JSON at column 7: expected :, found 1'],
    ['{"a": 1 "b": 2}', 'line 1: not valid JSON at column 9: expected , or }, found a string'],
    ['{"a": 1,}', 'line 1: not valid JSON at column 9: expected a name in double quotes, found }'],
    ["{'a': 1}", "line 1: not valid JSON at column 2: expected a name in double quotes or }, found '"],
    ['[1 2]', 'line 1: not valid JSON at column 4: expected , or ], found 2'],
    ['[}', 'line 1: not valid JSON at column 2: expected a value or ], found }'],
    ['{} {}', 'line 1: not valid JSON at column 4: expected nothing more, found {'],
    [
      '["a]',
      'line 1: not valid JSON at column 2: expected a value or ], found a string that is not closed, or holds a control character or an unknown escape',
    ],
    ['[\u001b[2J]', 'line 1: not valid JSON at column 2: expected a value or ], found \\x1b'],
    ['[01]', 'line 1: not valid JSON at column 2: expected a value or ], found 01'],
  ])('%j: %s', (json, told) => {
    const { line, message } = errorOf(json);
    expect(`line ${line}: ${message}`).toBe(told);
  });

  it('is nowhere where it is JSON, whatever comes after it', () => {
    const odd = '["\x7f\x85\u2028\\u00e9", -0.5e+10, {}, [], null]\n';
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.constant(odd)), (json) => {
        expect(parseJson(json)).toEqual({ value: JSON.parse(json) });
        expect(errorOf(`${json} ]`).offset).toBe(json.length + 1);
      }),
    );
  });

  it('is found behind a long string, and in one, in a moment', () => {
    const long = `"${'a\\n'.repeat(3_000_000)}"`;
    expect(errorOf(`[${long}}`).offset).toBe(long.length + 1);
    expect(errorOf(`[${long.slice(0, -1)}`).offset).toBe(1);
  });
});
