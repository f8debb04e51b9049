import { RunError } from '../../errors.js';
import { engine, type LinearMemory } from './engine.js';

const PAGE = 65_536;
/** One page less than 4 GiB, so that the end of every buffer is a number of 32 bits. */
const MOST_PAGES = 65_535;
export const MOST_BYTES = MOST_PAGES * PAGE;
/** A line of the cache, and more than any vector load asks for. */
const ALIGNMENT = 64;

/** A stack of bytes in linear memory. What is released is handed out again, zeroed. */
export class StackMemory {
  readonly memory: LinearMemory;
  private base = 0;
  private end = 0;

  constructor() {
    this.memory = new (engine().Memory)({ initial: 1, maximum: MOST_PAGES + 1 });
  }

  /** The first byte not handed out. */
  get top(): number {
    return this.end;
  }

  /** Nothing is handed out below `base`. */
  begin(base: number): void {
    this.base = aligned(base);
    this.end = this.base;
  }

  /** The offset of zeroed bytes, a multiple of 64. Throws RunError when there are not enough. */
  allocate(bytes: number): number {
    const start = this.beyond(bytes);
    new Uint8Array(this.memory.buffer, start, bytes).fill(0);
    this.end = aligned(start + bytes);
    return start;
  }

  /** The offset of bytes of any content, to be used before the next allocation. Throws RunError when there are not enough. */
  beyond(bytes: number): number {
    const missing = Math.ceil((aligned(this.end + bytes) - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.grow(missing, bytes);
    return this.end;
  }

  /** Gives back everything from `top` on. Throws RangeError for what was never a top. */
  release(top: number): void {
    if (top < this.base || top > this.end)
      throw new RangeError(`release of ${top} outside ${this.base} to ${this.end}`);
    this.end = top;
  }

  private grow(missing: number, bytes: number): void {
    const pages = this.memory.buffer.byteLength / PAGE;
    const generous = Math.min(Math.max(missing, Math.ceil(pages / 2)), MOST_PAGES - pages);
    for (const added of new Set([generous, missing])) {
      if (added < missing) continue;
      try {
        this.memory.grow(added);
        return;
      } catch {
        // Less may do; if not, the error below says what was asked for.
      }
    }
    throw new RunError(`not enough memory: a block of ${Math.ceil(bytes / 2 ** 20)} MiB could not be had`, {
      hint: 'a smaller --hidden, --batch-size or vocabulary (--min-count) needs less',
    });
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
