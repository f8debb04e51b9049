import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { membersOf } from '../../src/text/json_members.js';

describe('the members of a JSON object', () => {
  it('are the text of each, which together make the same object', () => {
    const spaces = fc.constantFrom(0, 1, 2);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), spaces, (object, space) => {
        const members = membersOf(JSON.stringify(object, null, space));
        expect(members.map(({ name }) => name)).toEqual(Object.keys(object));
        for (const { name, text } of members) {
          expect(JSON.parse(`{${text}}`)).toEqual(JSON.parse(JSON.stringify({ [name]: object[name] })));
        }
      }),
    );
  });

  it('keep what parsing loses: digits, escapes, blanks within, and two of one name', () => {
    const json = '{ "id" : 12345678901234567890 ,"a":1.0,"b\\u0062":"\\u00e9\\"}", "list":[ 1,{"x":"]"} ], "a":2 }';
    expect(membersOf(json)).toEqual([
      { name: 'id', text: '"id" : 12345678901234567890' },
      { name: 'a', text: '"a":1.0' },
      { name: 'bb', text: '"b\\u0062":"\\u00e9\\"}"' },
      { name: 'list', text: '"list":[ 1,{"x":"]"} ]' },
      { name: 'a', text: '"a":2' },
    ]);
  });

  it('are found in a line as long as may be, with escapes throughout', () => {
    const text = '\\"\\\\x'.repeat(2_500_000);
    const members = membersOf(`{"id":1,"text":"${text}","n":[{"a":"\\\\"}]}`);
    expect(members.map(({ name, text: { length } }) => [name, length])).toEqual([
      ['id', 6],
      ['text', 9 + text.length],
      ['n', 16],
    ]);
  });

  it('are none of an empty object', () => {
    expect([membersOf('{}'), membersOf(' { } ')]).toEqual([[], []]);
  });
});
