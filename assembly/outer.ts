import { TILE } from './block';
import { blocksAdd } from './blocks';
import { copyColumns16, copyPairs, roundUp } from './pack';

/** Pairs of rows that an outer sum takes at a time. */
const OUTER_ROWS: i32 = 256;

/** Bytes between lists of packed pairs: a line of the cache more than they fill, so that lists do not compete for the same lines. */
const PAIR_LIST: usize = 8 * OUTER_ROWS + 64;

/**
 * out[k,n] += Σ aᵀ b over pairs of rows a[k], b[n], which come in runs. Rows are packed until there are OUTER_ROWS, so
 * that one load and store of an element of out serves many of them.
 *
 * The left side of the blocks comes in pairs of columns, the right in sixteens. Where ⌈k/2⌉ × ⌈n/16⌉ blocks would be more than
 * ⌈n/2⌉ × ⌈k/16⌉ (n = 9 tags, say), the sum is that of bᵀ a, and its blocks are transposed when they are added.
 */
@unmanaged
export class OuterSum {
  out: usize;
  n: i32;
  transposed: bool;
  /** Columns of the left side, and of the right. */
  L: i32;
  M: i32;
  /** Shape [2,16]. */
  tile: usize;
  /** Shape [L,16], where the sum is transposed. */
  sums: usize;
  /** Shape [⌈L/2⌉,OUTER_ROWS,2]. */
  pairs: usize;
  /** Shape [⌈M/16⌉,OUTER_ROWS,16]. */
  panels: usize;
  /** Packed and not yet added. */
  rows: i32;

  begin(out: usize, k: i32, n: i32): void {
    this.out = out;
    this.n = n;
    this.transposed = isTransposed(k, n);
    this.L = this.transposed ? n : k;
    this.M = this.transposed ? k : n;
    this.tile = changetype<usize>(this) + 64;
    this.sums = this.tile + TILE;
    this.pairs = this.sums + sumBytes(k, n);
    this.panels = this.pairs + pairBytes(this.L);
    this.rows = 0;
  }

  /** `count` rows of a [count,k] and b [count,n] */
  add(a: usize, b: usize, count: i32): void {
    const left = this.transposed ? b : a;
    const right = this.transposed ? a : b;
    for (let r = 0; r < count; ) {
      const taken = min(count - r, OUTER_ROWS - this.rows);
      this.pack(left + ((<usize>r * this.L) << 2), right + ((<usize>r * this.M) << 2), taken);
      this.rows += taken;
      r += taken;
      if (this.rows === OUTER_ROWS) this.end();
    }
  }

  /** Adds what is packed. */
  end(): void {
    const row: usize = (<usize>this.n) << 2;
    for (let j = 0; j < this.M; j += 16) {
      const right = this.panels + <usize>(4 * OUTER_ROWS) * j;
      const width = min(this.M - j, 16);
      if (this.transposed) this.addTransposed(right, j, width);
      else {
        const out = this.out + ((<usize>j) << 2);
        blocksAdd(out, row, this.pairs, PAIR_LIST, right, this.rows, this.L, width, this.tile);
      }
    }
    this.rows = 0;
  }

  private pack(left: usize, right: usize, count: i32): void {
    let pair = this.pairs + ((<usize>this.rows) << 3);
    for (let i = this.L; i > 0; i -= 4) {
      copyPairs(pair, PAIR_LIST, left, count, this.L, i);
      pair += 2 * PAIR_LIST;
      left += 16;
    }
    let panel = this.panels + ((<usize>this.rows) << 6);
    for (let j = this.M; j > 0; j -= 16) {
      copyColumns16(panel, right, count, this.M, j);
      panel += OUTER_ROWS * 64;
      right += 64;
    }
  }

  /** Columns j to j + `width` of the right side, whose rows and columns are the other way about in out. */
  private addTransposed(right: usize, j: i32, width: i32): void {
    const L = this.L;
    const sums = this.sums;
    memory.fill(sums, 0, (<usize>L) << 6);
    blocksAdd(sums, 64, this.pairs, PAIR_LIST, right, this.rows, L, 16, this.tile);
    for (let c = 0; c < width; c++) {
      let from = sums + ((<usize>c) << 2);
      let to = this.out + ((<usize>((j + c) * L)) << 2);
      for (let i = 0; i < L; i++, from += 64, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
    }
  }
}

/** Bytes of an OuterSum with its packed rows. */
export function outerBytes(k: i32, n: i32): usize {
  const L = isTransposed(k, n) ? n : k;
  return 64 + TILE + sumBytes(k, n) + pairBytes(L) + <usize>(4 * OUTER_ROWS) * roundUp(k + n - L, 16);
}

function sumBytes(k: i32, n: i32): usize {
  return isTransposed(k, n) ? (<usize>n) << 6 : 0;
}

function isTransposed(k: i32, n: i32): bool {
  return roundUp(k, 2) * roundUp(n, 16) > roundUp(n, 2) * roundUp(k, 16);
}

function pairBytes(k: i32): usize {
  return PAIR_LIST * (roundUp(k, 4) / 2);
}
