import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Placed } from '../encode/documents.js';
import { UsageError } from '../errors.js';
import { fitsCell } from '../text/cells.js';
import { type CorpusCounts, type CorpusOptions, corpusCounts, readCorpus } from '../text/corpus.js';
import { fileLines } from '../text/file_lines.js';
import { decodeLines } from '../text/lines.js';
import { OFFSET_UNITS } from '../text/offsets.js';
import { quoted } from '../text/quote.js';
import { type Corpus, NOTICES, type Notice, type TaggedSentence } from '../text/sentence.js';
import { isTag } from '../text/tags.js';
import { visible } from '../text/visible.js';
import { readBytes, STANDARD } from './files.js';
import { NODE } from './node_platform.js';
import { parseNumber } from './options.js';
import { counted } from './progress.js';
import type { Shell } from './shell.js';

/** What names a file's content, for reports and training records. */
export interface HashedFile {
  /** The name as the user wrote it, or `-`. */
  readonly source: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A corpus as a file named on the command line gives it. */
export interface LoadedCorpus extends Corpus, HashedFile {}

/** How many notices of a kind are shown where nobody asked for all. */
const SHOWN_NOTICES = 3;

const MOST_COLUMNS = 100_000;

const KIND_NAMES: { readonly [K in Notice['kind']]: readonly [one: string, many: string] } = {
  'rival-column': ['other column of tags', 'other columns of tags'],
  'left-out': ['line left out', 'lines left out'],
  'offset-unit': ['line whose offsets may count otherwise', 'lines whose offsets may count otherwise'],
  'mended-span': ['entity taken as whole tokens', 'entities taken as whole tokens'],
  'dropped-span': ['entity left out', 'entities left out'],
  'long-sentence': ['sentence too long to be one', 'sentences too long to be one each'],
  'empty-token': ['empty token', 'empty tokens'],
  'order-mark': ['byte order mark within the file', 'byte order marks within the file'],
  'illegal-tag': ['tag that its scheme does not allow', 'tags that their scheme does not allow'],
};

/**
 * Reads corpora, `-` being standard input.
 * @throws UsageError if `-` is named twice, and as `readCorpus`; DataError as `decodeLines` and `readCorpus`; FileError
 */
export async function loadCorpora(
  names: readonly string[],
  options: CorpusOptions,
  shell: Shell,
): Promise<LoadedCorpus[]> {
  refuseRepeatedInput(names);
  const corpora: LoadedCorpus[] = [];
  for (const name of names) {
    const bytes = await readBytes(name, shell);
    const corpus = readCorpus(fileLines(bytes, name), name, options);
    refuseMissingColumns(corpus, options);
    corpora.push({ ...corpus, sha256: NODE.sha256(bytes) });
  }
  return corpora;
}

/** Features of columns need a file that has columns. */
function refuseMissingColumns({ source, sentences }: Corpus, { furtherColumns = [] }: CorpusOptions): void {
  if (furtherColumns.length === 0 || sentences.every(({ columns }) => columns !== undefined)) return;
  throw new UsageError(`there is no column ${furtherColumns[0]} for the features: this is JSON Lines`, {
    at: { source },
    hint: 'give a file of columns, or leave out the features column:N',
  });
}

/**
 * The sentences of corpora to encode, those that begin a document marked. Where some corpora mark documents, each sentence of the
 * others is one.
 */
export function placedSentences(corpora: readonly LoadedCorpus[]): (TaggedSentence & Placed)[] {
  const marked = corpora.some(({ documentStarts }) => documentStarts.length > 0);
  return corpora.flatMap(({ sentences, documentStarts }) => {
    const starts = new Set(documentStarts);
    return sentences.map((sentence, i) => {
      const startsDocument = documentStarts.length > 0 ? starts.has(i) : marked;
      return startsDocument ? { ...sentence, startsDocument } : sentence;
    });
  });
}

/** Says what a corpus holds, after a word for what it is there for. */
export async function describeCorpus(role: string, corpus: LoadedCorpus, shell: Shell): Promise<CorpusCounts> {
  const counts = corpusCounts(corpus);
  const { sentences, tokens, entities } = counts;
  const types = [...entities.perType.keys()].sort().map(visible).join(' ');
  const documents = counts.documents > 0 ? `${counted(counts.documents, 'document')}, ` : '';
  const found = counted(entities.total, 'entity', 'entities') + (types === '' ? '' : ` (${types})`);
  await shell.stderr.write(
    `${role.padEnd(6)} ${visible(corpus.source)}: ${documents}${counted(sentences, 'sentence')}, ` +
      `${counted(tokens, 'token')}, ${found}, ${corpus.scheme}\n`,
  );
  return counts;
}

/** The lines of a file and what names its content. Throws DataError as `decodeLines`, and FileError. */
export async function loadLines(name: string, shell: Shell): Promise<HashedFile & { readonly lines: string[] }> {
  const bytes = await readBytes(name, shell);
  return { source: name, lines: decodeLines(bytes, name), sha256: NODE.sha256(bytes) };
}

/** Standard input can be read once. Throws UsageError where the names of all input files hold `-` twice. */
export function refuseRepeatedInput(names: readonly string[]): void {
  if (names.filter((name) => name === STANDARD).length < 2) return;
  throw new UsageError('"-" is named twice, but standard input can be read only once');
}

/** Prints what readers found odd: for each file and kind the count, and the first few with their places. */
export async function reportNotices(
  corpora: readonly Pick<Corpus, 'source' | 'notices'>[],
  shell: Shell,
  most = SHOWN_NOTICES,
): Promise<void> {
  for (const { source, notices } of corpora) {
    for (const kind of NOTICES) {
      const lines = noticeLines(
        source,
        notices.filter((notice) => notice.kind === kind),
        KIND_NAMES[kind],
        most,
      );
      for (const line of lines) await shell.stderr.write(`${visible(line)}\n`);
    }
  }
}

function noticeLines(
  source: string,
  notices: readonly Notice[],
  [one, many]: readonly [string, string],
  most: number,
): string[] {
  if (notices.length === 0) return [];
  const rest = notices.length - most;
  return [
    `${source}: ${notices.length} ${notices.length === 1 ? one : many}`,
    ...notices.slice(0, most).map(({ line, message }) => `  ${source}:${line}: ${message}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}

/** Gives a command the options `--token-column` and `--tag-column` of `ColumnOptions`. */
function addColumnOptions(command: Command): Command {
  return addTokenColumn(command).option(
    '--tag-column <n>',
    'column of the tags, from 1; else it is detected',
    parseColumn,
  );
}

/** Gives a command the options that say how its corpora are to be read. */
export function addCorpusOptions(command: Command): Command {
  return addColumnOptions(command)
    .addOption(
      new Option(
        '--offsets <unit>',
        'what the offsets of JSON Lines count where a line does not say, codepoint for those of Python (default: utf16)',
      ).choices(OFFSET_UNITS),
    )
    .option(
      '--tag-names <list>',
      'tags that numbers in JSON Lines stand for, from 0, separated by commas, as O,B-PER,I-PER',
      parseTagNames,
    )
    .option(
      '--mend-spans',
      'let entities of JSON Lines that cut a token grow to the whole of it, without blanks at their ends, and of those that overlap keep ' +
        'the longest; else all these are errors',
    );
}

function parseTagNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !isTag(name) || !fitsCell(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(`expected tags such as O,B-PER,I-PER; ${quoted(wrong)} is none`);
}

/** Gives a command the option `--token-column`. */
export function addTokenColumn(command: Command): Command {
  return command.option('--token-column <n>', 'column of the tokens, from 1; else it is detected', parseColumn);
}

function parseColumn(value: string): number {
  return parseNumber(value, { kind: 'integer', min: 1, max: MOST_COLUMNS });
}
