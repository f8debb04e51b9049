/** One curve: its values at x = 1, 2, …; those of 0 or less, which a logarithmic axis has not, leave gaps. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly dashed: boolean;
}

export interface PlotTexts {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 80;
const RIGHT = 20;
const TOP = 44;
const BOTTOM = 52;
const LEGEND_LINE = 18;
/** Okabe & Ito 2008: told apart by the colour-blind too. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const MOST_TICKS = 8;

/** Curves over 1, 2, … on a logarithmic axis, as the text of an SVG file. */
export function logPlot(texts: PlotTexts, curves: readonly Curve[]): string {
  const length = curves.reduce((longest, { values }) => Math.max(longest, values.length), 2);
  const exponents = curves.flatMap(({ values }) => values.filter((value) => value > 0).map(Math.log10));
  const highest = Math.ceil(exponents.reduce((a, b) => Math.max(a, b), 0));
  const lowest = Math.min(Math.floor(exponents.reduce((a, b) => Math.min(a, b), 0)), highest - 1);
  const height = HEIGHT + LEGEND_LINE * curves.length;
  const toX = (x: number): number => LEFT + ((x - 1) / (length - 1)) * (WIDTH - LEFT - RIGHT);
  const toY = (exponent: number): number => TOP + ((highest - exponent) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(texts.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(WIDTH / 2, 24, texts.title, ' text-anchor="middle" font-size="15"'),
    ...ticks(0, highest - lowest).flatMap((below) => [
      `<path d="M${LEFT} ${fixed(toY(highest - below))}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
      text(LEFT - 8, toY(highest - below) + 4, `1e${highest - below}`, ' text-anchor="end"'),
    ]),
    ...ticks(1, length).map((x) => text(toX(x), HEIGHT - BOTTOM + 20, String(x), ' text-anchor="middle"')),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 40, texts.x, ' text-anchor="middle"'),
    text(0, 0, texts.y, ` text-anchor="middle" transform="translate(20 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)"`),
    ...curves.map((curve, i) => `<path d="${pathOf(curve.values, toX, toY)}" ${stroke(curve, i)}/>`),
    ...curves.flatMap((curve, i) => {
      const y = HEIGHT + LEGEND_LINE * i;
      return [`<path d="M${LEFT} ${y}H${LEFT + 32}" ${stroke(curve, i)}/>`, text(LEFT + 40, y + 4, curve.name)];
    }),
    '</svg>\n',
  ].join('\n');
}

/** Whole numbers from `first` to `last`, evenly apart, at most `MOST_TICKS` of them. */
function ticks(first: number, last: number): number[] {
  const step = Math.max(Math.ceil((last - first) / (MOST_TICKS - 1)), 1);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

function pathOf(values: readonly number[], toX: (x: number) => number, toY: (exponent: number) => number): string {
  let path = '';
  let drawing = false;
  values.forEach((value, i) => {
    if (value > 0) path += `${drawing ? 'L' : 'M'}${fixed(toX(i + 1))} ${fixed(toY(Math.log10(value)))}`;
    drawing = value > 0;
  });
  return path;
}

function stroke({ dashed }: Curve, index: number): string {
  const dashes = dashed ? ' stroke-dasharray="6 4"' : '';
  return `fill="none" stroke="${COLORS[index % COLORS.length]}" stroke-width="2"${dashes}`;
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}"${attributes}>${escaped(content)}</text>`;
}

function fixed(coordinate: number): string {
  return coordinate.toFixed(1);
}

function escaped(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
