import { alignColumns, displayWidth } from '../evaluate/display.js';
import { visible } from '../text/visible.js';

/** A labelled value of at least 0. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Columns that a label may take. */
const LABEL_WIDTH = 20;
const SHORTEST_BAR = 10;
/** 1/8 to 8/8 of a column. */
const EIGHTHS = '▏▎▍▌▋▊▉█';

/**
 * A horizontal bar chart on a logarithmic scale, one line a bar: label, value, bar; the last line tells the scale, which
 * reaches from the power of ten below the least value to the one above the largest. A value of 0 has no bar.
 *
 * @param width columns of a line
 */
export function logBarChart(bars: readonly Bar[], width: number): string[] {
  const logs = bars.filter(({ value }) => value > 0).map(({ value }) => Math.log10(value));
  const labelled = alignColumns(
    bars.map(({ label, value }) => [shortened(label), value === 0 ? '0' : value.toExponential(1)]),
    '<>',
  );
  if (logs.length === 0) return [...labelled, 'every value is 0'];
  const highest = logs.reduce((a, b) => Math.max(a, b));
  const most = Math.ceil(highest);
  const least = Math.min(Math.floor(logs.reduce((a, b) => Math.min(a, b))), most - 1);
  const used = labelled.reduce((widest, line) => Math.max(widest, displayWidth(line)), 0) + 2;
  const room = Math.max(width - used, SHORTEST_BAR);
  const lines = labelled.map((line, i) => {
    const { value } = bars[i];
    if (value === 0) return line;
    return `${line}  ${bar(((Math.log10(value) - least) / (most - least)) * room)}`;
  });
  return [...lines, `${' '.repeat(used)}logarithmic, 1e${least} to 1e${most}`];
}

/** At least an eighth of a column, so that a bar can be told from none. */
function bar(columns: number): string {
  const eighths = Math.max(Math.round(columns * 8), 1);
  const rest = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : EIGHTHS[rest - 1]);
}

function shortened(label: string): string {
  const text = visible(label);
  if (displayWidth(text) <= LABEL_WIDTH) return text;
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character) >= LABEL_WIDTH) break;
    kept += character;
  }
  return `${kept}…`;
}
