import type { Input } from '../encode/encoder.js';
import { appendTags, type ColumnBlock } from '../text/column_stream.js';
import type { Piece } from '../text/sentence.js';
import { type Scheme, tagsOf } from '../text/tags.js';
import type { Formatter, WrittenEntity } from './tagged_text.js';

/** The entities of sentences. */
export type Tag = (sentences: readonly Input[]) => WrittenEntity[][];

/** A piece of output, which is known once the entities of its tokens are. */
export interface Step extends Input {
  /** The output in parts, each made when it is asked for. */
  readonly write: (entities: readonly WrittenEntity[]) => Iterable<string>;
}

/** Tokens tagged together: enough to fill batches, few enough that memory stays flat however long a text is. */
const TOKENS_AT_ONCE = 10_000;
/** Output goes out when it has this many characters. */
const WRITTEN_AT_ONCE = 65_536;

/**
 * The output of each step, in order, in parts of some size. Where taking the next step throws, the output of those before
 * comes first.
 */
export function* outputOf(steps: Iterable<Step>, tag: Tag): Generator<string, void, undefined> {
  let waiting: Step[] = [];
  let tokens = 0;
  try {
    for (const step of steps) {
      waiting.push(step);
      tokens += step.tokens.length;
      if (tokens < TOKENS_AT_ONCE) continue;
      const full = waiting;
      waiting = [];
      tokens = 0;
      yield* written(full, tag);
    }
  } catch (error) {
    yield* written(waiting, tag);
    throw error;
  }
  yield* written(waiting, tag);
}

function* written(steps: readonly Step[], tag: Tag): Generator<string, void, undefined> {
  const found = tag(steps);
  let out = '';
  for (let i = 0; i < steps.length; i++) {
    for (const part of steps[i].write(found[i])) {
      out += part;
      if (out.length < WRITTEN_AT_ONCE) continue;
      yield out;
      out = '';
    }
  }
  if (out !== '') yield out;
}

/** The steps of texts that `cut` cuts into pieces. */
export function* textSteps(
  texts: readonly string[],
  cut: (text: string) => Iterable<Piece>,
  formatter: Formatter,
): Generator<Step, void, undefined> {
  for (const text of texts) {
    const writer = formatter(text);
    yield { tokens: [], write: () => writer.begin() };
    for (const piece of cut(text)) yield { tokens: piece.tokens, write: (entities) => [writer.add(piece, entities)] };
    yield { tokens: [], write: () => [writer.end()] };
  }
}

/** The steps of column files that stay as they are, with the predicted tags appended. */
export function* columnSteps(blocks: Iterable<ColumnBlock>, scheme: Scheme): Generator<Step, void, undefined> {
  for (const block of blocks) {
    if (block.kind === 'passthrough') {
      yield { tokens: [], write: () => [`${block.text}\n`] };
    } else {
      const { tokens } = block;
      const rows = (entities: readonly WrittenEntity[]) => appendTags(block, tagsOf(entities, tokens.length, scheme));
      yield { tokens, write: (entities) => [`${rows(entities).join('\n')}\n`] };
    }
  }
}

/** The steps of column files whose sentences become texts, tokens with blanks between them. */
export function* sentenceSteps(blocks: Iterable<ColumnBlock>, formatter: Formatter): Generator<Step, void, undefined> {
  for (const block of blocks) {
    if (block.kind === 'sentence') yield* textSteps([block.tokens.join(' ')], () => [joined(block.tokens)], formatter);
  }
}

/** Tokens as a sentence of the text that joins them with blanks. */
function joined(tokens: readonly string[]): Piece {
  let at = 0;
  const spans = tokens.map((token) => {
    const start = at;
    at += token.length + 1;
    return { start, end: start + token.length };
  });
  return { tokens, spans };
}
