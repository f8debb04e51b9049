import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Cell, Screen } from '../../docs/screen.js';
import { drawWindows } from '../../docs/svg.js';

function rowsOf(...texts: string[]): Cell[][] {
  const screen = new Screen();
  for (const text of texts) screen.write(text);
  return screen.rows;
}

function textOf(...texts: string[]): string[] {
  return rowsOf(...texts).map((row) => row.map(({ character }) => character).join(''));
}

describe('a screen', () => {
  it('shows the last of the texts drawn over each other', () => {
    expect(textOf('10%\r\n', 'a long line\rshort')).toEqual(['10%', 'shortg line']);
    expect(textOf('epoch 1 ==-\x1b[0K\x1b[1Gepoch 2 =\x1b[0K')).toEqual(['epoch 2 =']);
    expect(textOf('bar\x1b[1G\x1b[2Kscore\r\n')).toEqual(['score']);
  });

  it('returns to the saved place', () => {
    expect(textOf('ab\x1b7cd\r\nef\x1b8X')).toEqual(['abXd', 'ef']);
  });

  it('goes down a row without going to its start at a bare line feed', () => {
    expect(textOf('ab\ncd')).toEqual(['ab', '  cd']);
  });

  it('passes over what hides the cursor and refuses what it does not know', () => {
    expect(textOf('\x1b[?25la\x1b[?7l')).toEqual(['a']);
    expect(() => rowsOf('\x1b[2J')).toThrow('2 J');
    expect(() => rowsOf('\x1b[48m')).toThrow('48');
    expect(() => rowsOf('cut off\x1b')).toThrow('27');
  });

  it('gives each character the style at its writing', () => {
    const [row] = rowsOf('a\x1b[1;32mb\x1b[22mc\x1b[39md\x1b[4me\x1b[0mf');
    expect(row.map(({ style }) => style)).toEqual([
      {},
      { bold: true, color: 32 },
      { bold: false, dim: false, color: 32 },
      { bold: false, dim: false },
      { bold: false, dim: false, underline: true },
      {},
    ]);
  });
});

describe('the picture of a screen', () => {
  it('keeps the text, escaped, and the colours', () => {
    const picture = drawWindows([{ title: 'a & b', rows: rowsOf('\x1b[31m<x>\x1b[39m y') }], 10, '"label"');
    expect(picture).toMatch(/<tspan [^>]*fill="#f47067">&lt;x&gt;<\/tspan>/);
    expect(picture).toContain('a &amp; b');
    expect(picture).not.toContain('<x>');
  });

  it('refuses a row that is wider than its window', () => {
    expect(() => drawWindows([{ title: '', rows: rowsOf('12345678901') }], 10, '')).toThrow('11');
  });
});

describe('docs/terminal.svg', () => {
  const picture = readFileSync(new URL('../../docs/terminal.svg', import.meta.url), 'utf8');
  const text = picture.replace(/<[^>]*>/g, '');

  it('shows training with its bar, and the three entities', () => {
    expect(text).toMatch(/^\$ ner train data\/corpus\.tsv$/m);
    expect(text).toMatch(/^epoch \d+\/\d+ =+-* \d+% {2}loss/m);
    expect(text).toMatch(/^best .*wrote models\/ner\.json$/m);
    expect(text).toMatch(/^Sumesh PER worked at Cisco ORG in Bengaluru LOC$/m);
  });

  it('has no script and nothing from elsewhere', () => {
    expect(picture).not.toMatch(/<script|<image|<foreignObject|href|url\(|@import/i);
    expect(picture.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });
});
