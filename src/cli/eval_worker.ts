/** What a further thread of `ner eval` runs. */
import { parentPort, workerData } from 'node:worker_threads';
import { serve, type ThreadSetup } from '../parallel/serve.js';
import { type TaggingTask, taggingJobs } from '../train/corpus_tagger.js';

const setup = workerData as ThreadSetup<TaggingTask>;
serve(setup, taggingJobs(setup.task), (failure) => parentPort?.postMessage(failure));
