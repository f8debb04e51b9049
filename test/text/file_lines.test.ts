import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DistinctLines, eachLine } from '../../src/text/distinct_lines.js';
import { fileLines } from '../../src/text/file_lines.js';
import { decodeLines } from '../../src/text/lines.js';
import { errorOf } from '../support/error_of.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What must hold of the different lines of any file. */
function expectTrueOf({ values, ids, firsts, counts }: DistinctLines): void {
  expect([firsts.length, counts.length]).toEqual([values.length, values.length]);
  expect([...firsts]).toEqual(values.map((_, id) => ids.indexOf(id)));
  expect([...counts]).toEqual(values.map((_, id) => ids.filter((one) => one === id).length));
}

describe('the lines of a file', () => {
  it('are those that decoding the file gives, and are counted and placed as searching them does', () => {
    const line = fc.constantFrom(
      '',
      'a O',
      'b O',
      'constructor',
      '__proto__',
      'é',
      '😀 O',
      '\uFEFF',
      '\r',
      'a O\r',
      ' ',
    );
    const file = fc.record({ lines: fc.array(line), end: fc.constantFrom('', '\n', '\r\n') });
    fc.assert(
      fc.property(file, ({ lines, end }) => {
        const text = bytes(lines.join('\n') + end);
        const read = fileLines(text, 'in.txt');
        expect(eachLine(read)).toEqual(decodeLines(text, 'in.txt'));
        expectTrueOf(read);
      }),
    );
  });

  it('are found again where they are very many, long, and all different', () => {
    const numbered = Array.from({ length: 40_000 }, (_, i) => `${i * 7}\tO`);
    const long = 'a'.repeat(200_000);
    const lines = ['x', long, ...numbered, `${long}b`, ...numbered, long, ''];
    const { values, ids, firsts, counts } = fileLines(bytes(`${lines.join('\n')}\n`), 'in.txt');
    expect([values.length, ids.length]).toEqual([40_004, lines.length]);
    expect(lines.every((line, i) => values[ids[i]] === line)).toBe(true);
    expect([...firsts.subarray(0, 3), ...counts.subarray(0, 3)]).toEqual([0, 1, 2, 1, 2, 2]);
  });

  it('are read from a part of a buffer', () => {
    const whole = bytes('x\na O\nb O\na O\n');
    expect(eachLine(fileLines(whole.subarray(2), 'in.txt'))).toEqual(['a O', 'b O', 'a O']);
  });

  it('keep a carriage return at the very end, where nothing ends the line', () => {
    expect(fileLines(bytes('a\r\nb\na\r'), 'in.txt').values).toEqual(['a', 'b', 'a\r']);
  });

  it.each([
    ['invalid UTF-8', [...bytes('a O\na O\n\nb '), 0xff, ...bytes(' O\n')]],
    ['a NUL byte', [...bytes('a O\na O\n\nb'), 0, ...bytes(' O\n')]],
    ['UTF-16', [0xff, 0xfe, 0x61, 0]],
    ['gzip', [0x1f, 0x8b, 8, 0]],
  ])('are refused as decoding refuses them: %s', (_, input) => {
    const file = Uint8Array.from(input);
    const error = errorOf(() => fileLines(file, 'in.txt'));
    expect(error).toEqual(errorOf(() => decodeLines(file, 'in.txt')));
    expect(error.message).toMatch(/^in\.txt/);
  });
});
