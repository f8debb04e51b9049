import { attachTagger, type SharedTagger } from '../model/shared_tagger.js';
import type { Tagger } from '../model/tagger.js';
import { type Beginning, LineTagger, type TaggingOrder } from './line_tagger.js';
import { type TaggedBlock, taggedBlock } from './tagged_block.js';
import { serve } from './workers.js';

/** What a thread is to tag with. It takes that in place of the first block, and answers with an empty one. */
export interface Equipment {
  readonly tagger: SharedTagger;
  readonly order: TaggingOrder;
}

/** Lines to tag, a whole run of them. */
export interface LineBlock extends Beginning {
  /** With a line feed between two. */
  readonly lines: string;
}

let equipped: { readonly tagger: Tagger; readonly order: TaggingOrder } | undefined;

serve<Equipment | LineBlock, TaggedBlock>((question) => {
  if (!('lines' in question)) {
    equipped = { tagger: attachTagger(question.tagger), order: question.order };
    return { answer: { output: new Uint8Array(0), error: undefined }, transfer: [] };
  }
  if (equipped === undefined) throw new Error('there is nothing to tag with');
  const { lines, ...beginning } = question;
  const here = new LineTagger(equipped.tagger, equipped.order, beginning);
  const answer = taggedBlock(outputOf(here, lines.split('\n')));
  return { answer, transfer: [answer.output.buffer as ArrayBuffer] };
});

/** All output of lines that nothing follows. */
function* outputOf(here: LineTagger, lines: readonly string[]): Generator<string, void, undefined> {
  yield* here.tag(lines, true);
  yield* here.end();
}
