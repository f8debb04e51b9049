import { type FloatBuffer, type Kernels, part } from '../kernels/kernels.js';

/** Rows [R,width] that a matrix reads, and where their gradients accumulate. */
export interface Block {
  readonly values: FloatBuffer;
  readonly dValues: FloatBuffer;
  readonly width: number;
}

/** out [R,n] += [block block …] · matrix, whose rows belong to the blocks one after the other. */
export function multiplyBlocks(
  kernels: Kernels,
  blocks: readonly Block[],
  matrix: FloatBuffer,
  rows: number,
  n: number,
  out: FloatBuffer,
): void {
  let first = 0;
  for (const { values, width } of blocks) {
    kernels.multiplyAdd(out, values, part(matrix, first, width * n), rows, width, n);
    first += width * n;
  }
}

/** The gradients of the blocks, and of the matrix where that is asked for, from dOut [R,n]. */
export function multiplyBlocksBackward(
  kernels: Kernels,
  blocks: readonly Block[],
  matrix: FloatBuffer,
  dMatrix: FloatBuffer | undefined,
  rows: number,
  n: number,
  dOut: FloatBuffer,
): void {
  let first = 0;
  for (const { values, dValues, width } of blocks) {
    if (dMatrix) kernels.outerAdd(part(dMatrix, first, width * n), values, dOut, rows, width, n);
    kernels.multiplyTransposedAdd(dValues, dOut, part(matrix, first, width * n), rows, n, width);
    first += width * n;
  }
}
