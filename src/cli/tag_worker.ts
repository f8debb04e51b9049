import { workerData } from 'node:worker_threads';
import { attachTagger, type SharedTagger } from '../model/shared_tagger.js';
import { type Beginning, LineTagger, type TaggingOrder } from './line_tagger.js';
import { type PostedError, postedError, serve } from './workers.js';

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

/** Output as UTF-8, all there is before the error if there is one. */
export interface TaggedBlock {
  readonly output: Uint8Array;
  readonly error: PostedError | undefined;
}

const { tagger: shared, order } = workerData as TagWorkerData;
const tagger = attachTagger(shared);
const encoder = new TextEncoder();

serve<LineBlock, TaggedBlock>(({ lines, ...beginning }) => {
  const here = new LineTagger(tagger, order, beginning);
  const parts: string[] = [];
  let error: PostedError | undefined;
  try {
    for (const part of here.tag(lines.split('\n'), true)) parts.push(part);
    for (const part of here.end()) parts.push(part);
  } catch (thrown) {
    error = postedError(thrown);
    if (error === undefined) throw thrown;
  }
  const output = encoder.encode(parts.join(''));
  return { answer: { output, error }, transfer: [output.buffer] };
});
