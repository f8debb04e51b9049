import { Control, MOST_ITEMS } from './control.js';
import { errorOf, type Failure, type Job, type ThreadSetup, work } from './serve.js';

/** Runs jobs on all of its participants, the calling thread among them. */
export interface Team {
  readonly size: number;
  /**
   * Runs a job (by its place in the list that all participants have) for the items 0 to n−1, in any order, and waits for
   * all of them. Rejects with what an item throws, and with the error of a thread that has ended.
   */
  run(job: number, items: number): Promise<void>;
  /** Ends the threads, whatever they do. */
  close(): Promise<void>;
}

/** A thread that runs `serve`, seen from outside. */
export interface Thread {
  end(): Promise<void>;
}

/**
 * Starts a thread that serves with the given setup. `report` takes the failures that it posts, `died` the error with which
 * the thread itself ends.
 */
export type SpawnThread<Task> = (
  setup: ThreadSetup<Task>,
  report: (failure: Failure) => void,
  died: (error: Error) => void,
) => Thread;

/** Threads to work beside the calling one. */
export interface Helpers<Task> {
  readonly count: number;
  readonly spawn: SpawnThread<Task>;
  /** How often a thread looks for work, or for the end of it, before it sleeps; 0 where threads outnumber the cores. */
  readonly spins: number;
}

/** Without helpers the calling thread does everything, and nothing needs shared memory. */
export function createTeam<Task>(jobs: readonly Job[], task: Task, helpers: Helpers<Task> | undefined): Team {
  return helpers === undefined || helpers.count === 0 ? soloTeam(jobs) : new ThreadTeam(jobs, task, helpers);
}

function soloTeam(jobs: readonly Job[]): Team {
  return {
    size: 1,
    async run(job, items) {
      for (let item = 0; item < items; item++) jobs[job](item);
    },
    async close() {},
  };
}

/** Milliseconds asleep before the events of threads get their turn: a thread that ended must not be waited for. */
const PATIENCE = 20;

class ThreadTeam<Task> implements Team {
  readonly size: number;
  private readonly control = Control.create();
  private readonly threads: Thread[] = [];
  private readonly spins: number;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly jobs: readonly Job[],
    task: Task,
    { count, spawn, spins }: Helpers<Task>,
  ) {
    this.size = count + 1;
    this.spins = spins;
    const setup = { task, control: this.control.words, spins };
    try {
      for (let i = 1; i <= count; i++) {
        const thread = spawn(
          { ...setup, share: i / this.size },
          (failure) => this.keep(errorOf(failure)),
          (error) => this.keep(error),
        );
        this.threads.push(thread);
      }
    } catch (error) {
      void this.close(); // those that were started would wait for work for ever
      throw error;
    }
  }

  async run(job: number, items: number): Promise<void> {
    this.throwFailure();
    for (let first = 0; first < items; first += MOST_ITEMS) {
      await this.runSome(job, first, Math.min(items - first, MOST_ITEMS));
    }
  }

  private async runSome(job: number, first: number, items: number): Promise<void> {
    const { control } = this;
    control.open(job, first, items);
    work(control, this.jobs, 0, (error) => this.keep(error));
    while (!control.awaitItems(this.spins, PATIENCE)) await this.letEventsIn();
    // what a thread posted may still be on its way
    while (control.failed) await this.letEventsIn();
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private async letEventsIn(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.throwFailure();
  }

  /** The first is what went wrong; others follow from it. */
  private keep(error: unknown): void {
    this.failure ??= { error };
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
