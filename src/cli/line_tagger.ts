import type { DocumentRule } from '../encode/documents.js';
import type { Tagger } from '../model/tagger.js';
import { parseUntagged } from '../text/annotation.js';
import { type Between, type ColumnBlock, ColumnStream } from '../text/column_stream.js';
import { untaggedSentences } from '../text/jsonl.js';
import type { ColumnOptions } from '../text/layout.js';
import { type EndOfRun, endOfDocuments, endOfSentences } from '../text/line_cutter.js';
import { eachSentence } from '../text/split.js';
import { tokenPieces } from '../text/token_line.js';
import { createFormatter, type FormatSettings, type Formatter, type PlainFormat } from './tagged_text.js';
import { columnSteps, type Step, StepTagger, sentenceSteps, type Tag, textSteps } from './tagging.js';

export const INPUTS = ['text', 'tokens', 'columns', 'jsonl'] as const;
/** What a document is in an input of lines: each line, what stands between blank lines, or the whole. */
export const DOCUMENT_UNITS = ['line', 'blank', 'file'] as const;

/** What is to be made of the lines of an input; can be posted to another thread. */
export interface TaggingOrder extends FormatSettings {
  /** text: a text a line; tokens: a sentence a line, blanks between tokens; columns: a token a line; jsonl: a text, or the tokens of a sentence, in JSON a line. */
  readonly input: (typeof INPUTS)[number];
  /** The input's name, for errors. */
  readonly source: string;
  readonly columns: ColumnOptions;
  readonly format: PlainFormat;
  /** For models that read documents; column files mark their own. */
  readonly documents: (typeof DOCUMENT_UNITS)[number];
  /** Entities less probable are left out. */
  readonly threshold: number;
}

/** Where a tagger of lines can begin; can be posted to another thread. */
export interface Beginning {
  /** In a column file, if not at its start. */
  readonly between?: Between;
  /** How many lines of JSON come before. */
  readonly line?: number;
}

/** Tags the lines of an input as they come. */
export class LineTagger {
  readonly #order: TaggingOrder;
  readonly #formatter: Formatter;
  readonly #steps: StepTagger;
  readonly #rule: DocumentRule;
  /** Whether documents may go on from one line to the next. */
  readonly #joinsLines: boolean;
  /** Whether one may go on behind the lines so far. */
  #isOpen = false;
  #beginsDocument = true;
  /** How many lines of JSON there were. */
  #line: number;
  readonly #stream: ColumnStream;

  constructor(
    tagger: Tagger,
    order: TaggingOrder,
    {
      between,
      line = 0,
      formatter = createFormatter(order.format, order),
    }: Beginning & { readonly formatter?: Formatter } = {},
  ) {
    const { source, columns } = order;
    this.#order = order;
    this.#line = line;
    this.#formatter = formatter;
    const rule = tagger.encoder.documents;
    this.#rule = rule;
    this.#steps = new StepTagger(tagWith(tagger, order), rule);
    this.#joinsLines = rule === 'marked' ? order.input === 'columns' || order.documents !== 'line' : rule !== 'none';
    this.#stream =
      between === undefined ? new ColumnStream(source, columns) : ColumnStream.from(source, between, columns);
  }

  /**
   * Where runs of lines end that any tagger can take by itself; undefined where each line does, where none does, and while the
   * layout of a column file is not known yet.
   */
  get endOfRun(): EndOfRun | undefined {
    const { input, documents } = this.#order;
    if (input !== 'columns') return this.#rule === 'marked' && documents === 'blank' ? endOfSentences : undefined;
    const { isMark } = this.#stream;
    if (isMark === undefined || typeof this.#rule === 'number') return undefined;
    return this.#rule === 'none' ? endOfSentences : (lines) => endOfDocuments(lines, isMark);
  }

  /**
   * Where another tagger can go on from here; undefined where none can: within a sentence, before a layout is known, or where a
   * document may go on.
   */
  get beginning(): Beginning | undefined {
    if (this.#isOpen || (this.#joinsLines && this.endOfRun === undefined)) return undefined;
    if (this.#order.input === 'jsonl') return { line: this.#line };
    if (this.#order.input !== 'columns') return {};
    const { between } = this.#stream;
    return between === undefined ? undefined : { between };
  }

  /** Leaves so many lines, a whole run, to another tagger. */
  skip(lines: number): void {
    this.#line += lines;
    this.#stream.skip(lines);
    this.#beginsDocument = true;
  }

  /**
   * The output of further lines, in parts; `isWhole` says that they end a run.
   * @throws DataError where they are not of their format, after the output of what stands before
   */
  tag(lines: readonly string[], isWhole = false): Iterable<string> {
    this.#isOpen = this.#joinsLines && !isWhole;
    return this.#steps.output(this.#stepsOf(lines), !this.#isOpen);
  }

  /** The output that only the end of the input completes. */
  end(): Iterable<string> {
    return this.#steps.output(this.#columnSteps(this.#stream.end()), true);
  }

  #stepsOf(lines: readonly string[]): Iterable<Step> {
    switch (this.#order.input) {
      case 'text':
        return textSteps(lines, eachSentence, this.#formatter, (line) => this.#begins(line));
      case 'tokens':
        return textSteps(lines, tokenPieces, this.#formatter, (line) => this.#begins(line));
      case 'columns':
        return this.#columnSteps(blocksOf(lines, this.#stream));
      case 'jsonl':
        return this.#jsonSteps(lines);
    }
  }

  *#jsonSteps(lines: readonly string[]): Generator<Step, void, undefined> {
    for (const json of lines) {
      this.#line++;
      const begins = this.#begins(json);
      if (json.trim() === '') continue;
      const { source, offsets } = this.#order;
      const untagged = parseUntagged(json, { source, line: this.#line }, offsets);
      const { text, unit, isSentence } = untagged;
      const formatter: Formatter = () => this.#formatter(text, { json, unit, isSentence });
      yield* textSteps(
        [text],
        () => untaggedSentences(untagged),
        formatter,
        () => begins,
      );
    }
  }

  /** Whether a document begins with a line. A blank one begins none, but the next line then may. */
  #begins(line: string): boolean {
    if (this.#order.documents === 'line') return true;
    const isBlank = line.trim() === '';
    const begins = this.#beginsDocument && !isBlank;
    if (!isBlank) this.#beginsDocument = false;
    else if (this.#order.documents === 'blank') this.#beginsDocument = true;
    return begins;
  }

  #columnSteps(blocks: Iterable<ColumnBlock>): Iterable<Step> {
    const { format, scheme } = this.#order;
    return format === 'tsv' ? columnSteps(blocks, scheme) : sentenceSteps(blocks, format, this.#formatter);
  }
}

function* blocksOf(lines: readonly string[], stream: ColumnStream): Generator<ColumnBlock, void, undefined> {
  for (const line of lines) {
    const blocks = stream.push(line);
    if (blocks.length > 0) yield* blocks; // most lines complete none
  }
}

/** The entities of sentences, with their probabilities where they are to be written. */
function tagWith(tagger: Tagger, { probabilities, threshold }: TaggingOrder): Tag {
  if (!probabilities && threshold === 0) return (sentences) => tagger.tag(sentences);
  return (sentences) =>
    tagger
      .predict(sentences)
      .map((entities) => entities.filter(({ probability }) => probability >= threshold))
      .map((entities) => (probabilities ? entities : entities.map(({ start, end, type }) => ({ start, end, type }))));
}
