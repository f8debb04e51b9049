import { type Command, Option } from 'commander';
import { columnsOf } from '../encode/features.js';
import { UsageError } from '../errors.js';
import { alignedSentences } from '../evaluate/aligned.js';
import { formatConlleval } from '../evaluate/conlleval.js';
import { detailsOf } from '../evaluate/details.js';
import { checkGates, type Gate, type GateResult, parseGate, parseMinimumF1 } from '../evaluate/gates.js';
import { formatJunit, formatJunitError } from '../evaluate/junit.js';
import type { ComparedSentence } from '../evaluate/outcome.js';
import { reportOf } from '../evaluate/report.js';
import { score } from '../evaluate/score.js';
import { type KnownEntities, knownEntities } from '../evaluate/seen.js';
import { detailLines } from '../evaluate/tables.js';
import { mapTags, parseTypeMap, type TypeMap } from '../evaluate/type_map.js';
import type { Tagger } from '../model/tagger.js';
import type { CorpusOptions } from '../text/corpus.js';
import { illegalTags } from '../text/illegal_tags.js';
import { type PredictedSentence, readPredictions } from '../text/predictions.js';
import type { Notice } from '../text/sentence.js';
import { detectScheme, type Scheme, tagsOf } from '../text/tags.js';
import { visible } from '../text/visible.js';
import { type ScoringTask, scoreCorpus } from '../train/corpus_tagger.js';
import {
  addCorpusOptions,
  type HashedFile,
  type LoadedCorpus,
  loadCorpora,
  loadLines,
  placedSentences,
  refuseRepeatedInput,
  reportNotices,
} from './corpora.js';
import { warnOfSameTags, warnOfSeen, warnOfUnknownTypes } from './eval_warnings.js';
import { CheckFailed, unlessClosed } from './fail.js';
import { checkWritable, refuseOverwriting, writeAtomically } from './files.js';
import { warnOfIdleTypes } from './idle_types.js';
import { DEFAULT_MODEL, hasOwnModel, loadHashedModel } from './models.js';
import { appended } from './options.js';
import { explain } from './report.js';
import type { Shell } from './shell.js';
import type { WrittenEntity } from './tagged_text.js';
import { helpersOf } from './team_threads.js';
import { warn } from './terminal.js';
import { addThreads, threadCount } from './threads.js';

interface EvalOptions extends CorpusOptions {
  readonly model?: string;
  readonly predictions?: string;
  readonly train?: readonly string[];
  readonly details?: boolean;
  readonly json?: boolean;
  readonly minF1?: Gate;
  readonly min?: readonly Gate[];
  readonly map?: readonly string[];
  readonly junit?: string;
  readonly threads?: number;
}

/** Sentences to score, and the files that they and their predictions come from. */
interface Comparable {
  readonly sentences: readonly ComparedSentence[];
  readonly predictor: { readonly kind: 'model' | 'predictions' } & HashedFile;
  /** The files with the gold tags. */
  readonly gold: readonly HashedFile[];
}

const CALLS =
  'ner eval GOLD… [--model FILE], ner eval GOLD… --predictions FILE, or ner eval --predictions FILE; GOLD stands before the files of --train';
const WORKER = new URL('../../dist/cli/eval_worker.js', import.meta.url);
/** Tokens below which one thread is fastest. */
const FEW_TOKENS = 100_000;

