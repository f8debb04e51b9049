import { DataError, describePlace } from '../errors.js';
import { type SharedTagger, shareTagger } from '../model/shared_tagger.js';
import type { Tagger } from '../model/tagger.js';
import { beginsModel } from '../text/corpus.js';
import { likelyInput } from '../text/likely_input.js';
import { LineCutter, type Run } from '../text/line_cutter.js';
import { LineDecoder } from '../text/lines.js';
import { visible } from '../text/visible.js';
import { readChunks, sizeOf } from './files.js';
import type { LineTagger, TaggingOrder } from './line_tagger.js';
import type { Shell } from './shell.js';
import type { TagThreads } from './tag_threads.js';
import { taggedBlock } from './tagged_block.js';
import { warn } from './terminal.js';

/** In bytes; a line is held whole, several times over, so this bounds the memory that tagging takes. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** Threads begin for a file of so many bytes, else when so many characters have been tagged: with less there is nothing to gain. */
const LONG_INPUT = 512 * 1024;
/** In characters; a longer block is tagged by this thread alone, in pieces, as its output would have to be held whole. */
const LONGEST_BLOCK = 1024 * 1024;

/** Lines of a chunk that are looked at for what they are. */
const MOST_COMPARED = 50;

/** Whether a file is long enough that threads may be started before it is read. */
export async function isLong(name: string, shell: Shell): Promise<boolean> {
  return ((await sizeOf(name, shell)) ?? 0) >= LONG_INPUT;
}

/** Tags a file, or standard input, as its lines come in, with the help of further threads once it turns out to be long. */
export class InputTagger {
  /** Tags what is not for the others, and while they are busy. */
  readonly #here: LineTagger;
  readonly #order: TaggingOrder;
  readonly #shell: Shell;
  readonly #threads: TagThreads;
  readonly #threadCount: number;
  /** What the threads are to share as long as they have not got it. */
  #toShare: SharedTagger | undefined;
  #charactersAlone = 0;
  #hasBegun = false;
  /** The first lines that are not blank, until they tell whether they are what the input was said to be. */
  #firstLines: string[] | undefined;

  /** `threadCount` includes this one; those of `threads` may have been started. */
  constructor(
    tagger: Tagger,
    here: LineTagger,
    order: TaggingOrder,
    threads: TagThreads,
    threadCount: number,
    shell: Shell,
  ) {
    this.#here = here;
    this.#order = order;
    this.#shell = shell;
    this.#threads = threads;
    this.#threadCount = threadCount;
    this.#firstLines = order.input === 'jsonl' ? undefined : [];
    this.#toShare = threadCount > 1 ? shareTagger(tagger) : undefined;
  }

  /** Resolves when all output is written. What comes before an error is written before it is thrown. */
  async run(): Promise<void> {
    if (this.#threads.count > 0) await this.#equipOrStop();
    // a thread or the output may fail while nothing comes in
    await Promise.race([this.#readAll(), this.#threads.failed]);
  }

  async #readAll(): Promise<void> {
    const { source } = this.#order;
    const decoder = new LineDecoder(source, { maxLineBytes: LONGEST_LINE });
    const cutter = new LineCutter(LONGEST_BLOCK);
    const cut = (lines: readonly string[]): Run => {
      const endOf = this.#here.endOfRun;
      return endOf === undefined ? { lines, isWhole: false } : cutter.push(lines, endOf);
    };
    try {
      for await (const chunk of readChunks(source, this.#shell)) await this.#take(cut(decoder.push(chunk)));
      await this.#take(cut(decoder.end()));
      await this.#take(cutter.end());
    } finally {
      // an error that an earlier block has is thrown in place of this one
      await this.#threads.settle();
    }
    await this.#write(this.#here.end());
  }

  async #take({ lines, isWhole }: Run): Promise<void> {
    if (lines.length === 0) return;
    if (!this.#hasBegun) this.#begin(lines);
    if (this.#firstLines !== undefined) await this.#compare(this.#firstLines, lines);
    const characters = lines.reduce((sum, line) => sum + line.length + 1, 0);
    const { beginning } = this.#here;
    const isShared = this.#threads.areReady && beginning !== undefined && characters <= LONGEST_BLOCK;
    if (isShared && this.#threads.areBusy) {
      await this.#threads.addTagged(taggedBlock(this.#here.tag(lines, isWhole)));
    } else if (isShared) {
      this.#here.skip(lines.length);
      await this.#threads.add({ ...beginning, lines: lines.join('\n') });
    } else {
      await this.#threads.settle();
      await this.#write(this.#here.tag(lines, isWhole));
      this.#charactersAlone += characters;
      if (this.#charactersAlone >= LONG_INPUT) this.#equipThreads();
    }
  }

  #begin(lines: readonly string[]): void {
    const first = lines.find((line) => line.trim() !== '');
    if (first === undefined) return;
    this.#hasBegun = true;
    if (!beginsModel(first)) return;
    const { source } = this.#order;
    throw new DataError('this is a model, not a text', { at: { source }, hint: '--model FILE tags with a model' });
  }

  /** Who names a file of another kind than it is gets its marks tagged as words. */
  async #compare(firstLines: string[], lines: readonly string[]): Promise<void> {
    firstLines.push(...lines.filter((line) => line.trim() !== '').slice(0, MOST_COMPARED));
    const kind = likelyInput(firstLines);
    if (kind === undefined) return;
    this.#firstLines = undefined;
    const { source, input } = this.#order;
    if (kind === 'text' || kind === input) return;
    const what = kind === 'jsonl' ? 'JSON Lines' : 'columns';
    const name = visible(describePlace({ source }));
    await warn(
      this.#shell,
      `${name} looks like ${what} and is tagged as ${input}; --input ${kind} reads it as what it is`,
    );
  }

  /** Kernels whose memory cannot be shared leave the threads nothing to do. */
  async #equipOrStop(): Promise<void> {
    if (this.#toShare === undefined) await this.#threads.stop();
    else this.#equipThreads();
  }

  #equipThreads(): void {
    if (this.#toShare === undefined) return;
    if (this.#threads.count === 0) this.#threads.start(this.#threadCount - 1);
    this.#threads.equip({ tagger: this.#toShare, order: this.#order });
    this.#toShare = undefined;
  }

  async #write(parts: Iterable<string>): Promise<void> {
    for (const part of parts) await this.#shell.stdout.write(part);
  }
}
