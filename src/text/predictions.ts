import { DataError } from '../errors.js';
import { type ColumnLayout, type LaidOut, lastTagColumn, layOut } from './layout.js';
import { beginsJson } from './parse_json.js';
import { quoted } from './quote.js';
import { isTag } from './tags.js';
import { readEach } from './wrong_lines.js';

/** A sentence with its gold and its predicted tags; all of shape [T]. */
export interface PredictedSentence {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  /** The line of each token, from 1. */
  readonly lines: readonly number[];
  /** Empty strings where the file has no column but the two of tags. */
  readonly tokens: readonly string[];
}

/** A first column that marks the boundary of sentences, as a blank line does. */
const BOUNDARY = '-X-';
const LONE_BOUNDARIES: readonly string[] = [BOUNDARY, '-DOCSTART-'];

type Writable<S> = { -readonly [K in keyof S]: S[K] extends readonly (infer E)[] ? E[] : never };

/**
 * Reads a file of gold and predicted tags as the scoring script of CoNLL-2000 does: the last two columns are gold and
 * predicted, columns stand a space (or, detected per file, a tab) apart, separators at a line's end count for nothing,
 * a blank line or a first column `-X-` ends a sentence, and a `-DOCSTART-` row of full width is a token like any other.
 * Beyond the script, the comments, ranges and empty nodes of CoNLL-U are skipped, `-X-` or `-DOCSTART-` without further
 * columns ends a sentence, and where the last column but one holds no tag at all, gold is the last column of tags before
 * it: a prediction was appended to columns that follow the gold tags.
 * @throws DataError if rows have unequal or fewer than two columns, if a value is no tag, or if there is no row
 */
export function readPredictions(lines: readonly string[], source: string): { sentences: PredictedSentence[] } {
  if (beginsJson(lines.find((line) => line.trim() !== '') ?? '')) {
    throw new DataError(
      'this looks like JSON Lines, but predictions stand in columns, the last two gold and predicted tags',
      {
        at: { source },
        hint: '`ner eval GOLD --predictions FILE` scores such predictions, and `ner eval GOLD --model FILE` a model',
      },
    );
  }
  const trimmed = lines.map((line) => line.replace(/[ \t]+$/, ''));
  const laidOut = layOut(trimmed, source);
  const { table, layout } = laidOut;
  const tokenColumn = placeToken(layout);
  const goldColumn = placeGold(laidOut);
  const sentences: Writable<PredictedSentence>[] = [];
  let open: Writable<PredictedSentence> | undefined;
  readEach(trimmed, (text, i) => {
    const kind = table.kinds[table.lines.ids[i]];
    if (kind === 'comment' || kind === 'skipped' || (kind === 'document' && text.startsWith('#'))) return;
    const cells =
      kind === 'blank' || LONE_BOUNDARIES.includes(text) ? [BOUNDARY] : rowCells(text, layout, source, i + 1);
    if (cells[0] === BOUNDARY) {
      open = undefined;
      return;
    }
    if (open === undefined) {
      open = { gold: [], predicted: [], lines: [], tokens: [] };
      sentences.push(open);
    }
    open.gold.push(tagAt(cells, goldColumn, source, i + 1));
    open.predicted.push(tagAt(cells, layout.columns - 1, source, i + 1));
    open.lines.push(i + 1);
    open.tokens.push(tokenColumn === undefined ? '' : cells[tokenColumn]);
  });
  return { sentences };
}

function placeToken({ columns, indexColumn }: ColumnLayout): number | undefined {
  if (columns < 3) return undefined;
  return indexColumn !== undefined && columns > 3 ? 1 : 0;
}

function placeGold({ table, layout }: LaidOut): number {
  const lastButOne = layout.columns - 2;
  if (lastButOne < 0) return lastButOne;
  // with a single tag it is the gold column, and what else it holds an error: an earlier column may be of phrase chunks
  for (const row of table.rows()) if (isTag(table.cell(row, lastButOne))) return lastButOne;
  const first = (placeToken(layout) ?? -1) + 1;
  const earlier = [...Array(layout.columns).keys()].slice(first, -2);
  return lastTagColumn(table, earlier) ?? lastButOne;
}

function rowCells(row: string, layout: ColumnLayout, source: string, line: number): string[] {
  const cells = row.split(layout.separator);
  const expected = layout.columns < 2 ? 'at least 2 columns' : `${layout.columns} columns`;
  if (cells.length >= 2 && cells.length === layout.columns) return cells;
  throw new DataError(`expected ${expected} (the last two gold and predicted), found ${cells.length}: ${quoted(row)}`, {
    at: { source, line },
    hint: 'every row needs as many columns as the others, with one tab or one space between two',
  });
}

function tagAt(cells: readonly string[], column: number, source: string, line: number): string {
  const value = cells[column];
  if (isTag(value)) return value;
  throw new DataError(
    `column ${column + 1} (${column === cells.length - 1 ? 'predicted' : 'gold'}): ${quoted(value)} is not a tag`,
    {
      at: { source, line },
      hint: 'the last two columns must be the gold and the predicted tags: O, or a prefix and a type such as B-PER',
    },
  );
}
