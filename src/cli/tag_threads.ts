import type { Output } from './streams.js';
import type { Equipment, LineBlock } from './tag_worker.js';
import type { TaggedBlock } from './tagged_block.js';
import { receivedError, WorkerThread } from './workers.js';

const ENTRY = new URL('../../dist/cli/tag_worker.js', import.meta.url);
/** Blocks that a thread may have, so that one waits while another is tagged, and no more. */
const BLOCKS_EACH = 2;
/** Blocks for each thread, the calling one included, whose output may wait: a thread that has just begun is slow, and the others need not be. */
const UNWRITTEN_EACH = 8;

/** Threads that tag blocks of lines; their output is written in the order of the blocks. */
export class TagThreads {
  readonly #stdout: Pick<Output, 'write'>;
  #threads: readonly WorkerThread<Equipment | LineBlock, TaggedBlock>[] = [];
  #areReady = false;
  /** The writing of each block that is on its way, which is over when all before it is written too. */
  readonly #writing: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();
  #fail: (error: unknown) => void = () => {};
  /** Rejects when a thread, a block or the output fails. */
  readonly failed: Promise<never>;

  constructor(stdout: Pick<Output, 'write'>) {
    this.#stdout = stdout;
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => {}); // nobody may be waiting
  }

  /** Starts threads, which takes a while, before it is known what they are to tag with. */
  start(count: number): void {
    this.#threads = Array.from({ length: count }, () => new WorkerThread(ENTRY, this.#fail));
  }

  /** How many were started. */
  get count(): number {
    return this.#threads.length;
  }

  /** Tells those that were started what to tag with. */
  equip(equipment: Equipment): void {
    const equipped = Promise.all(this.#threads.map((thread) => thread.ask(equipment)));
    equipped.then(() => {
      this.#areReady = true;
    }, this.#fail);
  }

  /** Whether there are some, and all of them know what to tag with. */
  get areReady(): boolean {
    return this.#areReady;
  }

  /** Whether each of them has all the blocks that it may have: the calling thread can tag one meanwhile. */
  get areBusy(): boolean {
    return this.#threads.every(({ pending }) => pending >= BLOCKS_EACH);
  }

  /** Gives a block to a thread. Waits first while the output of too many earlier ones is not written. */
  async add(block: LineBlock): Promise<void> {
    await this.#awaitRoom();
    const thread = this.#threads.reduce((a, b) => (b.pending < a.pending ? b : a));
    this.#append(thread.ask(block));
  }

  /** Writes a block that the calling thread has tagged when those before it are written. Waits first as `add`. */
  async addTagged(block: TaggedBlock): Promise<void> {
    await this.#awaitRoom();
    this.#append(block);
  }

  async #awaitRoom(): Promise<void> {
    if (this.#writing.length >= UNWRITTEN_EACH * (this.#threads.length + 1)) await this.#writing.shift();
  }

  #append(tagged: TaggedBlock | Promise<TaggedBlock>): void {
    this.#last = this.#write(tagged, this.#last);
    this.#last.catch(this.#fail);
    this.#writing.push(this.#last);
  }

  async #write(tagged: TaggedBlock | Promise<TaggedBlock>, before: Promise<void>): Promise<void> {
    // both are awaited together, so that neither rejects unheard
    const [{ output, error }] = await Promise.all([tagged, before]);
    await this.#stdout.write(output);
    if (error !== undefined) throw receivedError(error);
  }

  /** Waits until the output of every block is written. Throws the first error there was. */
  settle(): Promise<void> {
    return this.#last;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
