import { cellAt, widthOf } from './cells.js';
import { type LineKind, lineKind, type Shape } from './line_kind.js';

/** The values of a column, each once: tokens and tags have few different ones. */
export interface Column {
  readonly values: readonly string[];
  /** Which value each line has; NO_CELL where it is no row of the usual width. Shape [lines]. */
  readonly ids: Int32Array;
}

/** In `ids`, a line that is no row of the usual width. */
export const NO_CELL = -1;

/** The lines of a column file as rows and columns. Every line is looked at once, and a column when it is first asked for. */
export class Table {
  readonly kinds: readonly LineKind[];
  private readonly columns = new Map<number, Column>();

  /** `widths` are the cells of each line, as `widthsOf` counts them. */
  constructor(
    readonly lines: readonly string[],
    readonly shape: Shape,
    private readonly widths: Int32Array,
  ) {
    this.kinds = lines.map((line) => lineKind(line, shape));
  }

  /** The first line, from 0, that is the row of a token; −1 where there is none. */
  get firstRow(): number {
    return this.kinds.indexOf('token');
  }

  /** The cell of that row in a column, counted from 0; empty where there is none. */
  firstCell(column: number): string {
    const { firstRow, widths } = this;
    return firstRow < 0 || widths[firstRow] <= column ? '' : this.cell(firstRow, column);
  }

  /** The lines, from 0, that are rows of the usual width. Others are reported as wrong, and say nothing of the columns. */
  *rows(): Generator<number, void, undefined> {
    for (let i = 0; i < this.lines.length; i++) if (this.isRow(i)) yield i;
  }

  /** The cell of a row in a column, both counted from 0. */
  cell(row: number, column: number): string {
    return cellAt(this.lines[row], this.shape.separator, column);
  }

  /** A column, counted from 0, which stays in memory: where its values are mostly different, `cell` costs less. */
  column(column: number): Column {
    const known = this.columns.get(column) ?? this.read(column);
    this.columns.set(column, known);
    return known;
  }

  private read(column: number): Column {
    const { lines } = this;
    const values: string[] = [];
    const ids = new Int32Array(lines.length).fill(NO_CELL);
    const known = new Map<string, number>();
    for (let i = 0; i < lines.length; i++) {
      if (!this.isRow(i)) continue;
      const cell = this.cell(i, column);
      let id = known.get(cell);
      if (id === undefined) {
        id = values.length;
        known.set(cell, id);
        values.push(cell);
      }
      ids[i] = id;
    }
    return { values, ids };
  }

  private isRow(line: number): boolean {
    return this.widths[line] === this.shape.columns && this.kinds[line] === 'token';
  }
}

/** How many cells each line has. */
export function widthsOf(lines: readonly string[], separator: string): Int32Array {
  const widths = new Int32Array(lines.length);
  for (let i = 0; i < lines.length; i++) widths[i] = widthOf(lines[i], separator);
  return widths;
}
