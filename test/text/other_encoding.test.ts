import { describe, expect, it } from '@jest/globals';
import { otherEncoding } from '../../src/text/other_encoding.js';

function utf16(text: string, larger: 'first' | 'last'): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return larger === 'last' ? bytes : Buffer.from(bytes).swap16();
}

const TEXTS = ['Ana\tB-PER\n', 'Анна живёт в Осло', '约翰 住 在 奥斯陆\n', '€ 😀 '];

describe('an encoding other than UTF-8', () => {
  it.each(TEXTS)('is told from its zeros without a mark: %j', (text) => {
    expect(otherEncoding(utf16(text, 'last'))).toEqual({
      what: 'UTF-16, not UTF-8',
      hint: 'save it as UTF-8, or convert it: iconv -f UTF-16LE -t UTF-8',
    });
    expect(otherEncoding(utf16(text, 'first'))?.hint).toContain('iconv -f UTF-16BE');
  });

  it('is told where the last character that is looked at is cut', () => {
    expect(otherEncoding(utf16('a😁'.repeat(100), 'last'))?.what).toMatch(/^UTF-16/);
    expect(otherEncoding(utf16(`${'a'.repeat(127)}😀`, 'first'))?.what).toMatch(/^UTF-16/);
  });

  it.each([
    ['UTF-16', [0xff, 0xfe, 0x61, 0]],
    ['UTF-16', [0xfe, 0xff, 0, 0x61]],
    ['UTF-32', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]],
    ['UTF-32', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]],
  ])('is told from its mark: %s', (encoding, bytes) => {
    expect(otherEncoding(Uint8Array.from(bytes))).toEqual({
      what: `${encoding}, not UTF-8`,
      hint: `save it as UTF-8, or convert it: iconv -f ${encoding} -t UTF-8`,
    });
  });

  it.each([
    ['gzip', [0x1f, 0x8b, 8, 0], 'gunzip -k FILE'],
    ['zip', [...Buffer.from('PK\x03\x04')], 'unzip FILE'],
    ['xz', [0xfd, ...Buffer.from('7zXZ\0')], 'unxz -k FILE'],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'unzstd FILE'],
    ['bzip2', [...Buffer.from('BZh91AY&SY')], 'bunzip2 -k FILE'],
  ])('is told of what %s has packed', (by, bytes, command) => {
    expect(otherEncoding(Uint8Array.from(bytes))).toEqual({
      what: `compressed with ${by}`,
      hint: `unpack it: ${command}`,
    });
  });

  it.each([
    ['text', ...TEXTS.map((text) => [...Buffer.from(text)])],
    ['nothing', []],
    ['a word that begins as a packed file', [...Buffer.from('BZh9 PK')]],
    ['zeros in places of both kinds', [0x61, 0, 0, 0x62]],
    ['a text with a stray zero', [...Buffer.from('Ana\tB-PER\nle\0t\tO\n')], [...Buffer.from('Müller\0 O\nles \0')]],
    ['zeros between what is no text', [0x01, 0, 0x02, 0, 0xff, 0xff]],
    ['half a character', [0x61]],
  ])('is not seen in %s', (_, ...all) => {
    for (const bytes of all) expect(otherEncoding(Uint8Array.from(bytes))).toBeUndefined();
  });
});
