import { type Command, Option } from 'commander';
import { cutDocuments, type Placed } from '../encode/documents.js';
import { Encoder, type EncoderSettings, type Input } from '../encode/encoder.js';
import { columnsOf } from '../encode/features.js';
import { UNKNOWN, type Vocabulary } from '../encode/vocabulary.js';
import { twoDecimals } from '../evaluate/conlleval.js';
import { alignColumns } from '../evaluate/display.js';
import { compareCodePoints } from '../evaluate/order.js';
import { ratio } from '../evaluate/score.js';
import { SETTINGS } from '../model/settings.js';
import { type CorpusCounts, type CorpusOptions, corpusCounts } from '../text/corpus.js';
import { visible } from '../text/visible.js';
import { addCorpusOptions, type LoadedCorpus, loadCorpora, placedSentences, reportNotices } from './corpora.js';
import { addGazetteers, type GazetteerOptions, loadGazetteers, withGazetteers } from './gazetteers.js';
import { type OneHot, oneHotLines, oneHotsOf } from './one_hot.js';
import { parseNumber } from './options.js';
import type { Shell } from './shell.js';

interface VocabOptions extends CorpusOptions, GazetteerOptions, Omit<EncoderSettings, 'gazetteers'> {
  readonly dev?: readonly string[];
  readonly limit?: number;
  readonly oneHot?: string;
  readonly json?: boolean;
}

/** How many of the values that a corpus has are not in a vocabulary. */
interface OutOfVocabulary {
  readonly tokens: Share;
  /** The same, every value counted once. */
  readonly distinct: Share;
}

interface Share {
  readonly unknown: number;
  readonly total: number;
  /** `unknown / total`, 0 where there is none. */
  readonly rate: number;
}

/** Entries shown on a terminal unless told otherwise. */
const SHOWN_ENTRIES = 20;
const MOST_ENTRIES = 1_000_000_000;

export function configure(command: Command, shell: Shell): void {
  const { minCount, lowercase, features, documentSentences } = SETTINGS;
  command
    .description(
      'Show how much tagged corpora hold and the vocabulary that training on them would build: the words by their ' +
        'count, each with its id. Id 0 is the unknown word, which stands for all others.',
    )
    .argument('<corpus...>', 'tagged corpora (- for standard input)')
    .option('--dev <file...>', 'tagged corpora to count the words in that the vocabulary has not')
    .option('--one-hot <word>', 'show the one-hot vector of a word in place of the vocabulary')
    .option('--limit <n>', 'entries to show, 0 for all; else 20, and all with --json', (value) =>
      parseNumber(value, { kind: 'integer', min: 0, max: MOST_ENTRIES }),
    )
    .option('--json', 'print one JSON object')
    .addOption(
      new Option('--min-count <n>', minCount.help)
        .default(minCount.default)
        .argParser((value) => parseNumber(value, minCount)),
    )
    .option('--lowercase', lowercase.help, lowercase.default)
    .option('--features <list>', features.help, features.default)
    .addOption(
      new Option('--document-sentences <n>', documentSentences.help)
        .default(documentSentences.default)
        .argParser((value) => parseNumber(value, documentSentences)),
    );
  addGazetteers(addCorpusOptions(command)).action((names: readonly string[], options: VocabOptions) =>
    showVocabulary(names, options, shell),
  );
}

