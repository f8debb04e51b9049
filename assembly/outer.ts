import { blockAdd } from './block';
import { copyColumns16, copyPairs, roundUp } from './pack';

/** Pairs of rows that an outer sum takes at a time. */
const OUTER_ROWS: i32 = 256;

/** Bytes between lists of packed pairs: a line of the cache more than they fill, so that lists do not compete for the same lines. */
const PAIR_LIST: usize = 8 * OUTER_ROWS + 64;

/**
 * out[k,n] += Σ aᵀ b over pairs of rows a[k], b[n], which come in runs. Rows are packed until there are OUTER_ROWS, so
 * that one load and store of an element of out serves many of them.
 */
@unmanaged
export class OuterSum {
  out: usize;
  k: i32;
  n: i32;
  /** Shape [⌈k/2⌉,OUTER_ROWS,2]. */
  pairs: usize;
  /** Shape [⌈n/16⌉,OUTER_ROWS,16]. */
  panels: usize;
  /** Packed and not yet added. */
  rows: i32;

  begin(out: usize, k: i32, n: i32): void {
    this.out = out;
    this.k = k;
    this.n = n;
    this.pairs = changetype<usize>(this) + 64;
    this.panels = this.pairs + pairBytes(k);
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
    const n = this.n;
    const row: usize = (<usize>n) << 2;
    for (let j = 0; j < n; j += 16) {
      const right = this.panels + <usize>(4 * OUTER_ROWS) * j;
      let left = this.pairs;
      let to = this.out + ((<usize>j) << 2);
      for (let i = this.k; i > 0; i -= 2) {
        blockAdd(to, row, left, right, this.rows, i, n - j);
        left += PAIR_LIST;
        to += 2 * row;
      }
    }
    this.rows = 0;
  }

  private pack(a: usize, b: usize, count: i32): void {
    let left = this.pairs + ((<usize>this.rows) << 3);
    for (let i = this.k; i > 0; i -= 4) {
      copyPairs(left, PAIR_LIST, a, count, this.k, i);
      left += 2 * PAIR_LIST;
      a += 16;
    }
    let right = this.panels + ((<usize>this.rows) << 6);
    for (let j = this.n; j > 0; j -= 16) {
      copyColumns16(right, b, count, this.n, j);
      right += OUTER_ROWS * 64;
      b += 64;
    }
  }
}

/** Bytes of an OuterSum with its packed rows. */
export function outerBytes(k: i32, n: i32): usize {
  return 64 + pairBytes(k) + <usize>(4 * OUTER_ROWS) * roundUp(n, 16);
}

function pairBytes(k: i32): usize {
  return PAIR_LIST * (roundUp(k, 4) / 2);
}
