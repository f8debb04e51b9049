/** How many columns a row has. */
export function widthOf(row: string, separator: string): number {
  let width = 1;
  for (let at = row.indexOf(separator); at >= 0; at = row.indexOf(separator, at + 1)) width++;
  return width;
}

/** The cell of a column, counted from 0, of a row that has it. */
export function cellAt(row: string, separator: string, column: number): string {
  let start = 0;
  for (let c = 0; c < column; c++) start = row.indexOf(separator, start) + 1;
  const end = row.indexOf(separator, start);
  return end < 0 ? row.slice(start) : row.slice(start, end);
}

/** Whether a tag fits in a cell: it has no control character. */
export function fitsCell(tag: string): boolean {
  return !/\p{Cc}/u.test(tag);
}

/** A token as one cell: its own tabs and line breaks, which a line of JSON may hold, as spaces. */
export function asCell(token: string): string {
  return token.replace(CELL_ENDS, ' ');
}

const CELL_ENDS = /[\t\n\r]/g;