export function configure(command: Command, shell: Shell): void {
  addThreads(addCorpusOptions(command))
    .description(
      'Score a model on gold corpora, or predictions that stand beside their gold tags, by exact entities, as the ' +
        'script of the CoNLL shared tasks prints it. Exits with 5 where a score is below a minimum asked for.',
    )
    .argument('[gold...]', 'tagged corpora (- for standard input)')
    .option('--model <file>', 'model to score (default: $NER_MODEL, models/ner.json or the bundled one)')
    .addOption(
      new Option(
        '--predictions <file>',
        'score this file instead of a model: a corpus of the same tokens as the gold ones, or without those its last two columns are ' +
          'gold and predicted tags (- for standard input)',
      ).conflicts('model'),
    )
    .option('--train <file...>', 'training corpora: scores entities seen and unseen there apart, among the details')
    .option(
      '--map <from=to>',
      'score a type as another, in gold and predicted tags alike, or with FROM= not at all; tags are then compared as IOB2; may be repeated',
      appended,
    )
    .option('--details', 'print counts, confusions and errors too (default on a terminal)')
    .option('--json', 'print one JSON object, with details')
    .option('--min-f1 <value>', 'least F1 of all entities, from 0 to 1', parseMinimumF1)
    .option(
      '--min <measure=value>',
      'least value of a measure, such as recall=0.8, PER.f1=0.9 or macro-f1=0.7, the mean over the types; may be repeated',
      (text: string, earlier: readonly Gate[] = []) => [...earlier, parseGate(text)],
    )
    .option('--junit <file>', 'write what became of the minimums as JUnit XML')
    .action((gold: readonly string[], options: EvalOptions) => evaluate(gold, options, shell));
}

async function evaluate(gold: readonly string[], options: EvalOptions, shell: Shell): Promise<void> {
  const { predictions, model, train = [], junit } = options;
  if (junit !== undefined) {
    await refuseOverwriting([...gold, ...train, ...named(predictions), ...named(model)], [junit], shell);
    await checkWritable(junit, shell);
  }
  try {
    refuseContradictions(gold, options, shell);
    await compareAll(gold, options, shell);
  } catch (error) {
    const { message } = explain(error);
    // what an earlier run has left there must not pass for this one
    if (junit !== undefined && message !== undefined && !(error instanceof CheckFailed)) {
      await writeAtomically(junit, [formatJunitError(gatesOf(options), message)], shell);
    }
    throw error;
  }
}

function refuseContradictions(gold: readonly string[], options: EvalOptions, shell: Shell): void {
  const { predictions, model, train = [] } = options;
  if (predictions !== undefined && gold.length + train.length === 0) refuseCorpusOptions(options);
  if (predictions === undefined && gold.length === 0) throw new UsageError('no gold corpus given', { hint: CALLS });
  if (predictions === undefined) refuseGatesWithoutModel(options, shell);
  refuseRepeatedInput([...gold, ...train, predictions ?? model ?? '']);
}

function gatesOf({ minF1, min = [] }: EvalOptions): readonly Gate[] {
  return minF1 === undefined ? min : [minF1, ...min];
}

async function compareAll(gold: readonly string[], options: EvalOptions, shell: Shell): Promise<void> {
  const { train = [] } = options;
  const map = parseTypeMap(options.map ?? []);
  const training = await loadCorpora(train, options, shell);
  const compared = await comparable(gold, map, options, shell);
  await reportNotices(training, shell);
  const comparedTags = compared.sentences.flatMap(({ gold: own, predicted }) => [own, predicted]);
  const trainedTags = training.flatMap((corpus) => corpus.sentences.map(({ tags }) => tags));
  await warnOfIdleTypes(map, [...comparedTags, ...trainedTags], shell);
  const sentences = compared.sentences.map((sentence) => {
    return { ...sentence, gold: mapTags(sentence.gold, map), predicted: mapTags(sentence.predicted, map) };
  });
  const seen = training.length === 0 ? undefined : entitiesIn(training, map);
  await conclude({ ...compared, sentences }, { map, training, seen }, options, shell);
}

function comparable(gold: readonly string[], map: TypeMap, options: EvalOptions, shell: Shell): Promise<Comparable> {
  const { predictions } = options;
  if (predictions === undefined) return comparePredicted(gold, map, options, shell);
  return gold.length === 0
    ? compareWritten(predictions, map, shell)
    : compareCorpora(gold, predictions, options, shell);
}

/** A job that asks for a minimum would pass by the bundled model where the training before it wrote elsewhere. */
function refuseGatesWithoutModel({ model, minF1, min, junit }: EvalOptions, shell: Shell): void {
  const hasGates = minF1 !== undefined || min !== undefined || junit !== undefined;
  if (!hasGates || hasOwnModel(shell, model)) return;
  throw new UsageError('a minimum is asked for, but of which model?', {
    hint: `name it by --model or $NER_MODEL; there is no ${DEFAULT_MODEL} here`,
  });
}

