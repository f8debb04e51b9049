import { blockAdd } from './block';
import { wideBlockAdd } from './wide_block';

let wideVectors: bool = false;

/** Says that the engine computes two neighbouring vectors as one of eight floats: other blocks are faster then; no result depends on it. */
export function useWideVectors(): void {
  wideVectors = true;
}

/**
 * out[rows,width] += leftᵀ · right[k,16] with `width` ≤ 16; `stride` is the bytes between two rows of out. The left side is lists of pairs
 * [⌈rows/2⌉,k,2], `apart` bytes from one to the next. `tile` is memory of a block.
 */
export function blocksAdd(
  out: usize,
  stride: usize,
  left: usize,
  apart: usize,
  right: usize,
  k: i32,
  rows: i32,
  width: i32,
  tile: usize,
): void {
  if (wideVectors && width >= 16) {
    for (; rows >= 4; rows -= 4, out += 4 * stride, left += 2 * apart) wideBlockAdd(out, stride, left, apart, right, k);
  }
  for (; rows > 0; rows -= 2, out += 2 * stride, left += apart) {
    blockAdd(out, stride, left, right, k, rows, width, tile);
  }
}
