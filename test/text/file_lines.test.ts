import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DistinctLines, eachLine } from '../../src/text/distinct_lines.js';
import { fileLines } from '../../src/text/file_lines.js';
import { decodeLines } from '../../src/text/lines.js';
import { errorOf } from '../support/error_of.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The lines of a file in which looking them up pays off. */
function lookedUp(file: Uint8Array): DistinctLines {
  const lines = fileLines(file, 'in.txt');
  if (!('ids' in lines)) throw new Error('they were not looked up');
  return lines;
}

/** What must hold of the different lines of any file. */
function expectTrueOf({ values, ids, firsts, counts }: DistinctLines): void {
  expect([firsts.length, counts.length]).toEqual([values.length, values.length]);
  expect([...firsts]).toEqual(values.map((_, id) => ids.indexOf(id)));
  expect([...counts]).toEqual(values.map((_, id) => ids.filter((one) => one === id).length));
}

/** FNV-1a, one byte a character. */
function fnv(text: string, from: number): number {
  let hash = from;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** 2^count different lines of one hash: whichever of a pair stands first, the hash goes on from the same place. */
function colliding(count: number): string[] {
  let lines = [''];
  let hash = 0x811c9dc5 | 0;
  for (let pair = 0; pair < count; pair++) {
    const known = new Map<number, string>();
    for (let n = 1_000_000; ; n++) {
      const [one, next] = [n.toString(36), fnv(n.toString(36), hash)];
      const other = known.get(next);
      known.set(next, one);
      if (other === undefined) continue;
      lines = lines.flatMap((line) => [line + one, line + other]);
      hash = next;
      break;
    }
  }
  return lines;
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
        const read = lookedUp(text);
        expect(eachLine(read)).toEqual(decodeLines(text, 'in.txt'));
        expectTrueOf(read);
      }),
    );
  });

  it('are found again where they are very many, long, and all different', () => {
    const numbered = Array.from({ length: 40_000 }, (_, i) => `${i * 7}\tO`);
    const long = 'a'.repeat(200_000);
    const often = numbered.flatMap((line) => [line, line, line]);
    const lines = ['x', long, ...often, `${long}b`, ...numbered, long, ''];
    const { values, ids, firsts, counts } = lookedUp(bytes(`${lines.join('\n')}\n`));
    expect([values.length, ids.length]).toEqual([40_004, lines.length]);
    expect(lines.every((line, i) => values[ids[i]] === line)).toBe(true);
    expect([...firsts.subarray(0, 3), ...counts.subarray(0, 3)]).toEqual([0, 1, 2, 1, 2, 4]);
  });

  it('are told apart where their hashes are equal', () => {
    const [one, other] = colliding(1);
    const { values, ids } = lookedUp(bytes(`x\n${one}\n${other}\n${one}\n${other}\n`));
    expect([[...values], [...ids]]).toEqual([
      ['x', one, other],
      [0, 1, 2, 1, 2],
    ]);
  });

  it('are looked for no more behind 64 of the same hash', () => {
    const lines = colliding(9);
    const { values, ids } = lookedUp(bytes(`x\n${[...lines, ...lines].join('\n')}\n`));
    expect([...ids].map((id) => values[id])).toEqual(['x', ...lines, ...lines]);
    expect(values).toHaveLength(1 + 64 + 2 * (512 - 64));
  });

  it('are decoded as they come where most are new', () => {
    const numbered = Array.from({ length: 20_000 }, (_, i) => `${i}\tO`);
    expect(fileLines(bytes(numbered.join('\n')), 'in.txt')).toEqual(numbered);
  });

  it('are read from a part of a buffer', () => {
    const whole = bytes('x\na O\nb O\na O\nc O\n');
    expect(eachLine(fileLines(whole.subarray(2, 14), 'in.txt'))).toEqual(['a O', 'b O', 'a O']);
  });

  it('keep a carriage return at the very end, where nothing ends the line', () => {
    expect(lookedUp(bytes('a\r\nb\na\r')).values).toEqual(['a', 'b', 'a\r']);
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
