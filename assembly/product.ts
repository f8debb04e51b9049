import { blockAdd, rowAdd } from './block';
import { copyColumns4, copyColumns8, packLefts, roundUp } from './pack';

/** Rows of the left matrix that are packed at a time: they stay in the first-level cache for all panels. */
const LEFT_ROWS: i32 = 64;

/** Bytes of `lefts` that multiplyPanelsAdd needs. */
export function leftBytes(k: i32): usize {
  return <usize>(LEFT_ROWS * 4) * k;
}

/** out[m,n] += a[m,k] · b[k,n], b given as panels [⌈n/8⌉,k,8] */
export function multiplyPanelsAdd(out: usize, a: usize, panels: usize, lefts: usize, m: i32, k: i32, n: i32): void {
  for (let i = 0; i < m; i += LEFT_ROWS) {
    const rows = min(m - i, LEFT_ROWS);
    chunkAdd(out + ((<usize>i * n) << 2), a + ((<usize>i * k) << 2), panels, lefts, rows, k, n);
  }
}

function chunkAdd(out: usize, a: usize, panels: usize, lefts: usize, m: i32, k: i32, n: i32): void {
  const single = (m & 3) === 1;
  const blocked = single ? m - 1 : m;
  packLefts(lefts, a, blocked, k);
  for (let j = 0; j < n; j += 8) {
    const right = panels + ((<usize>j * k) << 2);
    for (let i = 0; i < blocked; i += 4) {
      const left = lefts + ((<usize>i * k) << 2);
      blockAdd(out + ((<usize>(i * n + j)) << 2), (<usize>n) << 2, left, right, k, blocked - i, n - j);
    }
  }
  if (single) singleAdd(out + ((<usize>blocked * n) << 2), a + ((<usize>blocked * k) << 2), panels, lefts, k, n);
}

/** out[1,n] += a[1,k] · b[k,n] */
function singleAdd(out: usize, a: usize, panels: usize, lefts: usize, k: i32, n: i32): void {
  let j = 0;
  for (; j + 32 <= n; j += 32) rowAdd(out + ((<usize>j) << 2), a, panels + ((<usize>j * k) << 2), k);
  if (j === n) return;
  packLefts(lefts, a, 1, k);
  for (; j < n; j += 8) blockAdd(out + ((<usize>j) << 2), 0, lefts, panels + ((<usize>j * k) << 2), k, 1, n - j);
}

/** Pairs of rows that an outer sum takes at a time. */
const OUTER_ROWS: i32 = 256;

/**
 * out[k,n] += Σ aᵀ b over pairs of rows a[k], b[n], which come in runs. Rows are packed until there are OUTER_ROWS, so
 * that one load and store of an element of out serves many of them.
 */
@unmanaged
export class OuterSum {
  out: usize;
  k: i32;
  n: i32;
  /** Shape [⌈k/4⌉,OUTER_ROWS,4]. */
  lefts: usize;
  /** Shape [⌈n/8⌉,OUTER_ROWS,8]. */
  panels: usize;
  /** Packed and not yet added. */
  rows: i32;

  begin(out: usize, k: i32, n: i32): void {
    this.out = out;
    this.k = k;
    this.n = n;
    this.lefts = changetype<usize>(this) + 64;
    this.panels = this.lefts + <usize>(4 * OUTER_ROWS) * roundUp(k, 4);
    this.rows = 0;
  }

  /** `count` rows of a [count,k] and b [count,n] */
  add(a: usize, b: usize, count: i32): void {
    for (let r = 0; r < count; ) {
      const taken = min(count - r, OUTER_ROWS - this.rows);
      this.pack(a + ((<usize>r * this.k) << 2), b + ((<usize>r * this.n) << 2), taken);
      this.rows += taken;
      r += taken;
      if (this.rows === OUTER_ROWS) this.end();
    }
  }

  /** Adds what is packed. */
  end(): void {
    const k = this.k;
    const n = this.n;
    for (let j = 0; j < n; j += 8) {
      const right = this.panels + <usize>(4 * OUTER_ROWS) * j;
      for (let i = 0; i < k; i += 4) {
        const left = this.lefts + <usize>(4 * OUTER_ROWS) * i;
        blockAdd(this.out + ((<usize>(i * n + j)) << 2), (<usize>n) << 2, left, right, this.rows, k - i, n - j);
      }
    }
    this.rows = 0;
  }

  private pack(a: usize, b: usize, count: i32): void {
    let left = this.lefts + ((<usize>this.rows) << 4);
    for (let i = 0; i < this.k; i += 4) {
      copyColumns4(left, a + ((<usize>i) << 2), count, this.k, this.k - i);
      left += OUTER_ROWS * 16;
    }
    let right = this.panels + ((<usize>this.rows) << 5);
    for (let j = 0; j < this.n; j += 8) {
      copyColumns8(right, b + ((<usize>j) << 2), count, this.n, this.n - j);
      right += OUTER_ROWS * 32;
    }
  }
}

/** Bytes of an OuterSum with its packed rows. */
export function outerBytes(k: i32, n: i32): usize {
  return 64 + <usize>(4 * OUTER_ROWS) * (roundUp(k, 4) + roundUp(n, 8));
}
