/** What two shards of a batch say of the same rows of a table. */

import { addRow } from './lanes';
import { at, put } from './lists';

/**
 * The places, pairs [P,2], of the rows that two ascending lists have both, which are struck from the second: there stands ~id then. What was
 * struck before is no row. Returns P.
 */
export function matchColumns(touched: usize, n: i32, other: usize, m: i32, pairs: usize): i32 {
  let P = 0;
  for (let i = 0, j = 0; i < n && j < m; ) {
    const id = at(touched, i);
    const order = rowOf(id) - rowOf(at(other, j));
    if (order === 0 && id >= 0 && at(other, j) >= 0) {
      put(pairs, 2 * P, i);
      put(pairs, 2 * P + 1, j);
      put(other, j, ~id);
      P++;
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return P;
}

function rowOf(id: i32): i32 {
  return id < 0 ? ~id : id;
}

/** d[i,:] += e[j,:] for each of P pairs */
export function addRows(pairs: usize, P: i32, d: usize, e: usize, width: i32): void {
  for (let p = 0; p < P; p++) {
    const to = d + ((<usize>at(pairs, 2 * p) * width) << 2);
    const from = e + ((<usize>at(pairs, 2 * p + 1) * width) << 2);
    addRow(to, to, from, width);
  }
}
