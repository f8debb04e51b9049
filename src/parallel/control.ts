/** The words of the control block that change while threads work have a line of the cache (16 words) each. */
const UNCLAIMED = 0;
const FINISHED = 16;
const PHASE = 32;
const FAILED = 48;
const JOB = 64;
const ITEMS = 65;
const WORDS = 80;

/**
 * What the threads of a team share to hand out work: one job at a time, items 0 to n−1, each claimed by whoever is free.
 * Items are claimed by counting down, so that a thread that is late can never take an item of the next job for one of its
 * own: what it gets is an item of the job that is open now, or none.
 */
export class Control {
  /** @param words of a `SharedArrayBuffer`, from `Control.create` */
  constructor(readonly words: Int32Array<SharedArrayBuffer>) {}

  static create(): Control {
    return new Control(new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)));
  }

  /** Opens a job, when all items of the one before are finished, and wakes who waits for work. */
  open(job: number, items: number): void {
    const { words } = this;
    words[JOB] = job;
    words[ITEMS] = items;
    Atomics.store(words, FINISHED, 0);
    Atomics.store(words, UNCLAIMED, items);
    Atomics.add(words, PHASE, 1);
    Atomics.notify(words, PHASE);
  }

  /** An item of the open job that nobody else has, or −1. */
  claim(): number {
    if (Atomics.load(this.words, UNCLAIMED) <= 0) return -1;
    const left = Atomics.sub(this.words, UNCLAIMED, 1);
    return left <= 0 ? -1 : this.words[ITEMS] - left;
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
