import type { IntBuffer, Kernels } from '../kernels/kernels.js';
import { rowsPart, type TouchedRows } from '../network/gradients.js';
import { type TableShape, tablesOf } from '../network/parameters.js';
import type { Optimizer, Step } from './optimizer.js';
import type { TrainingTask } from './task.js';

/**
 * Moves rows of the column tables by the gradients of several shards. A row that several of them touched is moved by their
 * sum, added up in the order of the shards, or by each in that order where that comes to the same.
 */
export class RowMover {
  private readonly shapes: readonly TableShape[];
  /** Shape [M,2], M the rows that a shard touches at most. */
  private readonly pairs: IntBuffer;

  constructor(
    private readonly task: TrainingTask,
    private readonly use: 'input' | 'wide',
    private readonly optimizer: Optimizer,
    private readonly kernels: Kernels,
  ) {
    this.shapes = tablesOf(task.parameters.shapes, use);
    const most = task.shards.length === 0 ? 0 : this.memoryOf(0).touched.length;
    this.pairs = kernels.ints(2 * most);
  }

  /** Moves part p of so many, cut by id: every touched row belongs to one part, and all may be moved at the same time. */
  move(p: number, parts: number, shards: number, step: Step): void {
    const all: TouchedRows[] = [];
    for (let s = 0; s < shards; s++) all.push(this.touchedBy(s));
    const runs = parts === 1 ? all : this.cut(all, p, parts);
    if (!this.optimizer.takesTurns) this.sumUp(runs);
    for (const rows of runs) this.optimizer.moveRows(rows, this.use, step);
  }

  private touchedBy(shard: number): TouchedRows {
    return rowsPart(this.memoryOf(shard), this.shapes, 0, this.task.touched[this.use][shard]);
  }

  private memoryOf(shard: number): TouchedRows {
    const gradients = this.task.shards[shard];
    const rows = this.use === 'input' ? gradients : gradients.wide;
    if (rows === undefined) throw new Error('there is no such table');
    return rows;
  }

  /** The rows of each shard that are of part p: as many of the first shard's in each part. */
  private cut(all: readonly TouchedRows[], p: number, parts: number): TouchedRows[] {
    const ids = all.map(({ touched }) => this.kernels.viewInts(touched));
    const bound = (at: number): number => ids[0][Math.floor((at * ids[0].length) / parts)];
    return all.map((rows, s) => {
      const first = p === 0 ? 0 : firstFrom(ids[s], bound(p));
      const end = p === parts - 1 ? ids[s].length : firstFrom(ids[s], bound(p + 1));
      return rowsPart(rows, this.shapes, first, end - first);
    });
  }

  /** Leaves each row to the first shard that has it, with the sum of all. */
  private sumUp(runs: readonly TouchedRows[]): void {
    const { kernels, pairs, shapes } = this;
    runs.forEach((first, s) => {
      for (const other of runs.slice(s + 1)) {
        const count = kernels.matchColumns(first.touched, other.touched, pairs);
        first.tables.forEach((table, i) => {
          kernels.addRows(pairs, count, table, other.tables[i], shapes[i].columns);
        });
      }
    });
  }
}

/** The place of the first of ascending ids that is at least the given one. */
function firstFrom(ids: Int32Array, least: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rowOf(ids[middle]) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row that stands in a list, or stood there before it was struck, which another part may be doing meanwhile. */
function rowOf(id: number): number {
  return id < 0 ? ~id : id;
}
