import { RunError } from '../../errors.js';
import type { LinearMemory } from './engine.js';

const PAGE = 65_536;
/** One page less than 4 GiB, so that the end of every buffer is a number of 32 bits. */
const MOST_PAGES = 65_535;
export const MOST_BYTES = MOST_PAGES * PAGE;
/** The limits that the memory of the kernels is made with, in pages. */
export const LIMITS = { initial: 1, maximum: MOST_PAGES + 1, shared: true } as const;
/** A line of the cache, and more than any vector load asks for. */
const ALIGNMENT = 64;
/** The least that a participant takes at once when it cannot extend what it has. */
const LEAST_SEGMENT = 1 << 20;

/** Bytes of linear memory that one participant owns. */
interface Segment {
  readonly start: number;
  end: number;
  /** Bytes from here on were never handed out, so they are still the zeros that memory begins with. */
  fresh: number;
}

/** Where a block lies: in which segment, and at which byte. */
interface Place {
  readonly segment: number;
  readonly start: number;
}

/**
 * One participant's stack of bytes in linear memory that several share. What is released is handed out again, zeroed.
 *
 * Every participant owns segments, which it takes from the common top and keeps until the last one left reclaims them; the top, in
 * units of 64 bytes, is a number in the memory itself, at `base`, and behind it stands the highest that was ever reclaimed. A participant that was the last to take something extends its segment in
 * place, so that one alone has a single segment without gaps; else it takes another, at least as large as what it has.
 */
export class StackMemory {
  private readonly common: Int32Array;
  /** The memory as it was when it was last asked for, which costs more than a view of it. */
  private known: SharedArrayBuffer;
  /** In the order they were taken, so that their addresses rise. */
  private readonly segments: Segment[];
  /** The segment that holds the top of this stack. */
  private current = 0;
  private end: number;

  private constructor(
    readonly memory: LinearMemory,
    base: number,
  ) {
    this.known = memory.buffer;
    this.common = new Int32Array(memory.buffer, aligned(base), 2);
    this.end = Atomics.load(this.common, 0) * ALIGNMENT;
    this.segments = [{ start: this.end, end: this.end, fresh: this.end }];
  }

  /** The first stack in a memory; nothing is handed out below `base`. */
  static begin(memory: LinearMemory, base: number): StackMemory {
    reach(memory, aligned(base) + ALIGNMENT);
    Atomics.store(new Int32Array(memory.buffer, aligned(base), 1), 0, aligned(base) / ALIGNMENT + 1);
    return new StackMemory(memory, base);
  }

  /** A further stack in a memory for which `begin` was called. */
  static join(memory: LinearMemory, base: number): StackMemory {
    return new StackMemory(memory, base);
  }

  /** The first byte not handed out. */
  get top(): number {
    return this.end;
  }

  /** The offset of zeroed bytes, a multiple of 64. Throws RunError when there are not enough. */
  allocate(bytes: number): number {
    const { segment, start } = this.place(bytes);
    const used = Math.min(bytes, this.segments[segment].fresh - start);
    if (used > 0) new Uint8Array(this.memory.buffer, start, used).fill(0);
    this.handOut(segment, start + aligned(bytes));
    this.current = segment;
    this.end = start + aligned(bytes);
    return start;
  }

  /** The offset of bytes of any content, to be used before the next allocation. Throws RunError when there are not enough. */
  beyond(bytes: number): number {
    const { segment, start } = this.place(bytes);
    this.handOut(segment, start + aligned(bytes));
    return start;
  }

  /** Gives back everything from `top` on. Throws RangeError for what was never a top. */
  release(top: number): void {
    const segment = this.segments.findIndex(({ start, end }) => start <= top && top <= end);
    if (segment < 0 || top > this.end) {
      throw new RangeError(`release of ${top} outside ${this.segments[0].start} to ${this.end}`);
    }
    this.current = segment;
    this.end = top;
  }

  /** Gives everything above this stack back to the common top. Only for a participant that is the last one left. */
  reclaim(): void {
    const segment = this.segments[this.current];
    this.segments.length = this.current + 1;
    segment.end = this.end;
    segment.fresh = Math.min(segment.fresh, segment.end);
    const top = Atomics.load(this.common, 0);
    if (top > this.used) Atomics.store(this.common, 1, top);
    Atomics.store(this.common, 0, this.end / ALIGNMENT);
  }

