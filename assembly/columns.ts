/** Products with one-hot vectors: U x picks a column of U, stored as a row of the table, and dU touches only that. */

import { add4, load4 } from './lanes';

/** out[r,:] = bias + Σ table[id,:] over the one-hots of row r: U x + b. Those of row r are ids[starts[r]] to ids[starts[r+1]]. */
export function gatherColumns(
  rows: i32,
  starts: usize,
  ids: usize,
  table: usize,
  bias: usize,
  width: i32,
  out: usize,
): void {
  const bytes: usize = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(out, bias, bytes);
    const end = at(starts, r + 1);
    for (let i = at(starts, r); i < end; i++) addRow(out, table + <usize>at(ids, i) * bytes, width);
    out += bytes;
  }
}

/** dTouched[slot,:] += dOut[r,:] for every one-hot of row r. */
export function scatterColumns(rows: i32, starts: usize, slots: usize, dOut: usize, width: i32, dTouched: usize): void {
  const bytes: usize = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const end = at(starts, r + 1);
    for (let i = at(starts, r); i < end; i++) addRow(dTouched + <usize>at(slots, i) * bytes, dOut, width);
    dOut += bytes;
  }
}

function addRow(out: usize, row: usize, width: i32): void {
  for (let j = 0; j < width; j += 4) {
    add4(out, load4(row, width - j), width - j);
    out += 16;
    row += 16;
  }
}

function at(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}
