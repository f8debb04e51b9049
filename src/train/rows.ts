import { type FloatBuffer, type IntBuffer, type Kernels, part } from '../kernels/kernels.js';
import { rowsPart, type TouchedRows } from '../network/gradients.js';
import { type TableShape, tablesOf } from '../network/parameters.js';
import type { Optimizer, Step } from './optimizer.js';
import type { TrainingTask } from './task.js';

/** Rows that are summed and moved at a time: few enough to stay in the cache. */
const CHUNK = 64;

/** A run of the rows that a shard touched, ids ascending. */
interface Run {
  readonly rows: TouchedRows;
  readonly ids: Int32Array;
  /** The first row not taken yet. */
  next: number;
  readonly end: number;
}

/**
 * Moves rows of the column tables by the gradients of several shards. A row that several of them touched is moved by their
 * sum, added up in the order of the shards, or by each in that order where that comes to the same.
 */
export class RowMover {
  private readonly shapes: readonly TableShape[];
  /** 0, 1, 2 …: one row of a gradient to one slot. */
  private readonly starts: IntBuffer;
  private readonly slots: IntBuffer;
  private readonly touched: IntBuffer;
  /** Shape [CHUNK,C] a table. */
  private readonly sums: readonly FloatBuffer[];

  constructor(
    private readonly task: TrainingTask,
    private readonly use: 'input' | 'wide',
    private readonly optimizer: Optimizer,
    private readonly kernels: Kernels,
  ) {
    this.shapes = tablesOf(task.parameters.shapes, use);
    this.starts = kernels.ints(CHUNK + 1);
    this.slots = kernels.ints(CHUNK);
    this.touched = kernels.ints(CHUNK);
    this.sums = this.shapes.map(({ columns }) => kernels.floats(CHUNK * columns));
    kernels.viewInts(this.starts).set(Array.from({ length: CHUNK + 1 }, (_, i) => i));
  }

  /** Moves part p of so many, cut by id: every touched row belongs to one part, and all may be moved at the same time. */
  move(p: number, parts: number, shards: number, step: Step): void {
    const all = Array.from({ length: shards }, (_, s) => this.touchedBy(s));
    const inTurn = shards === 1 || this.optimizer.addsUp;
    if (parts === 1 && inTurn) {
      for (const rows of all) this.optimizer.moveRows(rows, this.use, step);
      return;
    }
    const ids = all.map(({ touched }) => this.kernels.viewInts(touched).slice());
    const bound = (at: number): number => ids[0][Math.floor((at * ids[0].length) / parts)];
    const runs = all.map((rows, s): Run => {
      const next = p === 0 ? 0 : firstFrom(ids[s], bound(p));
      return { rows, ids: ids[s], next, end: p === parts - 1 ? ids[s].length : firstFrom(ids[s], bound(p + 1)) };
    });
    if (inTurn) {
      for (const { rows, next, end } of runs) {
        this.optimizer.moveRows(rowsPart(rows, this.shapes, next, end - next), this.use, step);
      }
    } else {
      while (runs.some(({ next, end }) => next < end)) this.moveChunk(runs, step);
    }
  }

  private touchedBy(shard: number): TouchedRows {
    const gradients = this.task.shards[shard];
    const rows = this.use === 'input' ? gradients : gradients.wide;
    if (rows === undefined) return { touched: part(this.touched, 0, 0), tables: [] };
    return rowsPart(rows, this.shapes, 0, this.task.touched[this.use][shard]);
  }

  private moveChunk(runs: readonly Run[], step: Step): void {
    const { kernels, shapes } = this;
    const before = runs.map(({ next }) => next);
    const { ids, slots } = nextIds(runs);
    const sums = this.sums.map((sum, i) => part(sum, 0, ids.length * shapes[i].columns));
    for (const sum of sums) kernels.fill(sum, 0);
    kernels.viewInts(this.touched).set(ids);
    runs.forEach(({ rows, next }, s) => {
      const count = next - before[s];
      kernels.viewInts(this.slots).set(slots[s]);
      const oneHots = { starts: this.starts, ids: this.slots, slots: this.slots };
      rowsPart(rows, shapes, before[s], count).tables.forEach((table, i) => {
        kernels.scatterColumns(count, oneHots, table, shapes[i].columns, sums[i]);
      });
    });
    this.optimizer.moveRows({ touched: part(this.touched, 0, ids.length), tables: sums }, this.use, step);
  }
}

/** The next ids of all runs, ascending, and for each run the places among them of those that it has. */
function nextIds(runs: readonly Run[]): { ids: number[]; slots: number[][] } {
  const ids: number[] = [];
  const slots: number[][] = runs.map(() => []);
  while (ids.length < CHUNK) {
    let least = Number.POSITIVE_INFINITY;
    for (const { ids: touched, next, end } of runs) if (next < end && touched[next] < least) least = touched[next];
    if (least === Number.POSITIVE_INFINITY) break;
    for (let s = 0; s < runs.length; s++) {
      const run = runs[s];
      if (run.next >= run.end || run.ids[run.next] !== least) continue;
      slots[s].push(ids.length);
      run.next++;
    }
    ids.push(least);
  }
  return { ids, slots };
}

/** The place of the first of ascending ids that is at least the given one. */
function firstFrom(ids: Int32Array, least: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
