import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import type { FoundEntity, Tagger } from '../model/tagger.js';
import { appendTags, type ColumnBlock, ColumnStream } from '../text/columns.js';
import { LineDecoder } from '../text/lines.js';
import type { TextSentence } from '../text/sentence.js';
import { textSentences } from '../text/split.js';
import { SCHEMES, type Scheme, tagsOf } from '../text/tags.js';
import { readChunks, STANDARD } from './files.js';
import { loadModel } from './models.js';
import { parseNumber } from './options.js';
import type { Shell } from './shell.js';
import { createFormatter, FORMATS, type Format, type Formatter, type TaggedText } from './tagged_text.js';

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
    )
    .option('--token-column <n>', 'column of the tokens, from 1 (default: detected)', (value) =>
      parseNumber(value, { kind: 'integer', min: 1, max: 1000 }),
    )
    .action((words: string[], options: Options) => tagCommand(words, options, shell));
}

async function tagCommand(words: readonly string[], options: Options, shell: Shell): Promise<void> {
  refuseContradictions(words, options);
  const { model } = await loadModel(shell, options.model);
  const { tagger } = model;
  const format = options.format ?? (shell.stdout.isTTY ? 'pretty' : 'tsv');
  const formatter = createFormatter(format, {
    scheme: options.scheme ?? tagger.scheme,
    probabilities: options.probabilities === true,
    offsets: options.offsets,
    chalk: shell.stdout.chalk,
  });
  const tag: Tag = (sentences) =>
    tagger.predict(sentences).map((entities) => entities.filter(({ probability }) => probability >= options.threshold));
  if (words.length > 0) {
    await shell.stdout.write(tagTexts([words.join(' ')], textSentences, tag, formatter));
  } else if (options.input === 'columns') {
    await tagColumns(options, tagger, tag, format === 'tsv' ? undefined : formatter, shell);
  } else {
    const cut = options.input === 'text' ? textSentences : tokenSentence;
    await forEachLines(options, shell, (lines) => shell.stdout.write(tagTexts(lines, cut, tag, formatter)));
  }
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

/** The entities of sentences. */
type Tag = (sentences: readonly (readonly string[])[]) => FoundEntity[][];

function tagTexts(
  texts: readonly string[],
  cut: (text: string) => TextSentence[],
  tag: Tag,
  formatter: Formatter,
): string {
  const sentences = texts.map(cut);
  const found = tag(sentences.flat().map(({ tokens }) => tokens));
  let at = 0;
  let out = '';
  texts.forEach((text, i) => {
    const tagged: TaggedText = {
      text,
      sentences: sentences[i].map((sentence) => ({ sentence, entities: found[at++] })),
    };
    out += formatter(tagged);
  });
  return out;
}

/** A line of tokens with blanks between them, as one sentence. */
function tokenSentence(line: string): TextSentence[] {
  const spans = Array.from(line.matchAll(/[^ \t]+/g), ({ index, 0: token }) => ({
    start: index,
    end: index + token.length,
  }));
  return spans.length === 0 ? [] : [{ tokens: spans.map(({ start, end }) => line.slice(start, end)), spans }];
}

/** Columns stay as they are, with the predicted tags appended; or, with a formatter, sentences of tokens go through it. */
async function tagColumns(
  options: Options,
  tagger: Tagger,
  tag: Tag,
  formatter: Formatter | undefined,
  shell: Shell,
): Promise<void> {
  const stream = new ColumnStream(options.file ?? STANDARD, options);
  const write = async (blocks: readonly ColumnBlock[]) => {
    const sentences = blocks.flatMap((block) => (block.kind === 'sentence' ? [block.tokens] : []));
    const found = tag(sentences);
    let at = 0;
    let out = '';
    for (const block of blocks) {
      if (block.kind === 'passthrough') {
        if (formatter === undefined) out += `${block.text}\n`;
        continue;
      }
      const entities = found[at++];
      if (formatter === undefined) {
        const tags = tagsOf(entities, block.tokens.length, options.scheme ?? tagger.scheme);
        out += `${appendTags(block, tags).join('\n')}\n`;
      } else {
        const text = block.tokens.join(' ');
        out += formatter({ text, sentences: [{ sentence: joined(block.tokens), entities }] });
      }
    }
    await shell.stdout.write(out);
  };
  await forEachLines(options, shell, (lines) => write(lines.flatMap((line) => stream.push(line))));
  await write(stream.end());
}

/** Tokens as a sentence of the text that joins them with blanks. */
function joined(tokens: readonly string[]): TextSentence {
  let at = 0;
  const spans = tokens.map((token) => {
    const start = at;
    at += token.length + 1;
    return { start, end: start + token.length };
  });
  return { tokens, spans };
}

/** Lines taken together: enough to fill batches, few enough that output follows input closely. */
const LINES_AT_ONCE = 500;

/** Hands the lines of the file or standard input on as they come in. */
async function forEachLines(
  options: Options,
  shell: Shell,
  handle: (lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const source = options.file ?? STANDARD;
  const decoder = new LineDecoder(source);
  const handleAll = async (lines: readonly string[]) => {
    for (let i = 0; i < lines.length; i += LINES_AT_ONCE) await handle(lines.slice(i, i + LINES_AT_ONCE));
  };
  for await (const chunk of readChunks(source, shell)) await handleAll(decoder.push(chunk));
  await handleAll(decoder.end());
}
