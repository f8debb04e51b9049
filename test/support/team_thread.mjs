/** A thread for the tests of teams; `task` is what `JOBS` in test/parallel/team.test.ts share. */
import { parentPort, workerData } from 'node:worker_threads';
import { RunError } from '../../dist/errors.js';
import { serve } from '../../dist/parallel/serve.js';

const { counts, gate } = workerData.task;

/** Lets the calling thread go on, which waits so that this thread gets an item. */
function open() {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

const jobs = [
  (item) => Atomics.add(counts, item, 1),
  () => {
    open();
    throw new TypeError('a bug');
  },
  () => {
    open();
    throw new RunError('too much', { hint: 'take less' });
  },
  () => {
    open();
    process.exit(7);
  },
];

serve(workerData, jobs, (failure) => parentPort.postMessage(failure));
