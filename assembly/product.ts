import { blockAdd, rowAdd } from './block';
import { multiplyNarrowAdd } from './narrow';
import { packPairs, panelColumns } from './pack';

/** Rows of the left matrix that are packed at a time: they stay in the first-level cache for all panels. */
const LEFT_ROWS: i32 = 32;

/** Bytes of `pairs` that multiplyPanelsAdd needs. */
export function pairBytes(k: i32): usize {
  return <usize>(LEFT_ROWS * 4) * k;
}

/** out[m,n] += a[m,k] · b[k,n], b as packPanels leaves it */
export function multiplyPanelsAdd(out: usize, a: usize, panels: usize, pairs: usize, m: i32, k: i32, n: i32): void {
  const row: usize = (<usize>n) << 2;
  const wide = panelColumns(n);
  if (wide > 0) {
    for (let i = 0; i < m; i += LEFT_ROWS) {
      const left = a + ((<usize>i * k) << 2);
      multiplyRowsAdd(out + <usize>i * row, row, left, panels, pairs, min(m - i, LEFT_ROWS), k, wide);
    }
  }
  if (wide === n) return;
  const place: usize = (<usize>wide) << 2;
  multiplyNarrowAdd(out + place, row, a, panels + place * k, m, k, n - wide);
}

/** The same for the n columns in panels and at most LEFT_ROWS rows; `row` is the bytes of a row of out. */
function multiplyRowsAdd(out: usize, row: usize, a: usize, panels: usize, pairs: usize, m: i32, k: i32, n: i32): void {
  const paired = m & ~1;
  packPairs(pairs, a, paired, k);
  for (let j = 0; j < n; j += 16) {
    let left = pairs;
    let to = out + ((<usize>j) << 2);
    for (let i = 0; i < paired; i += 2) {
      blockAdd(to, row, left, panels + ((<usize>j * k) << 2), k, 2, n - j);
      left += (<usize>k) << 3;
      to += 2 * row;
    }
  }
  if (paired < m) singleAdd(out + <usize>paired * row, a + ((<usize>paired * k) << 2), panels, pairs, k, n);
}

/** out[1,n] += a[1,k] · b[k,n] */
function singleAdd(out: usize, a: usize, panels: usize, pairs: usize, k: i32, n: i32): void {
  let j = 0;
  for (; j + 32 <= n; j += 32) rowAdd(out + ((<usize>j) << 2), a, panels + ((<usize>j * k) << 2), k);
  if (j === n) return;
  packPairs(pairs, a, 1, k);
  for (; j < n; j += 16) blockAdd(out + ((<usize>j) << 2), 0, pairs, panels + ((<usize>j * k) << 2), k, 1, n - j);
}
