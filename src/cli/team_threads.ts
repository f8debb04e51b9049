import { availableParallelism } from 'node:os';
import { RunError } from '../errors.js';
import type { Failure } from '../parallel/serve.js';
import type { Helpers, SpawnThread } from '../parallel/team.js';
import { startWorker } from './workers.js';

/** About half a millisecond: longer than the time between two jobs of a batch, and mostly than threads wait for the slowest. */
const SPINS = 20_000;

/** Threads of the given module that work with this one, so that `threads` work in all; undefined for one. */
export function helpersOf<Task>(threads: number, entry: URL): Helpers<Task> | undefined {
  if (threads === 1) return undefined;
  return { count: threads - 1, spawn: spawner(entry), spins: threads > availableParallelism() ? 0 : SPINS };
}

/** Starts threads of the given module. */
export function spawner<Task>(entry: URL): SpawnThread<Task> {
  return (setup, report, died) => {
    const worker = startWorker(entry, { workerData: setup });
    worker.on('message', (failure: Failure) => report(failure));
    worker.on('error', (error) => died(ended(error instanceof Error ? error.message : String(error))));
    worker.on('exit', (code) => died(ended(`exit code ${code}`)));
    return {
      async end() {
        await worker.terminate();
      },
    };
  };
}

function ended(why: string): RunError {
  return new RunError(`a thread has ended before its work was done: ${why}`, {
    hint: '--threads 1 does everything in one',
  });
}
