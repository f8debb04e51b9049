/** What a further thread of `ner eval` runs. */
import { parentPort, workerData } from 'node:worker_threads';
import { serve, type ThreadSetup } from '../parallel/serve.js';
import { type ScoringTask, scoringJobs } from '../train/corpus_tagger.js';

const setup = workerData as ThreadSetup<ScoringTask>;
serve(setup, scoringJobs(setup.task), (failure) => parentPort?.postMessage(failure));
