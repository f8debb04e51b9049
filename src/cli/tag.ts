import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import type { Tagger } from '../model/tagger.js';
import { type ColumnBlock, ColumnStream } from '../text/column_stream.js';
import { LineDecoder } from '../text/lines.js';
import { eachSentence } from '../text/split.js';
import { SCHEMES, type Scheme } from '../text/tags.js';
import { addTokenColumn } from './corpora.js';
import { readChunks, STANDARD } from './files.js';
import { loadModel } from './models.js';
import { parseNumber } from './options.js';
import type { Shell } from './shell.js';
import { createFormatter, FORMATS, type Format } from './tagged_text.js';
import { carryOut, columnSteps, type Step, sentenceSteps, type Tag, textSteps, tokenPieces } from './tagging.js';

/** In bytes; a line is held whole, several times over, so this bounds the memory that tagging takes. */
const LONGEST_LINE = 16 * 1024 * 1024;
const INPUTS = ['text', 'tokens', 'columns'] as const;

interface Options {
  readonly input: (typeof INPUTS)[number];
  readonly file?: string;
  readonly format?: Format;
  readonly model?: string;
  readonly scheme?: Scheme;
  readonly probabilities?: boolean;
  readonly threshold: number;
  readonly offsets: 'utf16' | 'codepoint';
  readonly tokenColumn?: number;
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
        'text: a text a line; tokens: a sentence a line, blanks between tokens; columns: a token a line',
      )
        .choices(INPUTS)
        .default('text'),
    )
    .addOption(
      new Option('--format <name>', 'how to write it (default: pretty on a terminal, else tsv)').choices(FORMATS),
    )
    .option('--model <file>', 'model to tag with')
    .addOption(new Option('--scheme <name>', "tag scheme of tsv (default: the model's)").choices(SCHEMES))
    .option('--probabilities', 'add the probability of every entity')
    .option(
      '--threshold <p>',
      'leave out entities less probable than this',
      (value) => parseNumber(value, { kind: 'number', min: 0, max: 1 }),
      0,
    )
    .addOption(
      new Option('--offsets <unit>', 'what offsets of jsonl count').choices(['utf16', 'codepoint']).default('utf16'),
    );
  addTokenColumn(command).action((words: string[], options: Options) => tagCommand(words, options, shell));
}

async function tagCommand(words: readonly string[], options: Options, shell: Shell): Promise<void> {
  refuseContradictions(words, options);
  const { model } = await loadModel(shell, options.model);
  const { tagger } = model;
  const format = options.format ?? (shell.stdout.isTTY ? 'pretty' : 'tsv');
  const scheme = options.scheme ?? tagger.scheme;
  const formatter = createFormatter(format, {
    scheme,
    probabilities: options.probabilities === true,
    offsets: options.offsets,
    chalk: shell.stdout.chalk,
  });
  const tag = createTag(tagger, options);
  const carry: Carry = (steps) => carryOut(steps, tag, shell.stdout);
  if (words.length > 0) {
    await carry(textSteps([words.join(' ')], eachSentence, formatter));
  } else if (options.input === 'columns') {
    const appended = format === 'tsv';
    const steps: ColumnSteps = (blocks) => (appended ? columnSteps(blocks, scheme) : sentenceSteps(blocks, formatter));
    await tagColumns(options, carry, steps, shell);
  } else {
    const cut = options.input === 'text' ? eachSentence : tokenPieces;
    await forEachLines(options, shell, (lines) => carry(textSteps(lines, cut, formatter)));
  }
}

/** The entities of sentences, with their probabilities where they are to be written. */
function createTag(tagger: Tagger, { probabilities = false, threshold }: Options): Tag {
  if (!probabilities && threshold === 0) return (sentences) => tagger.tag(sentences);
  return (sentences) =>
    tagger
      .predict(sentences)
      .map((entities) => entities.filter(({ probability }) => probability >= threshold))
      .map((entities) => (probabilities ? entities : entities.map(({ start, end, type }) => ({ start, end, type }))));
}

type Carry = (steps: Iterable<Step>) => Promise<void>;
type ColumnSteps = (blocks: Iterable<ColumnBlock>) => Iterable<Step>;

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

/** Tags a column file, or standard input, as its lines come in. */
async function tagColumns(options: Options, carry: Carry, steps: ColumnSteps, shell: Shell): Promise<void> {
  const stream = new ColumnStream(options.file ?? STANDARD, options);
  await forEachLines(options, shell, (lines) => carry(steps(blocksOf(lines, stream))));
  await carry(steps(stream.end()));
}

function* blocksOf(lines: readonly string[], stream: ColumnStream): Generator<ColumnBlock, void, undefined> {
  for (const line of lines) yield* stream.push(line);
}

/** Hands the lines of the file or standard input on as they come in. */
async function forEachLines(
  options: Options,
  shell: Shell,
  handle: (lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const source = options.file ?? STANDARD;
  const decoder = new LineDecoder(source, { maxLineBytes: LONGEST_LINE });
  for await (const chunk of readChunks(source, shell)) await handle(decoder.push(chunk));
  await handle(decoder.end());
}