async function showVocabulary(names: readonly string[], options: VocabOptions, shell: Shell): Promise<void> {
  const { dev = [], oneHot, limit, json } = options;
  const features = withGazetteers(options.features, options);
  const columns = { ...options, furtherColumns: columnsOf([{ features }]) };
  const corpora = await loadCorpora([...names, ...dev], columns, shell);
  await reportNotices(corpora, shell);
  const training = corpora.slice(0, names.length);
  const devSentences = placedSentences(corpora.slice(names.length));
  const encoder = Encoder.build(placedSentences(training), {
    ...options,
    features,
    gazetteers: await loadGazetteers(options, shell),
  });
  const unknown = dev.length === 0 ? undefined : outOfVocabulary(devSentences, encoder);
  const vectors = oneHot === undefined ? undefined : oneHotsOf(oneHot, encoder);
  if (json) {
    const report = jsonOf(training, encoder, options, unknown, vectors);
    await shell.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const lines = vectors?.flatMap((vector) => oneHotLines(vector, encoder.kinds.length > 1)) ?? [
    ...countLines(sumCounts(training), training),
    ...vocabularyLines(encoder, options.minCount, limit ?? SHOWN_ENTRIES),
  ];
  if (unknown !== undefined) lines.push('', ...unknownLines(unknown, encoder.kindNames, dev));
  await shell.stdout.write(`${lines.join('\n')}\n`);
}

function sumCounts(corpora: readonly LoadedCorpus[]): CorpusCounts {
  const sum = { documents: 0, sentences: 0, tokens: 0, total: 0 };
  const perType = new Map<string, number>();
  for (const { documents, sentences, tokens, entities } of corpora.map(corpusCounts)) {
    sum.documents += documents;
    sum.sentences += sentences;
    sum.tokens += tokens;
    sum.total += entities.total;
    for (const [type, count] of entities.perType) perType.set(type, (perType.get(type) ?? 0) + count);
  }
  const { total, ...counts } = sum;
  const sorted = new Map([...perType].sort(([a], [b]) => compareCodePoints(a, b)));
  return { ...counts, entities: { total, perType: sorted } };
}

/** For each kind of one-hot what of the sentences its vocabulary has not. */
function outOfVocabulary(sentences: readonly (Input & Placed)[], encoder: Encoder): OutOfVocabulary[] {
  return encoder.kinds.map((kind, k) => {
    const counts = new Map<string, number>();
    for (const document of cutDocuments(sentences, encoder.documents)) {
      for (const value of encoder.valuesOf(kind, document).flat(2)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const unknown = [...counts].filter(([value]) => !encoder.vocabularies[k].has(value));
    return { tokens: shareOf(sumOf(unknown), sumOf([...counts])), distinct: shareOf(unknown.length, counts.size) };
  });
}

function sumOf(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((sum, [, count]) => sum + count, 0);
}

function shareOf(unknown: number, total: number): Share {
  return { unknown, total, rate: ratio(unknown, total) };
}

function jsonOf(
  training: readonly LoadedCorpus[],
  encoder: Encoder,
  { minCount, lowercase, limit = 0 }: VocabOptions,
  unknown: readonly OutOfVocabulary[] | undefined,
  oneHot: readonly OneHot[] | undefined,
): object {
  const { entities, ...counts } = sumCounts(training);
  // without a prototype `__proto__` is a type like any other
  const perType: { [type: string]: number } = Object.create(null);
  for (const [type, count] of entities.perType) perType[type] = count;
  const schemes = new Set(training.map(({ scheme }) => scheme));
  return {
    schema: 1,
    ...counts,
    entities: { total: entities.total, perType },
    scheme: schemes.size === 1 ? training[0].scheme : null,
    data: training.map(({ source, sha256, scheme }) => ({ file: source, sha256, scheme })),
    vocabulary: {
      size: encoder.size,
      minCount,
      lowercase,
      unknown: UNKNOWN,
      features: encoder.vocabularies.map((vocabulary, k) => ({
        name: encoder.kindNames[k],
        size: vocabulary.size,
        entries: shownEntries(vocabulary, limit),
        outOfVocabulary: unknown?.[k],
      })),
    },
    oneHot: oneHot?.map(({ feature, value, size, id }) => ({ feature, value, size, id })),
  };
}

function shownEntries({ entries }: Vocabulary, limit: number): Vocabulary['entries'] {
  return limit === 0 ? entries : entries.slice(0, limit);
}

function countLines(
  { documents, sentences, tokens, entities }: CorpusCounts,
  training: readonly LoadedCorpus[],
): string[] {
  const schemes = new Set(training.map(({ scheme }) => scheme));
  const scheme =
    schemes.size === 1 ? training[0].scheme : training.map((corpus) => `${corpus.source}: ${corpus.scheme}`).join(', ');
  const counts = [
    ...(documents > 0 ? [['documents', String(documents)]] : []),
    ['sentences', String(sentences)],
    ['tokens', String(tokens)],
    ['entities', String(entities.total)],
    ...[...entities.perType].map(([type, count]) => [`  ${type}`, String(count)]),
  ];
  return [...alignColumns(counts, '<>'), `scheme  ${visible(scheme)}`];
}

function vocabularyLines(encoder: Encoder, minCount: number, limit: number): string[] {
  return encoder.vocabularies.flatMap((vocabulary, k) => {
    const name = encoder.kindNames[k];
    const shown = shownEntries(vocabulary, limit);
    const rest = vocabulary.entries.length - shown.length;
    const { rare, minCount: ownCount } = encoder.kinds[k].rules;
    const leastCount = Math.max(minCount, ownCount);
    const least = leastCount > 1 ? ` seen at least ${leastCount} times` : '';
    const unknown = rare === 'unknown' ? 'id 0 for the unknown' : 'id 0 for the unknown, which has no column,';
    return [
      '',
      `${name}: |V| = ${vocabulary.size}, ${unknown} and ${vocabulary.entries.length} others${least}`,
      ...alignColumns(
        [['id', 'count', name], ...shown.map(([word, count], i) => [String(i + 1), String(count), word])],
        '>><',
      ),
      ...(rest > 0 ? [`and ${rest} more (--limit 0 shows all)`] : []),
    ];
  });
}

function unknownLines(unknown: readonly OutOfVocabulary[], names: readonly string[], dev: readonly string[]): string[] {
  return unknown.flatMap(({ tokens, distinct }, k) => [
    `${names[k]}: out of vocabulary in ${visible(dev.join(', '))}`,
    ...alignColumns(
      Object.entries({ tokens, distinct }).map(([what, share]) => [
        `  ${what}`,
        `${share.unknown} of ${share.total}`,
        `${twoDecimals(100 * share.rate)}%`,
      ]),
      '<>>',
    ),
  ]);
}
