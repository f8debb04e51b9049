import { type Command, Option } from 'commander';
import { columnsOf } from '../encode/features.js';
import { UsageError } from '../errors.js';
import { OFFSET_UNITS, type OffsetUnit } from '../text/offsets.js';
import { quoted } from '../text/quote.js';
import { SCHEMES, type Scheme } from '../text/tags.js';
import { visible } from '../text/visible.js';
import { addTokenColumn } from './corpora.js';
import { isFile, STANDARD } from './files.js';
import { warnOfIdleTagFlags } from './idle_tag_flags.js';
import { DOCUMENT_UNITS, INPUTS, LineTagger, type TaggingOrder } from './line_tagger.js';
import { isModelFile, loadModel } from './models.js';
import { parseNumber } from './options.js';
import { prettyFormatter } from './pretty_text.js';
import type { Shell } from './shell.js';
import { InputTagger, isLong } from './tag_input.js';
import { TagThreads } from './tag_threads.js';
import { PLAIN_FORMATS } from './tagged_text.js';
import { warn } from './terminal.js';
import { addThreads, MOST_BY_DEFAULT, threadCount } from './threads.js';

const FORMATS = ['pretty', ...PLAIN_FORMATS] as const;

interface Options {
  readonly input: (typeof INPUTS)[number];
  readonly file?: string;
  readonly format?: (typeof FORMATS)[number];
  readonly model?: string;
  readonly scheme?: Scheme;
  readonly probabilities?: boolean;
  readonly threshold: number;
  readonly offsets?: OffsetUnit;
  readonly tokenColumn?: number;
  readonly threads?: number;
  readonly documents?: (typeof DOCUMENT_UNITS)[number];
}

const DESCRIPTION =
  'Find the entities of a text: of the arguments (joined by a space), of a file, or of standard input, line by line. The ' +
  'model is that of --model, else of $NER_MODEL, else models/ner.json, else the bundled one.';

export function configure(command: Command, shell: Shell): void {
  command
    .description(DESCRIPTION)
    .argument('[text...]', 'text to tag')
    .option('-i, --file <file>', 'tag a file; - is standard input')
    .addOption(
      new Option(
        '--input <kind>',
        'text: a text a line; tokens: a sentence a line, blanks between tokens; columns: a token a line; jsonl: an object with a ' +
          '"text" or "tokens" a line, of which all else is kept',
      )
        .choices(INPUTS)
        .default('text'),
    )
    .addOption(
      new Option(
        '--format <name>',
        'how to write it (default: jsonl for jsonl; pretty on a terminal, else tsv)',
      ).choices(FORMATS),
    )
    .addOption(
      new Option(
        '--documents <unit>',
        'what is a document, for models that read them; column files mark theirs (default: line)',
      ).choices(DOCUMENT_UNITS),
    )
    .option('--model <file>', 'model to tag with')
    .addOption(
      new Option('--scheme <name>', "tag scheme of tsv, and of the tokens in jsonl (default: the model's)").choices(
        SCHEMES,
      ),
    )
    .option('--probabilities', 'add the probability of every entity')
    .option(
      '--threshold <p>',
      'leave out entities less probable than this',
      (value) => parseNumber(value, { kind: 'number', min: 0, max: 1 }),
      0,
    )
    .addOption(
      new Option('--offsets <unit>', 'what offsets of jsonl count where a line does not say (default: utf16)').choices(
        OFFSET_UNITS,
      ),
    );
  addThreads(addTokenColumn(command), `${MOST_BY_DEFAULT}; 1 for standard input`).action(
    (words: string[], options: Options) => tagCommand(words, options, shell),
  );
}

async function tagCommand(words: readonly string[], options: Options, shell: Shell): Promise<void> {
  refuseContradictions(words, options);
  await warnOfFileName(words, shell);
  const threads = new TagThreads(shell.stdout);
  try {
    await tagWith(threads, words, options, shell);
  } finally {
    await threads.stop();
  }
}

