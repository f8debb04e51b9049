/** What a further thread of `ner train` runs. */
import { parentPort, workerData } from 'node:worker_threads';
import { serve, type ThreadSetup } from '../parallel/serve.js';
import { trainingJobs } from '../train/participant.js';
import type { TrainingTask } from '../train/task.js';

const setup = workerData as ThreadSetup<TrainingTask>;
serve(setup, trainingJobs(setup.task), (failure) => parentPort?.postMessage(failure));
