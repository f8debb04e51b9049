import { type Command, Option } from 'commander';
import { mapTags, parseTypeMap, type TypeMap } from '../evaluate/type_map.js';
import type { CorpusOptions } from '../text/corpus.js';
import { entitiesOf, SCHEMES, type Scheme } from '../text/tags.js';
import {
  CORPUS_FORMATS,
  type CorpusFormat,
  refuseUnreadable,
  runTogether,
  type WrittenSentence,
  writtenSentence,
} from '../text/write_corpus.js';
import {
  addCorpusOptions,
  describeCorpus,
  type LoadedCorpus,
  loadCorpora,
  placedSentences,
  reportNotices,
} from './corpora.js';
import { CheckFailed, unlessClosed } from './fail.js';
import { refuseOverwriting, STANDARD, writeAtomically } from './files.js';
import { warnOfIdleTypes } from './idle_types.js';
import { appended } from './options.js';
import { inParts } from './parts.js';
import { counted } from './progress.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

interface Options extends CorpusOptions {
  readonly format: CorpusFormat;
  readonly scheme: Scheme;
  readonly output: string;
  readonly map?: readonly string[];
  readonly check?: boolean;
}

const DESCRIPTION =
  'Write tagged corpora, one after the other, in one format and tag scheme. Tokens and tags alone are kept, in columns the marks of ' +
  'documents too. A tag that its scheme does not allow is told of, and written as what it is taken for: I-PER at the start of a ' +
  'sentence as B-PER.';

export function configure(command: Command, shell: Shell): void {
  command
    .description(DESCRIPTION)
    .argument('<corpus...>', 'tagged corpora, in columns or JSON Lines; - is standard input')
    .addOption(
      new Option(
        '--format <name>',
        'tsv: a token and its tag a line, a blank line after each sentence; jsonl: the tokens and tags of a sentence a line',
      )
        .choices(CORPUS_FORMATS)
        .default('tsv'),
    )
    .addOption(new Option('--scheme <name>', 'tag scheme to write').choices(SCHEMES).default('IOB2'))
    .option(
      '--bare-types',
      'the tags of columns are types without a prefix, as PERSON; neighbours of a type are one entity',
    )
    .option(
      '--map <from=to>',
      'write entities of a type as those of another, or with FROM= not at all; may be repeated',
      appended,
    )
    .option('-o, --output <file>', 'file to write; - is standard output', STANDARD)
    .option(
      '--check',
      'name all that is odd, and exit with code 5 if anything is: tags that their scheme does not allow, empty tokens, sentences without end, doubtful offsets, entities that were mended, two columns of tags',
    );
  addCorpusOptions(command).action((files: string[], options: Options) => convertCommand(files, options, shell));
}

async function convertCommand(files: readonly string[], options: Options, shell: Shell): Promise<void> {
  const { format, scheme, output, check = false } = options;
  const map = parseTypeMap(options.map ?? []);
  await refuseOverwriting(files, [output], shell);
  const read = await loadCorpora(files, options, shell);
  await reportNotices(read, shell, check ? Number.POSITIVE_INFINITY : undefined);
  for (const corpus of read) await describeCorpus('read', corpus, shell);
  const tags = read.flatMap(({ sentences }) => sentences.map((sentence) => sentence.tags));
  await warnOfIdleTypes(map, tags, shell);
  const corpora = map.size === 0 ? read : read.map((corpus) => renamed(corpus, map));
  corpora.forEach((corpus, c) => {
    refuseUnreadable(corpus, format, c === 0);
  });
  await warnOfLosses(corpora, format, scheme, shell);
  await unlessClosed(writeAtomically(output, inParts(written(placedSentences(corpora), format, scheme)), shell));
  // what an annotator rejected is left out on purpose
  const odd = corpora.flatMap(({ notices }) => notices.filter(({ kind }) => kind !== 'left-out'));
  if (check && odd.length > 0) throw new CheckFailed(counted(odd.length, 'odd place'));
}

function renamed(corpus: LoadedCorpus, map: TypeMap): LoadedCorpus {
  const sentences = corpus.sentences.map((sentence) => {
    const tags = mapTags(sentence.tags, map);
    return { ...sentence, tags, entities: entitiesOf(tags) };
  });
  return { ...corpus, sentences };
}

/** Warns of what the format and the scheme have no way to write. */
async function warnOfLosses(
  corpora: readonly LoadedCorpus[],
  format: CorpusFormat,
  scheme: Scheme,
  shell: Shell,
): Promise<void> {
  const documents = corpora.reduce((sum, { documentStarts }) => sum + documentStarts.length, 0);
  if (format === 'jsonl' && documents > 0) {
    await warn(shell, `JSON Lines have no marks of documents: those of ${counted(documents, 'document')} are left out`);
  }
  const lost = scheme === 'IO' ? corpora.reduce((sum, { sentences }) => sum + runTogether(sentences), 0) : 0;
  if (lost === 0) return;
  const entities = counted(lost, 'entity', 'entities');
  await warn(shell, `IO cannot tell ${entities} from the one before, of the same type and next to it`);
}

function* written(
  sentences: readonly WrittenSentence[],
  format: CorpusFormat,
  scheme: Scheme,
): Generator<string, void, undefined> {
  for (const sentence of sentences) yield writtenSentence(sentence, format, scheme);
}
