import type { Cell, Style } from './screen.js';

/** A window: its title and its rows of characters. */
export interface Window {
  readonly title: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Pixels. A character of the usual monospaced fonts is 0.6 times as wide as the font's size. */
const FONT = 14;
const CHARACTER = 8.4;
const LINE = 20;
const PADDING = 20;
const BAR = 36;
const GAP = 20;

const COLORS: ReadonlyMap<number | undefined, string> = new Map([
  [undefined, '#d8dee9'],
  [31, '#f47067'],
  [32, '#8ddb8c'],
  [33, '#f2cc60'],
  [34, '#6cb6ff'],
  [35, '#dcbdfb'],
  [36, '#76e3ea'],
  [90, '#768390'],
]);

/**
 * Terminal windows of so many columns, one below the other, as an SVG picture without scripts or fonts of its own. `label`
 * says what it shows to those who cannot see it. Throws where a row is wider and where it does not know a colour.
 */
export function drawWindows(windows: readonly Window[], columns: number, label: string): string {
  const width = Math.ceil(columns * CHARACTER) + 2 * PADDING;
  const parts: string[] = [];
  let top = 0;
  for (const window of windows) {
    const widest = Math.max(...window.rows.map(({ length }) => length));
    if (widest > columns) throw new Error(`a row of ${widest} characters in a window of ${columns} columns`);
    const height = BAR + window.rows.length * LINE + PADDING;
    parts.push(...drawWindow(window, { top, width, height }));
    top += height + GAP;
  }
  const height = top - GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(label)}</title>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT}">`,
    ...parts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawWindow(
  { title, rows }: Window,
  { top, width, height }: { readonly top: number; readonly width: number; readonly height: number },
): string[] {
  const frame = `x="0.5" y="${top + 0.5}" width="${width - 1}" height="${height - 1}" rx="9"`;
  const buttons = ['#f47067', '#f2cc60', '#8ddb8c'].map(
    (color, i) => `<circle cx="${PADDING + 18 * i}" cy="${top + BAR / 2}" r="5.5" fill="${color}"/>`,
  );
  const middle = `x="${width / 2}" y="${top + BAR / 2 + 4.5}" text-anchor="middle"`;
  return [
    `<rect ${frame} fill="#1c2128" stroke="#444c56"/>`,
    ...buttons,
    `<text ${middle} fill="#768390" font-size="13">${escaped(title)}</text>`,
    ...rows.map((row, i) => drawRow(row, top + BAR + (i + 0.75) * LINE)),
  ];
}

/** A row as a text in which each stretch of one style stands at its column, so that no font can shift what follows. */
function drawRow(row: readonly Cell[], baseline: number): string {
  const stretches: string[] = [];
  for (let start = 0; start < row.length; ) {
    const { style } = row[start];
    let end = start + 1;
    while (end < row.length && row[end].style === style) end++;
    const text = row.slice(start, end).map(({ character }) => character);
    const x = (PADDING + start * CHARACTER).toFixed(1);
    const length = (text.length * CHARACTER).toFixed(1);
    stretches.push(`<tspan x="${x}" textLength="${length}" ${attributesOf(style)}>${escaped(text.join(''))}</tspan>`);
    start = end;
  }
  return `<text y="${baseline}" xml:space="preserve">${stretches.join('')}</text>`;
}

function attributesOf({ color, bold, dim, underline }: Style): string {
  const fill = COLORS.get(color);
  if (fill === undefined) throw new Error(`no colour for SGR ${color}`);
  return [
    `fill="${fill}"`,
    ...(bold ? ['font-weight="bold"'] : []),
    ...(dim ? ['fill-opacity="0.6"'] : []),
    ...(underline ? ['text-decoration="underline"'] : []),
  ].join(' ');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
