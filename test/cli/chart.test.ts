import { describe, expect, it } from '@jest/globals';
import { logBarChart } from '../../src/cli/chart.js';
import { displayWidth } from '../../src/evaluate/display.js';

describe('a bar chart', () => {
  it('has bars as long as the logarithm of their values', () => {
    const bars = [
      { label: 'one', value: 1 },
      { label: 'tenth', value: 0.1 },
      { label: 'hundredth', value: 0.01 },
    ];
    expect(logBarChart(bars, 40)).toEqual([
      'one        1.0e+0  █████████████████████',
      'tenth      1.0e-1  ██████████▌',
      'hundredth  1.0e-2  ▏',
      '                   logarithmic, 1e-2 to 1e0',
    ]);
  });

  it('fills the width and no more', () => {
    const bars = [
      { label: 'a', value: 1000 },
      { label: 'b', value: 0.5 },
    ];
    for (const width of [30, 80, 200]) expect(displayWidth(logBarChart(bars, width)[0])).toBe(width);
    expect(displayWidth(logBarChart(bars, 5)[0])).toBe(11 + 10); // never shorter than ten columns
  });

  it('has no bar for a value of 0', () => {
    const bars = [
      { label: 'all', value: 1 },
      { label: 'none', value: 0 },
    ];
    expect(logBarChart(bars, 40)[1]).toBe('none       0');
    expect(logBarChart([{ label: 'none', value: 0 }], 40)).toEqual(['none  0', 'every value is 0']);
  });

  it('spans a decade at least', () => {
    expect(logBarChart([{ label: 'x', value: 1 }], 40)[1]).toContain('logarithmic, 1e-1 to 1e0');
    expect(logBarChart([{ label: 'x', value: 5 }], 40)[1]).toContain('logarithmic, 1e0 to 1e1');
  });

  it('shortens long labels, counts wide characters as two, and writes controls as escapes', () => {
    const labels = ['a'.repeat(30), 'a'.repeat(20), '東'.repeat(30), 'a\u001bb'];
    const chart = logBarChart(
      labels.map((label) => ({ label, value: 1 })),
      80,
    );
    expect(chart[0]).toMatch(/^a{19}… {2}1\.0e\+0 /);
    expect(chart[1]).toMatch(/^a{20} {2}1\.0e\+0 /);
    expect(chart[2]).toMatch(/^東{9}… {3}1\.0e\+0 /);
    expect(chart[3]).toMatch(/^a\\x1bb /);
    expect(new Set(chart.slice(0, 4).map(displayWidth)).size).toBe(1);
  });
});