  /** Below it, in units of 64 bytes, memory that was reclaimed may hold anything. */
  private get used(): number {
    return Atomics.load(this.common, 1);
  }

  /** The memory as it is now, at least up to byte `end`: a view of shared memory keeps the length it was made with. */
  bufferTo(end: number): SharedArrayBuffer {
    if (this.known.byteLength < end) {
      // another participant may have grown it; growing by nothing brings this thread's buffer up to date
      this.memory.grow(0);
      this.known = this.memory.buffer;
    }
    return this.known;
  }

  private handOut(segment: number, end: number): void {
    this.segments[segment].fresh = Math.max(this.segments[segment].fresh, end);
  }

  /** Room for so many bytes above the top: where there is some already, else at the end of the last segment, else in a new one. */
  private place(bytes: number): Place {
    const needed = aligned(bytes);
    for (let segment = this.current; segment < this.segments.length; segment++) {
      const start = this.freeFrom(segment);
      if (start + needed <= this.segments[segment].end) return { segment, start };
    }
    const last = this.segments.length - 1;
    const start = this.freeFrom(last);
    if (this.extend(this.segments[last], start + needed, bytes)) return { segment: last, start };
    return { segment: last + 1, start: this.take(needed, bytes) };
  }

  /** The first byte above the top of this stack in a segment from the current one on. */
  private freeFrom(segment: number): number {
    return segment === this.current ? this.end : this.segments[segment].start;
  }

  /** Moves the end of a segment, unless another participant has taken what lies behind it. */
  private extend(segment: Segment, end: number, bytes: number): boolean {
    if (Atomics.load(this.common, 0) * ALIGNMENT !== segment.end) return false;
    if (!this.moveCommonTop(segment.end, end, bytes)) return false;
    segment.fresh = Math.max(segment.fresh, Math.min(end, this.used * ALIGNMENT));
    segment.end = end;
    return true;
  }

  /** A new segment; returns its start. */
  private take(needed: number, bytes: number): number {
    const owned = this.segments.reduce((sum, { start, end }) => sum + end - start, 0);
    for (;;) {
      const start = Atomics.load(this.common, 0) * ALIGNMENT;
      const generous = Math.max(needed, owned, LEAST_SEGMENT);
      const length = start + generous <= MOST_BYTES ? generous : needed;
      if (!this.moveCommonTop(start, start + length, bytes)) continue;
      const end = start + length;
      this.segments.push({ start, end, fresh: Math.min(end, Math.max(start, this.used * ALIGNMENT)) });
      return start;
    }
  }

  /** Moves the common top, unless another participant did so first. Throws RunError when there is not enough memory. */
  private moveCommonTop(from: number, to: number, bytes: number): boolean {
    if (to > MOST_BYTES) throw exhausted(bytes);
    const [before, after] = [from / ALIGNMENT, to / ALIGNMENT];
    if (Atomics.compareExchange(this.common, 0, before, after) !== before) return false;
    if (!reach(this.memory, to)) {
      Atomics.compareExchange(this.common, 0, after, before);
      throw exhausted(bytes);
    }
    return true;
  }
}

/** Grows a memory until it has `end` bytes, generously where that can be had. Returns whether it could be done. */
function reach(memory: LinearMemory, end: number): boolean {
  if (memory.buffer.byteLength >= end) return true;
  memory.grow(0); // another participant may have grown it; see bufferTo
  const pages = memory.buffer.byteLength / PAGE;
  const missing = Math.ceil(end / PAGE) - pages;
  const generous = Math.min(Math.max(missing, Math.ceil(pages / 2)), MOST_PAGES - pages);
  for (const added of [generous, missing]) {
    if (memory.buffer.byteLength >= end) return true;
    try {
      memory.grow(added);
    } catch {
      // less may do, or another participant was faster
    }
  }
  memory.grow(0);
  return memory.buffer.byteLength >= end;
}

function exhausted(bytes: number): RunError {
  return new RunError(`not enough memory: a block of ${Math.ceil(bytes / 2 ** 20)} MiB could not be had`, {
    hint: 'a smaller --hidden, --batch-size or vocabulary (--min-count) needs less',
  });
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
