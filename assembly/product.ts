import { TILE } from './block';
import { blocksAdd } from './blocks';
import { multiplyNarrowAdd } from './narrow';
import { packPairs, panelColumns } from './pack';
import { rowAdd } from './row';

/** Rows of the left matrix that are packed at a time: they stay in the first-level cache for all panels. */
const LEFT_ROWS: i32 = 32;

/** Bytes of `pairs` that multiplyPanelsAdd needs: the packed rows, and a block. */
export function pairBytes(k: i32): usize {
  return rowsBytes(k) + TILE;
}

function rowsBytes(k: i32): usize {
  return <usize>(LEFT_ROWS * 4) * k;
}

/** out[m,n] += a[m,k] · b[k,n], b as packPanels leaves it */
export function multiplyPanelsAdd(out: usize, a: usize, panels: usize, pairs: usize, m: i32, k: i32, n: i32): void {
  const row: usize = (<usize>n) << 2;
  const inPanels = panelColumns(n);
  if (inPanels > 0) {
    for (let i = 0; i < m; i += LEFT_ROWS) {
      const left = a + ((<usize>i * k) << 2);
      multiplyRowsAdd(out + <usize>i * row, row, left, panels, pairs, min(m - i, LEFT_ROWS), k, inPanels);
    }
  }
  if (inPanels === n) return;
  const place: usize = (<usize>inPanels) << 2;
  multiplyNarrowAdd(out + place, row, a, panels + place * k, m, k, n - inPanels);
}

/** The same for the n columns in panels and at most LEFT_ROWS rows; `row` is the bytes of a row of out. */
function multiplyRowsAdd(out: usize, row: usize, a: usize, panels: usize, pairs: usize, m: i32, k: i32, n: i32): void {
  const paired = m & ~1;
  const lone = a + ((<usize>paired * k) << 2);
  const pair: usize = (<usize>k) << 3;
  const tile = pairs + rowsBytes(k);
  packPairs(pairs, a, paired, k);
  let j = 0;
  // a row without a partner reads two panels, while they are in the first-level cache
  for (; j + 32 <= n; j += 32, out += 128, panels += 16 * pair) {
    blocksAdd(out, row, pairs, pair, panels, k, paired, 16, tile);
    blocksAdd(out + 64, row, pairs, pair, panels + 8 * pair, k, paired, 16, tile);
    if (paired < m) rowAdd(out + <usize>paired * row, lone, panels, k);
  }
  if (j === n) return;
  packPairs(pairs + ((<usize>paired * k) << 2), lone, m - paired, k);
  for (; j < n; j += 16, out += 64, panels += 8 * pair) {
    blocksAdd(out, row, pairs, pair, panels, k, m, min(n - j, 16), tile);
  }
}
