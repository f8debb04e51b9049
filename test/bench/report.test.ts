import { describe, expect, it } from '@jest/globals';
import { speedChart } from '../../bench/chart.js';
import type { Row } from '../../bench/measure.js';
import { pageOf, type Results, report, speedParagraph } from '../../bench/report.js';

const row = (name: string, against: string, ours: number, other: number, section = 'torch'): Row => {
  return { section, name, against, ours, other, unit: 'tokens/s', ratio: ours / other };
};

const rows: Row[] = ['Elman', 'LSTM', 'BiLSTM'].flatMap((network) =>
  ['any lengths', 'like lengths'].flatMap((batching) => {
    const name = `${network} training, batches of ${batching}`;
    return [
      row(name, 'PyTorch 1.13: written-out gradients', 200_000, 100_000),
      row(name, 'PyTorch 1.13: loop, packed', 200_000, 50_000),
      row(name, 'PyTorch 1.13: loop, padded', 200_000, 40_000),
      row(name, 'PyTorch 1.13 held to SSE: loop, packed', 200_000, 25_000),
    ];
  }),
);

const results: Results = {
  date: '2026-11-23T08:00:00.000Z',
  ...{ cpu: 'AMD EPYC', cores: 2, memory: 8, node: 'v24.1.0', platform: 'linux x64', vectors: 8 },
  rows: [
    ...rows,
    row('hidden size 64', 'of 128', 30, 60, 'scaling'),
    ...['elman', 'lstm', 'BiLSTM'].map((network) => row(`ner train, ${network}`, 'vectors of four', 3, 2, 'vectors')),
  ],
};

describe('the page on performance', () => {
  const page = report(results);

  it('tells the date, the machine and the versions', () => {
    expect(page).toContain('2026-11-23');
    expect(page).toContain('AMD EPYC, 2 cores,\n8 GB, linux x64, Node 24.1.0, PyTorch 1.13.');
  });

  it('compares with the fastest formulation of each kind', () => {
    expect(page).toContain('| PyTorch, gradients written out | 2.00× |');
    expect(page).toContain('| PyTorch, loop and autograd | 4.00× |');
    expect(page).toContain('| PyTorch held to SSE, any of these | 8.00× |');
  });

  it('has every formulation, and the sections that were measured, but no others', () => {
    expect(page).toContain('| PyTorch 1.13: loop, padded | 40.0 (5.00×) |');
    expect(page).toContain('| hidden size 64 | 30.0 tokens/s | of 128 | 60.0 | 0.500× |');
    expect(page).not.toContain('### TensorFlow.js');
    expect(page).not.toContain('## Memory');
  });

  it('is another one, which says so, for vectors of four floats', () => {
    const four = { ...results, vectors: 4 } as const;
    expect([pageOf(results), pageOf(four)]).toEqual(['performance', 'performance_four']);
    expect(report(four)).toContain('# Performance with vectors of four floats\n\nOn Node 20 and 22');
    expect(report(four)).toContain('(performance_four.svg)');
  });

  it('leaves out what was not there to compare with', () => {
    const alone = report({ ...results, rows: results.rows.filter(({ section }) => section === 'scaling') });
    expect(alone).not.toContain('PyTorch in');
    expect(alone).toContain('## Sizes');
  });
});

describe('the paragraph on speed', () => {
  it('tells speeds and ratios of the three networks', () => {
    const paragraph = speedParagraph(results);
    expect(paragraph).toContain('200, 200 and 200 thousand');
    expect(paragraph).toContain('4.00×, 4.00× and 4.00× as with the fastest loop');
    expect(paragraph).toContain('takes 1.50×, 1.50× and 1.50× as long');
    const alone = results.rows.filter(({ section }) => section !== 'vectors');
    expect(speedParagraph({ ...results, rows: alone })).not.toContain('vectors');
  });

  it('is not written without PyTorch', () => {
    expect(speedParagraph({ ...results, rows: [] })).toBeUndefined();
  });
});

describe('the chart of speeds', () => {
  it('draws ours as long in every contest, and the others by their shares of it', () => {
    const widths = [...speedChart(rows, 'any lengths').matchAll(/height="13" fill="(#\w+)"/g)];
    expect(widths).toHaveLength(3 * 4);
    const lengths = [...speedChart(rows, 'any lengths').matchAll(/<rect x="250" y="\d+" width="([\d.]+)"/g)];
    const [ours, handmade, loop, sse] = lengths.map(([, width]) => Number(width));
    expect([handmade / ours, loop / ours, sse / ours].map((share) => Math.round(1000 * share))).toEqual([
      500, 250, 125,
    ]);
  });
});
