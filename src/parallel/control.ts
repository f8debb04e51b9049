/** The words of the control block that change while threads work have a line of the cache (16 words) each. */
const FINISHED = 0;
const PHASE = 16;
const FAILED = 32;
const JOB = 48;
const ITEMS = 49;
const FIRST = 50;
const CLAIMS = 64;

/** Items that can be open at once. */
export const MOST_ITEMS = 1024;

/**
 * What the threads of a team share to hand out work: one job at a time, items 0 to n−1, each claimed by whoever is free.
 * An item is open where its word is 0. Words are opened last, so that a thread that is late gets an item of the job that is
 * open now, or none.
 */
export class Control {
  /** @param words from `Control.create` */
  constructor(readonly words: Int32Array<SharedArrayBuffer>) {}

  static create(): Control {
    const bytes = (CLAIMS + MOST_ITEMS) * Int32Array.BYTES_PER_ELEMENT;
    return new Control(new Int32Array(new SharedArrayBuffer(bytes)).fill(1, CLAIMS));
  }

  /** Opens up to MOST_ITEMS items of a job, from `first` on, when all that were open are finished, and wakes who waits. */
  open(job: number, first: number, items: number): void {
    const { words } = this;
    words[JOB] = job;
    words[FIRST] = first;
    words[ITEMS] = items;
    Atomics.store(words, FINISHED, 0);
    for (let item = 0; item < items; item++) Atomics.store(words, CLAIMS + item, 0);
    Atomics.add(words, PHASE, 1);
    Atomics.notify(words, PHASE);
  }

  /**
   * An item of the open job that nobody else has, or −1. A thread begins at its own `share` in [0, 1) of the items, so that
   * it mostly gets the same ones and finds in its cache what it left there.
   */
  claim(share: number): number {
    const items = this.words[ITEMS];
    const own = Math.floor(share * items);
    for (let i = 0; i < items; i++) {
      const item = (own + i) % items;
      if (this.words[CLAIMS + item] !== 0) continue;
      if (Atomics.compareExchange(this.words, CLAIMS + item, 0, 1) === 0) return this.words[FIRST] + item;
    }
    return -1;
  }

  /** The job of an item that was claimed and not finished. */
  get job(): number {
    return this.words[JOB];
  }

  /** Says that a claimed item is done. */
  finish(): void {
    if (Atomics.add(this.words, FINISHED, 1) + 1 === this.words[ITEMS]) Atomics.notify(this.words, FINISHED);
  }

  /** Says that an item could not be done: no further ones are worth doing. */
  fail(): void {
    Atomics.store(this.words, FAILED, 1);
  }

  get failed(): boolean {
    return Atomics.load(this.words, FAILED) !== 0;
  }

  /** Changes with every job. */
  get phase(): number {
    return Atomics.load(this.words, PHASE);
  }

  /** Waits until there is another job than that of `phase`, looking `spins` times before it sleeps. */
  awaitJob(phase: number, spins: number): void {
    for (let i = 0; i < spins; i++) if (this.phase !== phase) return;
    Atomics.wait(this.words, PHASE, phase);
  }

  /** Waits until all items are finished, up to so many milliseconds of sleep. Returns whether they are. */
  awaitItems(spins: number, milliseconds: number): boolean {
    const items = this.words[ITEMS];
    for (let i = 0; i < spins; i++) if (Atomics.load(this.words, FINISHED) === items) return true;
    const finished = Atomics.load(this.words, FINISHED);
    if (finished === items) return true;
    Atomics.wait(this.words, FINISHED, finished, milliseconds);
    return Atomics.load(this.words, FINISHED) === items;
  }
}
