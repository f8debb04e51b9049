import { DROP_FIELDS, type FloatArray } from '../kernels.js';
import type { Lists } from './batch.js';

/** `DropTable` as lists. */
export interface DropLists {
  readonly from: Lists;
  readonly rows: Int32Array;
  readonly kinds: Int32Array;
  readonly to: Lists;
}

/** Draws of 32 bits. */
export type Draw = () => number;

/** See `Kernels.dropOneHots`; `drawsOf` begins the draws of a sentence. */
export function dropOneHots(
  sentences: Int32Array,
  tokenStarts: Int32Array,
  drawsOf: (sentence: number) => Draw,
  tables: readonly DropLists[],
): void {
  const kept = tables.map((table) => new Kept(table.to));
  for (const s of sentences) {
    const draws = { ofToken: new Map<number, number>(), inSentence: new Map<number, boolean>(), next: drawsOf(s) };
    for (let t = tokenStarts[s]; t < tokenStarts[s + 1]; t++) {
      draws.ofToken.clear();
      tables.forEach((table, i) => {
        dropToken(table, t, kept[i], draws);
      });
    }
  }
}

/** Those that stay. */
class Kept {
  private length = 0;
  private tokens = 0;

  constructor(private readonly to: Lists) {
    to.starts[0] = 0;
  }

  push(ids: readonly number[], weight: number): void {
    for (const id of ids) {
      this.to.ids[this.length] = id;
      const weights: FloatArray | undefined = this.to.weights;
      if (weights) weights[this.length] = weight;
      this.length++;
    }
  }

  endToken(): void {
    this.to.starts[++this.tokens] = this.length;
  }
}

interface Draws {
  /** The token's own, by their numbers. */
  readonly ofToken: Map<number, number>;
  /** What was decided for a row in the whole sentence: whether it stays. */
  readonly inSentence: Map<number, boolean>;
  readonly next: Draw;
}

function dropToken({ from, rows, kinds }: DropLists, t: number, kept: Kept, draws: Draws): void {
  const end = from.starts[t + 1];
  for (let i = from.starts[t]; i < end; ) {
    // one-hots of a kind stand next to each other
    const k = rows[2 * from.ids[i]];
    const kind = kindAt(kinds, k);
    const left: number[] = [];
    for (; i < end && rows[2 * from.ids[i]] === k; i++) {
      const id = keptRow(from.ids[i], rows[2 * from.ids[i] + 1], kind, draws);
      if (id >= 0) left.push(id);
    }
    kept.push(left, kind.mean === 1 ? 1 / left.length : 1);
  }
  kept.endToken();
}

type Kind = Readonly<Record<(typeof DROP_FIELDS)[number], number>>;

function kindAt(kinds: Int32Array, k: number): Kind {
  return Object.fromEntries(DROP_FIELDS.map((field, i) => [field, kinds[k * DROP_FIELDS.length + i]])) as Kind;
}

/** The row itself, its kind's unknown entry, or −1. */
function keptRow(id: number, count: number, { unknown, draw, threshold, bySentence }: Kind, draws: Draws): number {
  const least = threshold >>> 0;
  if (least > 0) {
    const stays = (bySentence === 1 ? draws.inSentence.get(id) : undefined) ?? draws.next() >= least;
    if (bySentence === 1) draws.inSentence.set(id, stays);
    if (!stays) return -1;
  }
  if (draw < 0) return id;
  const u = (draws.ofToken.get(draw) ?? draws.next()) / 2 ** 32;
  draws.ofToken.set(draw, u * 2 ** 32);
  return u * (1 + count) >= 1 ? id : unknown;
}
