import { type DocumentRule, documentBeginnings } from '../encode/documents.js';
import type { Input } from '../encode/encoder.js';
import { appendTags, type ColumnBlock } from '../text/column_stream.js';
import type { Piece } from '../text/sentence.js';
import { type Scheme, tagsOf } from '../text/tags.js';
import { inParts } from './parts.js';
import type { Formatter, PlainFormat, WrittenEntity } from './tagged_text.js';

/** The entities of sentences. */
export type Tag = (sentences: readonly Input[]) => WrittenEntity[][];

/** A piece of output, which is known once the entities of its tokens are. */
export interface Step extends Input {
  /** The output in parts, each made when it is asked for. */
  readonly write: (entities: readonly WrittenEntity[]) => Iterable<string>;
}

/** Tokens tagged together: enough to fill batches, few enough that memory stays flat however long a text is. */
const TOKENS_AT_ONCE = 2_000;
/** In tokens; a document is held whole, with a kilobyte and more for each of them, so a longer one is taken for several. */
const LONGEST_DOCUMENT = 100_000;

/** Tags steps together, as many as fill batches, never cutting what the model takes for a document, unless it is very long. */
export class StepTagger {
  readonly #tag: Tag;
  readonly #documents: DocumentRule;
  #begins: ReturnType<typeof documentBeginnings>;
  #waiting: Step[] = [];
  #tokens = 0;
  /** Of the document so far. */
  #documentTokens = 0;

  constructor(tag: Tag, documents: DocumentRule) {
    this.#tag = tag;
    this.#documents = documents;
    this.#begins = documentBeginnings(documents);
  }

  /**
   * The output of further steps, in order, in parts of some size; `last` says that no document goes on behind them, so that the
   * output of all is due. Where taking the next step throws, the output of those before comes first.
   */
  *output(steps: Iterable<Step>, last: boolean): Generator<string, void, undefined> {
    try {
      for (const step of steps) {
        const { length } = step.tokens;
        const begins = length > 0 && this.#begins(step);
        const isCut = length > 0 && !begins && this.#documentTokens + length > LONGEST_DOCUMENT;
        if (isCut || (begins && this.#tokens >= TOKENS_AT_ONCE)) yield* this.#flush();
        if (isCut) this.#beginAnew();
        if (isCut || begins) this.#documentTokens = 0;
        this.#waiting.push(isCut ? { ...step, startsDocument: true } : step);
        this.#tokens += length;
        this.#documentTokens += length;
      }
    } catch (error) {
      yield* this.#flush();
      throw error;
    }
    if (last) yield* this.#flush();
  }

  /** Takes the step that comes for the first of a document, as who tags what is flushed does. */
  #beginAnew(): void {
    this.#begins = documentBeginnings(this.#documents);
    this.#begins({ startsDocument: true });
  }

  #flush(): Generator<string, void, undefined> {
    const steps = this.#waiting;
    this.#waiting = [];
    this.#tokens = 0;
    return inParts(written(steps, this.#tag));
  }
}

function* written(steps: readonly Step[], tag: Tag): Generator<string, void, undefined> {
  const found = tag(steps.filter(({ tokens }) => tokens.length > 0));
  let sentence = 0;
  for (const { tokens, write } of steps) yield* write(tokens.length > 0 ? found[sentence++] : []);
}

/** The steps of texts that `cut` cuts into pieces; `begins` says of each text whether a document begins with it. */
export function* textSteps(
  texts: readonly string[],
  cut: (text: string) => Iterable<Piece>,
  formatter: Formatter,
  begins: (text: string) => boolean = () => true,
): Generator<Step, void, undefined> {
  for (const text of texts) {
    const writer = formatter(text);
    let startsDocument = begins(text);
    yield { tokens: [], write: () => writer.begin() };
    for (const piece of cut(text)) {
      yield { tokens: piece.tokens, startsDocument, write: (entities) => [writer.add(piece, entities)] };
      startsDocument = false;
    }
    yield { tokens: [], write: () => [writer.end()] };
  }
}

/** The steps of column files that stay as they are, with the predicted tags appended. */
export function* columnSteps(blocks: Iterable<ColumnBlock>, scheme: Scheme): Generator<Step, void, undefined> {
  for (const block of blocks) {
    if (block.kind === 'passthrough') {
      yield { tokens: [], write: () => [`${block.text}\n`] };
    } else {
      const { tokens, columns = NO_COLUMNS, startsDocument } = block;
      const rows = (entities: readonly WrittenEntity[]) => appendTags(block, tagsOf(entities, tokens.length, scheme));
      yield { tokens, columns, startsDocument, write: (entities) => [`${rows(entities).join('\n')}\n`] };
    }
  }
}

/** The steps of column files whose sentences become texts, tokens with blanks between them, or lines of JSON of their tokens. */
export function* sentenceSteps(
  blocks: Iterable<ColumnBlock>,
  format: PlainFormat,
  formatter: Formatter,
): Generator<Step, void, undefined> {
  for (const block of blocks) {
    if (block.kind !== 'sentence') continue;
    const { tokens, columns = NO_COLUMNS, startsDocument } = block;
    const source =
      format === 'jsonl' ? { json: JSON.stringify({ tokens }), unit: undefined, isSentence: true } : undefined;
    const steps = textSteps(
      [tokens.join(' ')],
      () => [joined(tokens)],
      (text) => formatter(text, source),
      () => startsDocument,
    );
    for (const step of steps) yield step.tokens.length > 0 ? { ...step, columns } : step;
  }
}

const NO_COLUMNS: ReadonlyMap<number, readonly string[]> = new Map();

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
