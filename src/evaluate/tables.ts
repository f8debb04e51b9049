import { describePlace } from '../errors.js';
import type { Calibration } from './calibration.js';
import type { ConfusionCell } from './confusion.js';
import { twoDecimals } from './conlleval.js';
import type { Details } from './details.js';
import { alignColumns } from './display.js';
import type { FrequentError, NamedEntity } from './frequent.js';
import { compareCodePoints } from './order.js';
import type { Measures, Score, Tally } from './score.js';
import type { SeenScores } from './seen.js';

/** A wider confusion table no longer fits a terminal. */
const MOST_TYPES = 12;
const MOST_ERRORS = 20;

/** A score and what stands behind it as lines of plain text: tables under headings, a blank line between them. */
export function detailLines(score: Score, details: Details): string[] {
  const sections = [countLines(score), confusionLines(details.confusion)];
  if (details.bySeen !== null) sections.push(seenLines(details.bySeen));
  if (details.calibration !== null) sections.push(calibrationLines(details.calibration));
  sections.push(errorLines(details.errors));
  return sections.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function percentages({ precision, recall, f1 }: Measures): string[] {
  return [precision, recall, f1].map((fraction) => twoDecimals(100 * fraction));
}

function tallyCells({ tp, fp, fn }: Tally): string[] {
  return [tp, fp, fn].map(String);
}

function countLines({ perType, micro, macro }: Score): string[] {
  const rows = [...perType].map(([type, tally]) => [type, ...tallyCells(tally), ...percentages(tally)]);
  const heading = ['type', 'TP', 'FP', 'FN', 'precision', 'recall', 'F1'];
  const total = ['all (micro)', ...tallyCells(micro), ...percentages(micro)];
  const mean = ['mean of types (macro)', '', '', '', ...percentages(macro)];
  return [
    'Entities by type (TP correct, FP made up, FN missed; %)',
    ...alignColumns([heading, ...rows, total, mean], '<>>>>>>'),
  ];
}

function seenLines({ seen, unseen }: SeenScores): string[] {
  const rows = [
    ['', 'gold', 'predicted', 'correct', 'precision', 'recall', 'F1'],
    ...Object.entries({ seen, unseen }).map(([name, tally]) => {
      const counts = [tally.tp + tally.fn, tally.tp + tally.fp, tally.tp].map(String);
      return [name, ...counts, ...percentages(tally)];
    }),
  ];
  return ['Entities seen in training with the same type, and unseen (%)', ...alignColumns(rows, '<>>>>>>')];
}

function calibrationLines({ error, bins }: Calibration): string[] {
  const rows = bins
    .filter(({ predicted }) => predicted > 0)
    .map(({ from, to, predicted, correct, probability, precision }) => [
      `${from.toFixed(1)} to ${to.toFixed(1)}`,
      ...[predicted, correct].map(String),
      ...[probability, precision].map((fraction) => twoDecimals(100 * fraction)),
    ]);
  return [
    `Calibration (predicted entities by their probability; %): expected error ${twoDecimals(100 * error)}`,
    ...alignColumns([['probability', 'predicted', 'correct', 'mean probability', 'precision'], ...rows], '<>>>>'),
  ];
}

function confusionLines(cells: readonly ConfusionCell[]): string[] {
  const heading =
    'Confusion of types (rows gold, columns predicted, for equal spans; boundary: same type, overlapping span)';
  const all = typesByFrequency(cells);
  if (all.length === 0) return [heading, 'no entities'];
  const types = all.slice(0, MOST_TYPES).sort(compareCodePoints);
  const rows = [
    ['', ...types, 'boundary', 'missed'],
    ...types.map((type) => confusionRow(type, types, cells)),
    ['spurious', ...types.map((type) => count(cells, 'spurious', null, type)), '', ''],
  ];
  const table = alignColumns(rows, `<${'>'.repeat(types.length + 2)}`);
  const rest = all.length - types.length;
  return [heading, ...table, ...(rest > 0 ? [`(the ${rest} rarest types are not shown)`] : [])];
}

function confusionRow(gold: string, types: readonly string[], cells: readonly ConfusionCell[]): string[] {
  const equalSpans = types.map((type) => count(cells, type === gold ? 'correct' : 'type', gold, type));
  return [gold, ...equalSpans, count(cells, 'boundary', gold, gold), count(cells, 'missed', gold, null)];
}

function count(
  cells: readonly ConfusionCell[],
  kind: ConfusionCell['kind'],
  gold: string | null,
  predicted: string | null,
): string {
  const cell = cells.find((other) => other.kind === kind && other.gold === gold && other.predicted === predicted);
  return String(cell?.count ?? 0);
}

function typesByFrequency(cells: readonly ConfusionCell[]): string[] {
  const frequencies = new Map<string, number>();
  for (const { gold, predicted, count: times } of cells) {
    for (const type of [gold, predicted]) {
      if (type !== null) frequencies.set(type, (frequencies.get(type) ?? 0) + times);
    }
  }
  return [...frequencies].sort(([a, m], [b, n]) => n - m || compareCodePoints(a, b)).map(([type]) => type);
}

function errorLines(errors: readonly FrequentError[]): string[] {
  if (errors.length === 0) return ['Most frequent errors', 'none'];
  const rows = errors
    .slice(0, MOST_ERRORS)
    .map(({ count: times, kind, gold, predicted, places }) => [
      String(times),
      kind,
      entityCell(gold),
      entityCell(predicted),
      places.map(describePlace).join(', ') + (times > places.length ? ', …' : ''),
    ]);
  return [
    'Most frequent errors',
    ...alignColumns([['count', 'kind', 'gold', 'predicted', 'first at'], ...rows], '><<<<'),
  ];
}

function entityCell(entity: NamedEntity | null): string {
  return entity === null ? '-' : `${entity.text} (${entity.type})`;
}
