import { cellAt, widthOf } from './cells.js';
import type { DistinctLines } from './distinct_lines.js';
import { type LineKind, lineKind, type Shape } from './line_kind.js';

/** The values of a column, each once: tokens and tags have few different ones. */
export interface Column {
  readonly values: readonly string[];
  /** Which value each of the table's different lines has; NO_CELL where it is no row of the usual width. */
  readonly ids: Int32Array;
}

/** In `ids`, a line that is no row of the usual width. */
export const NO_CELL = -1;

/** The lines of a column file as rows and columns. Every different line is looked at once, and a column when it is first asked for. */
export class Table {
  /** What each of the different lines is. */
  readonly kinds: readonly LineKind[];
  private readonly columns = new Map<number, Column>();

  /** `widths` are the cells of each different line, as `widthsOf` counts them. */
  constructor(
    readonly lines: DistinctLines,
    readonly shape: Shape,
    private readonly widths: Int32Array,
  ) {
    this.kinds = lines.values.map((line) => lineKind(line, shape));
  }

  /** The first line, from 0, that is the row of a token; −1 where there is none. */
  get firstRow(): number {
    const first = this.kinds.indexOf('token');
    return first < 0 ? first : this.lines.firsts[first];
  }

  /** The cell of that row in a column, counted from 0; empty where there is none. */
  firstCell(column: number): string {
    const first = this.kinds.indexOf('token');
    return first < 0 || this.widths[first] <= column ? '' : this.cell(first, column);
  }

  /** The different rows of the usual width, as places among the different lines. Others are reported as wrong, and say nothing of the columns. */
  *rows(): Generator<number, void, undefined> {
    for (let id = 0; id < this.kinds.length; id++) if (this.isRow(id)) yield id;
  }

  /** The cell of such a row in a column, counted from 0. */
  cell(row: number, column: number): string {
    return cellAt(this.lines.values[row], this.shape.separator, column);
  }

  /** A column, counted from 0, which stays in memory: where its values are mostly different, `cell` costs less. */
  column(column: number): Column {
    const known = this.columns.get(column) ?? this.read(column);
    this.columns.set(column, known);
    return known;
  }

  private read(column: number): Column {
    const values: string[] = [];
    const ids = new Int32Array(this.kinds.length).fill(NO_CELL);
    const known = new Map<string, number>();
    for (let row = 0; row < ids.length; row++) {
      if (!this.isRow(row)) continue;
      const cell = this.cell(row, column);
      let id = known.get(cell);
      if (id === undefined) {
        id = values.length;
        known.set(cell, id);
        values.push(cell);
      }
      ids[row] = id;
    }
    return { values, ids };
  }

  private isRow(id: number): boolean {
    return this.widths[id] === this.shape.columns && this.kinds[id] === 'token';
  }
}

/** How many cells each line has. */
export function widthsOf(lines: readonly string[], separator: string): Int32Array {
  const widths = new Int32Array(lines.length);
  for (let i = 0; i < lines.length; i++) widths[i] = widthOf(lines[i], separator);
  return widths;
}
