import type { Input } from '../encode/encoder.js';
import { appendTags, type ColumnBlock } from '../text/column_stream.js';
import type { Span } from '../text/sentence.js';
import { type Scheme, tagsOf } from '../text/tags.js';
import type { Output } from './streams.js';
import type { Formatter, Piece, WrittenEntity } from './tagged_text.js';

/** The entities of sentences. */
export type Tag = (sentences: readonly Input[]) => WrittenEntity[][];

/** A piece of output, which is known once the entities of its tokens are. */
export interface Step extends Input {
  /** The output in parts, each made when it is asked for. */
  readonly write: (entities: readonly WrittenEntity[]) => Iterable<string>;
}

/** Tokens tagged together: enough to fill batches, few enough that memory stays flat however long a text is. */
const TOKENS_AT_ONCE = 10_000;
/** A longer line of tokens is read in pieces. */
const LONGEST_PIECE = 10_000;
/** Output is written when it has this many characters. */
const WRITTEN_AT_ONCE = 65_536;

/** Writes the output of each step, in order. */
export async function carryOut(steps: Iterable<Step>, tag: Tag, stdout: Pick<Output, 'write'>): Promise<void> {
  let waiting: Step[] = [];
  let tokens = 0;
  const finish = async (): Promise<void> => {
    const found = tag(waiting);
    let out = '';
    for (const [i, step] of waiting.entries()) {
      for (const part of step.write(found[i])) {
        out += part;
        if (out.length < WRITTEN_AT_ONCE) continue;
        await stdout.write(out);
        out = '';
      }
    }
    await stdout.write(out);
    waiting = [];
    tokens = 0;
  };
  for (const step of steps) {
    waiting.push(step);
    tokens += step.tokens.length;
    if (tokens >= TOKENS_AT_ONCE) await finish();
  }
  await finish();
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

/** A line of tokens with blanks between them, as one sentence. */
export function* tokenPieces(line: string): Generator<Piece, void, undefined> {
  let tokens: string[] = [];
  let from = 0;
  for (let at = skipBlanks(line, 0); at < line.length; ) {
    const end = tokenEnd(line, at);
    tokens.push(line.slice(at, end));
    at = skipBlanks(line, end);
    if (tokens.length < LONGEST_PIECE && at < line.length) continue;
    yield new PieceOfLine(line, from, tokens, at < line.length);
    tokens = [];
    from = at;
  }
}

/** Knows where its tokens stand only when asked, since not every format writes that. */
class PieceOfLine implements Piece {
  constructor(
    private readonly line: string,
    private readonly from: number,
    readonly tokens: readonly string[],
    readonly goesOn: boolean,
  ) {}

  get spans(): Span[] {
    let at = this.from;
    return this.tokens.map(({ length }) => {
      const start = skipBlanks(this.line, at);
      at = start + length;
      return { start, end: at };
    });
  }
}

const TAB = 0x09;
const SPACE = 0x20;

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && isBlank(line.charCodeAt(at))) at++;
  return at;
}

function tokenEnd(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isBlank(line.charCodeAt(at))) at++;
  return at;
}

function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB;
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
