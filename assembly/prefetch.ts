/** Rows of tables that are larger than any cache are asked for before they are used, so that the waits for several of them overlap. */

/** The longest rows, in bytes, that are asked for line by line; of longer ones the processor foresees the next lines by itself. */
const SHORT_ROW: usize = 1024;
const LINE: usize = 64;

/** Asks for every line of a row, if it is short. */
export function prefetchRow(row: usize, bytes: usize): void {
  if (bytes > SHORT_ROW) return;
  for (let line: usize = 0; line < bytes; line += LINE) load<i32>(row + line);
}
