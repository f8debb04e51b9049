import { describe, expect, it } from '@jest/globals';
import { logPlot } from '../../src/cli/plot.js';

const TEXTS = { title: 'a < b & c', x: 'token k', y: 'norm' };

function paths(svg: string): string[] {
  return [
    ...svg.matchAll(/<path d="([^"]*)" fill="none" stroke="[^"]*" stroke-width="2"( stroke-dasharray[^/]*)?\/>/g),
  ].map(([, d, dashes]) => (dashes === undefined ? d : `dashed ${d}`));
}

describe('a plot', () => {
  const svg = logPlot(TEXTS, [
    { name: 'a', values: [0.01, 0.1, 1], dashed: false },
    { name: 'b > a', values: [1, 0, 0.1, 0.01], dashed: true },
  ]);

  it('draws each curve over 1, 2, … with equal steps for equal ratios', () => {
    // x from 80 to 700 for 1 to 4, y from 44 for 1 to 368 for 1e-2
    expect(paths(svg).slice(0, 2)).toEqual([
      'M80.0 368.0L286.7 206.0L493.3 44.0',
      'dashed M80.0 44.0M493.3 206.0L700.0 368.0',
    ]);
  });

  it('names each curve beside a piece of its line, below the axes', () => {
    expect(paths(svg).slice(2)).toEqual(['M80 420H112', 'dashed M80 438H112']);
    expect(svg).toContain('<text x="120.0" y="424.0">a</text>');
    expect(svg).toContain('<text x="120.0" y="442.0">b &gt; a</text>');
    expect(svg).toContain('viewBox="0 0 720 456"');
  });

  it('labels decades and places', () => {
    for (const label of ['1e0', '1e-1', '1e-2', '1', '2', '3', '4', 'token k', 'norm', 'a &lt; b &amp; c']) {
      expect(svg).toContain(`>${label}</text>`);
    }
    expect(svg.match(/>1e/g)).toHaveLength(3);
  });

  it('is well-formed: every element is closed', () => {
    expect(svg.match(/<(?!\/|[^>]*\/>)/g)).toHaveLength(svg.match(/<\//g)?.length ?? 0);
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(svg.endsWith('</svg>\n')).toBe(true);
  });

  it('has at most eight labels an axis', () => {
    const long = logPlot(TEXTS, [{ name: 'a', values: Array.from({ length: 41 }, (_, i) => 10 ** -i), dashed: false }]);
    expect(long.match(/>1e[^<]*</g)).toEqual([
      '>1e0<',
      '>1e-6<',
      '>1e-12<',
      '>1e-18<',
      '>1e-24<',
      '>1e-30<',
      '>1e-36<',
    ]);
    expect(long.match(/>\d+</g)).toEqual(['>1<', '>7<', '>13<', '>19<', '>25<', '>31<', '>37<']);
  });

  it('of nothing but zeros, or a single place, has axes all the same', () => {
    expect(logPlot(TEXTS, [{ name: 'a', values: [0, 0], dashed: false }])).not.toContain('NaN');
    expect(logPlot(TEXTS, [{ name: 'a', values: [1], dashed: false }])).not.toContain('NaN');
  });
});