function entitiesIn(corpora: readonly LoadedCorpus[], map: TypeMap): KnownEntities {
  const sentences = corpora.flatMap((corpus) => corpus.sentences);
  return knownEntities(sentences.map(({ tokens, tags }) => ({ tokens, tags: mapTags(tags, map) })));
}

function named(file: string | undefined): string[] {
  return file === undefined ? [] : [file];
}

/** Predictions stand in the last two columns, so what is said of corpora is of use to those of `--train` alone. */
function refuseCorpusOptions({ tokenColumn, tagColumn, offsets, tagNames, mendSpans }: EvalOptions): void {
  const given = {
    '--tag-column': tagColumn,
    '--token-column': tokenColumn,
    '--offsets': offsets,
    '--tag-names': tagNames,
    '--mend-spans': mendSpans,
  };
  const flag = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} is of corpora, not of --predictions, whose last two columns are gold and predicted tags`,
  );
}

/** Reads gold corpora and predicts their tags, each in its corpus's scheme. */
async function comparePredicted(
  names: readonly string[],
  map: TypeMap,
  options: EvalOptions,
  shell: Shell,
): Promise<Comparable> {
  const loaded = await loadHashedModel(shell, options.model);
  const { tagger } = loaded.model;
  const furtherColumns = columnsOf(tagger.members.map(({ settings }) => settings));
  const gold = await loadCorpora(names, { ...options, furtherColumns }, shell);
  if (options.model === undefined) await shell.stderr.write(`model  ${visible(loaded.name)}\n`);
  await reportNotices(gold, shell);
  await warnOfSeen(gold, loaded.model.record, shell);
  await warnOfUnknownTypes(gold, tagger, map, shell);
  const sentences = await predictTags(
    tagger,
    gold,
    showsDetails(options, shell) || options.json === true,
    options.threads,
  );
  return { sentences, predictor: { kind: 'model', source: loaded.name, sha256: loaded.sha256 }, gold };
}

async function predictTags(
  tagger: Tagger,
  corpora: readonly LoadedCorpus[],
  withProbabilities: boolean,
  threads: number | undefined,
): Promise<ComparedSentence[]> {
  const encoded = tagger.encoders.map((encoder) =>
    corpora.flatMap((corpus) => encoder.encodeAll(placedSentences([corpus]))),
  );
  const helpers = helpersOf<ScoringTask>(threads ?? helpfulThreads(encoded[0]), WORKER);
  const documents = corpora.flatMap((corpus) => tagger.documentsOf(placedSentences([corpus])));
  const scores = tagger.agreedScores(await scoreCorpus(tagger, encoded, helpers), documents);
  const found: readonly (readonly WrittenEntity[])[] = withProbabilities
    ? tagger.decideWithProbabilities(scores)
    : tagger.decide(scores);
  const gold = corpora.flatMap(({ sentences, scheme, source }) => sentences.map((one) => ({ ...one, scheme, source })));
  return gold.map(({ source, scheme, tokens, tags, lines }, s) => {
    const predicted = tagsOf(found[s], tokens.length, scheme);
    const compared = { source, tokens, lines, gold: tags, predicted };
    return withProbabilities ? { ...compared, probabilities: byFirstToken(found[s], tokens.length) } : compared;
  });
}

/** The probabilities of entities at their first tokens; shape [T]. */
function byFirstToken(entities: readonly WrittenEntity[], length: number): Float64Array {
  const probabilities = new Float64Array(length);
  for (const { start, probability = 0 } of entities) probabilities[start] = probability;
  return probabilities;
}

/** One where starting more costs more than they bring. */
function helpfulThreads(sentences: readonly { readonly length: number }[]): number {
  return sentences.reduce((sum, { length }) => sum + length, 0) < FEW_TOKENS ? 1 : threadCount(undefined);
}

/** Reads gold corpora and another of the same tokens, whose tags are predictions. */
async function compareCorpora(
  names: readonly string[],
  predictions: string,
  options: EvalOptions,
  shell: Shell,
): Promise<Comparable> {
  const gold = await loadCorpora(names, options, shell);
  const [predicted] = await loadCorpora([predictions], { ...options, readsPredicted: true }, shell);
  await reportNotices([...gold, predicted], shell);
  await warnOfSameTags(gold, predicted, shell);
  const predictor = { kind: 'predictions', source: predicted.source, sha256: predicted.sha256 } as const;
  return { sentences: alignedSentences(gold, predicted), predictor, gold };
}

/** Reads a file of gold and predicted tags. */
async function compareWritten(name: string, map: TypeMap, shell: Shell): Promise<Comparable> {
  const { lines, ...file } = await loadLines(name, shell);
  const { sentences } = readPredictions(lines, name);
  const notices = [...noticesOf(sentences, 'gold'), ...noticesOf(sentences, 'predicted')];
  await reportNotices([{ source: name, notices: notices.sort((a, b) => a.line - b.line) }], shell);
  const [gold, predicted] = (['gold', 'predicted'] as const).map((column) => schemeOf(sentences, column));
  if (gold !== predicted && map.size === 0) {
    await warn(
      shell,
      `gold tags are ${gold}, predicted ones ${predicted}: the accuracy compares tags letter by letter`,
    );
  }
  return {
    sentences: sentences.map((sentence) => ({ ...sentence, source: name })),
    predictor: { kind: 'predictions', ...file },
    gold: [file],
  };
}

function schemeOf(sentences: readonly PredictedSentence[], column: 'gold' | 'predicted'): Scheme {
  return detectScheme(sentences.map((sentence) => sentence[column]));
}

function noticesOf(sentences: readonly PredictedSentence[], column: 'gold' | 'predicted'): Notice[] {
  const scheme = schemeOf(sentences, column);
  return sentences
    .flatMap((sentence) => illegalTags(sentence[column], sentence.lines, scheme))
    .map((notice) => ({ ...notice, message: `${column} ${notice.message}` }));
}

/** What a score is to be read with. */
interface Context {
  readonly map: TypeMap;
  readonly training: readonly HashedFile[];
  /** The entities of the training corpora, if there are any. */
  readonly seen: KnownEntities | undefined;
}

/** Prints the score and what else was asked for. Throws CheckFailed where a gate holds it back. */
async function conclude(
  { sentences, predictor, gold }: Comparable,
  { map, training, seen }: Context,
  options: EvalOptions,
  shell: Shell,
): Promise<void> {
  const { junit } = options;
  const gates = gatesOf(options);
  if (junit !== undefined && gates.length === 0) {
    await warn(shell, '--junit has no test to write of: no minimum is asked for, by --min-f1 or --min');
  }
  const scored = score(sentences);
  const results = checkGates(scored, gates);
  if (junit !== undefined) await unlessClosed(writeAtomically(junit, [formatJunit(results)], shell));
  const { stdout } = shell;
  if (options.json) {
    const report = {
      ...reportOf(scored, detailsOf(sentences, seen)),
      [predictor.kind]: hashOf(predictor),
      data: gold.map(hashOf),
      train: training.map(hashOf),
      ...(map.size > 0 ? { map: Object.fromEntries(map) } : {}),
      gates: results.map(({ gate, value, passed }) => ({ ...gate, value, passed })),
    };
    await unlessClosed(stdout.write(`${JSON.stringify(report)}\n`));
  } else {
    const lines = formatConlleval(scored).split('\n').slice(0, -1);
    if (showsDetails(options, shell)) lines.push('', ...detailLines(scored, detailsOf(sentences, seen)));
    // a type may hold what a terminal obeys
    await unlessClosed(stdout.write(`${(stdout.isTTY ? lines.map(visible) : lines).join('\n')}\n`));
  }
  failAtGates(results);
}

function showsDetails({ details }: EvalOptions, { stdout }: Shell): boolean {
  return details === true || stdout.isTTY;
}

function hashOf({ source, sha256 }: HashedFile): { readonly file: string; readonly sha256: string } {
  return { file: source, sha256 };
}

function failAtGates(results: readonly GateResult[]): void {
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length > 0) throw new CheckFailed(failed.map(({ reason }) => reason).join('; '));
}