/** Threads for a long file are started before the model is read: they come up meanwhile. */
async function tagWith(threads: TagThreads, words: readonly string[], options: Options, shell: Shell): Promise<void> {
  const { chalk, isTTY } = shell.stdout;
  const { file = STANDARD, format = defaultFormat(options, isTTY) } = options;
  // colours go to types in the order in which they are found, by one thread
  const coloured = format === 'pretty' && chalk.level > 0;
  const count = coloured || words.length > 0 ? 1 : threadsFor(options);
  if (count > 1 && (await isLong(file, shell))) threads.start(count - 1);
  const { model } = await loadModel(shell, options.model);
  const { tagger } = model;
  const furtherColumns = columnsOf(tagger.members.map(({ settings }) => settings));
  refuseMissingColumns(furtherColumns, words, options);
  await warnOfIdleTagFlags({ ...options, format, isArgument: words.length > 0 }, tagger.encoder.documents, shell);
  const order = orderOf({ ...options, file, format }, tagger.scheme, furtherColumns);
  const here = new LineTagger(tagger, order, coloured ? { formatter: prettyFormatter(chalk) } : {});
  if (words.length > 0) {
    for (const part of here.tag([words.join(' ')])) await shell.stdout.write(part);
    for (const part of here.end()) await shell.stdout.write(part);
  } else {
    await new InputTagger(tagger, here, order, threads, count, shell).run();
  }
}

function orderOf(
  options: Options & Required<Pick<Options, 'file' | 'format'>>,
  modelScheme: Scheme,
  furtherColumns: readonly number[],
): TaggingOrder {
  const { file, format, input, documents = 'line', threshold } = options;
  const { probabilities = false, scheme = modelScheme, offsets } = options;
  return {
    ...{ input, probabilities, threshold, scheme, documents },
    ...(offsets === undefined ? {} : { offsets }),
    source: file,
    columns: { ...options, furtherColumns },
    format: format === 'pretty' ? 'inline' : format,
  };
}

/** Who names a file, or standard input, may mean what is in it. */
async function warnOfFileName(words: readonly string[], shell: Shell): Promise<void> {
  const [word] = words;
  if (word === undefined || !(word === STANDARD || (await isFile(word, shell)))) return;
  if (await isModelFile(word, shell)) {
    await warn(shell, `${quoted(word)} is tagged as text; --model ${visible(word)} tags with the model`);
    return;
  }
  if (words.length > 1) return;
  const what = word === STANDARD ? 'standard input' : 'the file';
  await warn(shell, `${quoted(word)} is tagged as text; -i ${visible(word)} tags ${what}`);
}

function defaultFormat({ input }: Options, isTTY: boolean): (typeof FORMATS)[number] {
  if (input === 'jsonl') return 'jsonl';
  return isTTY ? 'pretty' : 'tsv';
}

/** A model that reads columns needs files that have them. */
function refuseMissingColumns(columns: readonly number[], words: readonly string[], { input }: Options): void {
  if (columns.length === 0 || (input === 'columns' && words.length === 0)) return;
  throw new UsageError(`the model reads column ${columns.join(', ')} of column files, which text has not`, {
    hint: 'give a file with --input columns',
  });
}

function refuseContradictions(words: readonly string[], { input, file, probabilities, format }: Options): void {
  if (words.length > 0 && file !== undefined) {
    throw new UsageError('text to tag is given both as arguments and as a file', { hint: 'leave one of them out' });
  }
  if (words.length > 0 && input !== 'text') {
    throw new UsageError(`--input ${input} is for files and standard input, not for arguments`);
  }
  if (input === 'columns' && probabilities === true && (format ?? 'tsv') === 'tsv') {
    throw new UsageError('--probabilities has no place in columns, whose last must be the tags', {
      hint: 'add --format jsonl',
    });
  }
}

/** A pipe may never end, and each thread takes memory of its own: one is all that standard input gets unasked. */
function threadsFor({ threads, file = STANDARD }: Options): number {
  return threads ?? (file === STANDARD ? 1 : threadCount(undefined));
}
