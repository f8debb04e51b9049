import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TypedSpan } from '../../src/text/annotation.js';
import { InlineWriter } from '../../src/text/inline.js';

/** The text written in as many pieces as it has entities. */
function formatInline(text: string, entities: readonly TypedSpan[]): string {
  const writer = new InlineWriter(text);
  return entities.map((entity) => writer.add([entity])).join('') + writer.end();
}

it('puts each entity in brackets with its type and keeps the text between as it is', () => {
  const ana = { start: 0, end: 3, type: 'PER' };
  expect(formatInline('Ana  went to Oslo\t!', [ana, { start: 13, end: 17, type: 'LOC' }])).toBe(
    '[Ana PER]  went to [Oslo LOC]\t!',
  );
  expect(formatInline('AnaOslo', [ana, { start: 3, end: 7, type: 'LOC' }])).toBe('[Ana PER][Oslo LOC]');
});

it('writes the same whether its entities come together or one by one', () => {
  const writer = new InlineWriter('Ana [and] Eva left');
  const entities = [
    { start: 0, end: 3, type: 'PER' },
    { start: 10, end: 13, type: 'PER' },
  ];
  expect(writer.add(entities)).toBe('[Ana PER] \\[and\\] [Eva PER]');
  expect(writer.end()).toBe(' left');
});

it('leaves a text without entities as it is', () => {
  expect(formatInline(' Nothing here. ', [])).toBe(' Nothing here. ');
});

it('escapes brackets and backslashes of the text, inside entities and out', () => {
  expect(formatInline('[1] a\\b C[2]', [{ start: 8, end: 12, type: 'ORG' }])).toBe('\\[1\\] a\\\\b [C\\[2\\] ORG]');
});

it('gives the text back once brackets, types and escapes are taken away', () => {
  const texts = fc.array(fc.constantFrom('a', ' ', '[', ']', '\\', '😀')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
      const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
      const inline = formatInline(text, start === end ? [] : [{ start, end, type: 'PER' }]);
      // An unescaped `[` goes, an unescaped ` PER]` goes, an escape leaves its character.
      const back = inline.replace(/\\(.)|\[| PER\]/gs, (_match, escaped: string | undefined) => escaped ?? '');
      expect(back).toBe(text);
    }),
  );
});
