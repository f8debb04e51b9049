import { workerData } from 'node:worker_threads';
import { attachTagger, type SharedTagger } from '../model/shared_tagger.js';
import { type Beginning, LineTagger, type TaggingOrder } from './line_tagger.js';
import { type TaggedBlock, taggedBlock } from './tagged_block.js';
import { serve } from './workers.js';

/** What a thread that tags is started with. */
export interface TagWorkerData {
  readonly tagger: SharedTagger;
  readonly order: TaggingOrder;
}

/** Lines to tag, a whole run of them. */
export interface LineBlock extends Beginning {
  /** With a line feed between two. */
  readonly lines: string;
}

const { tagger: shared, order } = workerData as TagWorkerData;
const tagger = attachTagger(shared);
const encoder = new TextEncoder();

serve<LineBlock, TaggedBlock>(({ lines, ...beginning }) => {
  const { output, error } = taggedBlock(outputOf(new LineTagger(tagger, order, beginning), lines.split('\n')));
  const bytes = encoder.encode(output);
  return { answer: { output: bytes, error }, transfer: [bytes.buffer] };
});

/** All output of lines that nothing follows. */
function* outputOf(here: LineTagger, lines: readonly string[]): Generator<string, void, undefined> {
  yield* here.tag(lines, true);
  yield* here.end();
}
