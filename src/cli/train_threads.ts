import type { Helpers } from '../parallel/team.js';
import type { TrainingTask } from '../train/task.js';
import { helpersOf } from './team_threads.js';

// both src/cli and dist/cli are two folders below the package's dist
const ENTRY = new URL('../../dist/cli/train_worker.js', import.meta.url);

/** Threads that train with this one, so that `threads` work in all. */
export function helpersFor(threads: number): Helpers<TrainingTask> | undefined {
  return helpersOf(threads, ENTRY);
}
