import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeLines, LineDecoder } from '../../src/text/lines.js';
import { errorOf } from '../support/error_of.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function inChunks(input: Uint8Array, size: number): string[] {
  const decoder = new LineDecoder('in.txt');
  const lines: string[] = [];
  for (let at = 0; at < input.length; at += size) lines.push(...decoder.push(input.slice(at, at + size)));
  return [...lines, ...decoder.end()];
}

it('a file compressed with gzip is refused with the way to read it', () => {
  const error = errorOf(() => decodeLines(Uint8Array.of(0x1f, 0x8b, 8, 0), 'corpus.tsv.gz'));
  expect(error.message).toBe('corpus.tsv.gz: this is compressed with gzip');
  expect(error.hint).toContain('gunzip');
});

describe('lines', () => {
  it.each([
    ['end at a line feed', 'a\nb\n', ['a', 'b']],
    ['end at a carriage return with a line feed', 'a\r\nb\r\n', ['a', 'b']],
    ['may lack the last end', 'a\nb', ['a', 'b']],
    ['may be empty', '\n\na\n\n', ['', '', 'a', '']],
    ['are none in an empty input', '', []],
    ['keep a carriage return that ends nothing', 'a\rb\n', ['a\rb']],
    ['keep a carriage return at the end of the input', 'a\r\nb\r', ['a', 'b\r']],
    ['lose no more than one carriage return at their end', 'a\r\r\n', ['a\r']],
    [
      'do not end at U+0085, U+2028, U+2029 or a vertical tab',
      'a\u0085b\u2028c\u2029d\ve\n',
      ['a\u0085b\u2028c\u2029d\ve'],
    ],
    ['keep no-break spaces', '\u00a0a\u00a0\n', ['\u00a0a\u00a0']],
    ['lose a byte order mark at the start', '\ufeffa\nb\n', ['a', 'b']],
    ['keep a byte order mark anywhere else', 'a\n\ufeffb\n', ['a', '\ufeffb']],
    ['lose no more than one byte order mark', '\ufeff\ufeffa', ['\ufeffa']],
    ['keep a replacement character that is in the input', 'a\ufffdb\n', ['a\ufffdb']],
  ])('%s', (_claim, text, lines) => {
    expect(decodeLines(bytes(text), 'in.txt')).toEqual(lines);
    for (const size of [1, 2, 3]) expect(inChunks(bytes(text), size)).toEqual(lines);
  });

  it('are the same however the bytes are cut', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'é', '€', '😀', '\n', '\r\n', '\t', '\ufeff'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, size) => {
        expect(inChunks(bytes(text), size)).toEqual(decodeLines(bytes(text), 'in.txt'));
      }),
    );
  });

  it('come as soon as they are complete', () => {
    const decoder = new LineDecoder('-');
    expect(decoder.push(bytes('one\ntw'))).toEqual(['one']);
    expect(decoder.push(bytes('o'))).toEqual([]);
    expect(decoder.push(bytes('\n'))).toEqual(['two']);
    expect(decoder.end()).toEqual([]);
  });

  it('do not change when the caller uses the chunk again', () => {
    const decoder = new LineDecoder('-');
    const chunk = bytes('ab');
    decoder.push(chunk);
    chunk.fill(0x78);
    expect(decoder.push(bytes('\n'))).toEqual(['ab']);
  });

  it('survive a chunk of more than the 16 MiB that are decoded at once', () => {
    const line = `${'x'.repeat(1023)}\n`;
    const lines = decodeLines(bytes(line.repeat(17 * 1024)), 'big.txt');
    expect(lines).toHaveLength(17 * 1024);
    expect(lines.every((found) => found.length === 1023)).toBe(true);
  });
});

describe('an input that is not UTF-8 text', () => {
  const latin1 = Uint8Array.from([0x61, 0x0a, 0xc3, 0xa9, 0x62, 0xe9, 0x63, 0x0a]);

  it.each([1, 3, 100])('is refused with line and byte, in chunks of %i', (size) => {
    const error = errorOf(() => inChunks(latin1, size));
    expect(error.name).toBe('DataError');
    expect(error.message).toBe('in.txt:2: invalid UTF-8 at byte 4 of the line (0xE9)');
    expect(error.hint).toMatch(/iconv/);
  });

  it.each([
    ['a truncated character at the end', [0x61, 0xe2, 0x82], 2],
    ['a truncated character before another', [0xef, 0xbf, 0x41], 1],
    ['a lone continuation byte', [0x61, 0x62, 0x80], 3],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], 1],
    ['an overlong encoding', [0xc0, 0xaf], 1],
    ['an error after a byte order mark', [0xef, 0xbb, 0xbf, 0xff], 4],
    ['an error after a replacement character of the input', [0xef, 0xbf, 0xbd, 0xff], 4],
  ])('is refused at its first wrong byte: %s', (_claim, input, column) => {
    const error = errorOf(() => decodeLines(Uint8Array.from(input), 'in.txt'));
    expect(error.message).toMatch(`in.txt:1: invalid UTF-8 at byte ${column} of the line`);
  });

  it('is called binary at a NUL byte, even before its line ends', () => {
    const decoder = new LineDecoder('in.bin');
    decoder.push(bytes('a\nb\nc'));
    const error = errorOf(() => decoder.push(Uint8Array.from([0x0a, 0x61, 0x00])));
    expect(error.message).toBe('in.bin:4: looks like a binary file: it holds a NUL byte');
  });

  it.each([
    ['its byte order mark', [0xff, 0xfe, 0x61, 0x00]],
    ['its byte order mark, the larger byte first', [0xfe, 0xff, 0x00, 0x61]],
    ['zeros in every second place', [...'Ana\tB'].flatMap((letter) => [letter.charCodeAt(0), 0])],
  ])('is called UTF-16 by %s', (_, input) => {
    const error = errorOf(() => decodeLines(Uint8Array.from(input), 'in.txt'));
    expect(error.message).toBe('in.txt: this is UTF-16, not UTF-8');
    expect(error.hint).toMatch(/UTF-16/);
  });
});

describe('a line beyond the bound', () => {
  const decoder = () => new LineDecoder('in.txt', { maxLineBytes: 8 });

  it('is refused while it is still coming', () => {
    const stream = decoder();
    stream.push(bytes('ok\n1234'));
    expect(errorOf(() => stream.push(bytes('56789'))).message).toBe('in.txt:2: a line longer than 8 bytes');
  });

  it('is refused within a chunk', () => {
    expect(errorOf(() => decoder().push(bytes('ok\n123456789\nok\n'))).message).toMatch(/^in.txt:2: /);
  });

  it('is refused when only its end is missing', () => {
    const stream = decoder();
    stream.push(bytes('12345678'));
    expect(errorOf(() => stream.push(bytes('9\n'))).message).toMatch(/^in.txt:1: /);
  });

  it('may be as long as the bound, among any number of others', () => {
    expect(decoder().push(bytes('12345678\n'.repeat(3)))).toHaveLength(3);
  });

  it('is measured in MiB where the bound is whole ones', () => {
    const stream = new LineDecoder('in.txt', { maxLineBytes: 1024 * 1024 });
    expect(errorOf(() => stream.push(new Uint8Array(1024 * 1024 + 1).fill(0x61))).message).toMatch('longer than 1 MiB');
  });
});
