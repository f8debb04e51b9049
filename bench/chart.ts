import type { Row } from './measure.js';
import { CONTESTS, fastest, KINDS } from './summary.js';

const WIDTH = 760;
const [LEFT, RIGHT, TOP] = [250, 90, 56];
const [BAR, GAP] = [16, 22];
/** Okabe & Ito 2008: told apart by the colour-blind too. The first is ours. */
const COLORS = ['#0072b2', '#d55e00', '#e69f00', '#f0e442', '#009e73', '#56b4e9', '#cc79a7'];

interface Bar {
  readonly name: string;
  readonly color: string;
  /** Tokens a second. */
  readonly rate: number;
  /** Of ours. */
  readonly share: number;
}

/** Bars of the speed of ours and of the fastest of each kind, ours as long in every contest, as the text of an SVG file. */
export function speedChart(rows: readonly Row[], batching: string): string {
  const groups = CONTESTS.map((contest) => ({ contest, bars: barsOf(rows, contest, batching) }));
  const shown = groups.filter(({ bars }) => bars.length > 1);
  const longest = Math.max(1, ...shown.flatMap(({ bars }) => bars.map(({ share }) => share)));
  const parts: string[] = [];
  let y = TOP;
  for (const { contest, bars } of shown) {
    parts.push(text(LEFT, y + 12, contest, 'font-weight="bold"'));
    y += BAR + 4;
    for (const { name, color, rate, share } of bars) {
      const length = ((WIDTH - LEFT - RIGHT) * share) / longest;
      parts.push(
        text(LEFT - 8, y + 12, name, 'text-anchor="end"'),
        `<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="${BAR - 3}" fill="${color}"/>`,
        text(LEFT + length + 6, y + 12, thousands(rate)),
      );
      y += BAR;
    }
    y += GAP;
  }
  const title = `Thousand tokens a second on one core, batches of ${batching}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${y}" fill="#fff"/>`,
    text(WIDTH / 2, 26, title, 'text-anchor="middle" font-size="15"'),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** Ours first; what was not measured is left out. */
function barsOf(rows: readonly Row[], contest: string, batching: string): Bar[] {
  const others = KINDS.flatMap((kind, i): { bar: Bar; row: Row }[] => {
    const row = fastest(rows, kind, contest, batching);
    if (row === undefined) return [];
    return [{ row, bar: { name: kind.name, color: COLORS[i + 1], rate: row.other, share: 1 / row.ratio } }];
  });
  const ours = others.map(({ row }) => ({ name: 'ner', color: COLORS[0], rate: row.ours, share: 1 })).slice(0, 1);
  return [...ours, ...others.map(({ bar }) => bar)];
}

function thousands(rate: number): string {
  return (rate / 1000).toPrecision(3);
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${content}</text>`;
}
