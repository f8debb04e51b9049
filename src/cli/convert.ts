import { type Command, Option } from 'commander';
import type { CorpusOptions } from '../text/corpus.js';
import { SCHEMES, type Scheme } from '../text/tags.js';
import { CORPUS_FORMATS, type CorpusFormat, runTogether, writtenCorpus } from '../text/write_corpus.js';
import { addCorpusOptions, describeCorpus, type LoadedCorpus, loadCorpora, reportNotices } from './corpora.js';
import { CheckFailed } from './fail.js';
import { refuseOverwriting, STANDARD, writeAtomically } from './files.js';
import { counted } from './progress.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

interface Options extends CorpusOptions {
  readonly format: CorpusFormat;
  readonly scheme: Scheme;
  readonly output: string;
  readonly check?: boolean;
}

const DESCRIPTION =
  'Write tagged corpora, one after the other, in one format and tag scheme: sentences of tokens and tags, whatever else their files ' +
  'hold. Tags that a scheme does not allow are written as they are read. What is odd is said.';

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
    .option('-o, --output <file>', 'file to write; - is standard output', STANDARD)
    .option(
      '--check',
      'exit with code 5 where something is odd: tags that their scheme does not allow, empty tokens, two columns of tags',
    );
  addCorpusOptions(command).action((files: string[], options: Options) => convertCommand(files, options, shell));
}

async function convertCommand(files: readonly string[], options: Options, shell: Shell): Promise<void> {
  const { format, scheme, output, check = false } = options;
  await refuseOverwriting(files, [output], shell);
  const corpora = await loadCorpora(files, options, shell);
  await reportNotices(corpora, shell);
  for (const corpus of corpora) await describeCorpus('read', corpus, shell);
  if (scheme === 'IO') await warnOfRunningTogether(corpora, shell);
  await writeAtomically(output, inParts(corpora, format, scheme), shell);
  // what an annotator rejected is left out on purpose
  const odd = corpora.flatMap(({ notices }) => notices.filter(({ kind }) => kind !== 'left-out'));
  if (check && odd.length > 0) throw new CheckFailed(`${counted(odd.length, 'odd place')}, told of above`);
}

async function warnOfRunningTogether(corpora: readonly LoadedCorpus[], shell: Shell): Promise<void> {
  const lost = corpora.reduce((sum, { sentences }) => sum + runTogether(sentences), 0);
  if (lost === 0) return;
  const entities = counted(lost, 'entity', 'entities');
  await warn(shell, `IO cannot tell ${entities} from the one before, of the same type and next to it`);
}

/** Characters that go out at once. */
const WRITTEN_AT_ONCE = 65_536;

function* inParts(
  corpora: readonly LoadedCorpus[],
  format: CorpusFormat,
  scheme: Scheme,
): Generator<string, void, undefined> {
  let out = '';
  for (const corpus of corpora) {
    for (const sentence of writtenCorpus(corpus, format, scheme)) {
      out += sentence;
      if (out.length < WRITTEN_AT_ONCE) continue;
      yield out;
      out = '';
    }
  }
  if (out !== '') yield out;
}
