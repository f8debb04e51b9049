import { Encoder } from '../src/encode/encoder.js';
import { resolveSettings } from '../src/model/settings.js';
import { createTagger, type Example, entityTypes, train } from '../src/train/trainer.js';
import { interleaved, median, medianRatio, type Row, shown, type Tell } from './measure.js';
import { architecture, createKernels, Ours } from './ours.js';
import { evenSentences, inOrder, wordsOnce } from './sentences.js';
import { Turns } from './turns.js';

const [HIDDEN, BATCH, TAGS, VOCABULARY] = [128, 32, 9, 23_000];
const ROUNDS = 3;

/** How the speed of training changes with one size, each measured beside the size that the others are compared with. */
export async function scaling(tell: Tell): Promise<Row[]> {
  const rows = [...(await byLength()), ...(await byHidden()), ...(await byVocabulary())];
  for (const { name, against, ours, unit, ratio } of rows)
    tell(`${name}: ${shown(ours)} ${unit}, ${shown(ratio)} of that ${against}`);
  return rows;
}

/** One size: what a side of `interleaved` returns for it. */
interface Size {
  readonly size: number;
  readonly run: () => number;
}

const LENGTHS = [10, 30, 100, 300, 1000];
const TOKENS = 64_000;

/** Tokens a second by the length of the sentences, the same number of tokens for each. */
async function byLength(): Promise<Row[]> {
  const sizes = await Promise.all(
    LENGTHS.map(async (length): Promise<Size> => {
      const ours = await Ours.create(architecture('lstm', false, HIDDEN), VOCABULARY, TAGS);
      const sentences = evenSentences(Math.ceil(TOKENS / length), length, VOCABULARY, TAGS, 1);
      const batches = inOrder(sentences, BATCH);
      return { size: length, run: () => ours.rate('train', batches) };
    }),
  );
  return rowsOf('LSTM training, sentences of', 'tokens', sizes, 10, 'tokens/s');
}

const HIDDENS = [32, 64, 128, 256, 512];

/** Multiplications and additions a second by the hidden size: those of a token's products in training, three times forward. */
async function byHidden(): Promise<Row[]> {
  const batches = inOrder(evenSentences(320, 14, VOCABULARY, TAGS, 1), BATCH);
  const sizes = await Promise.all(
    HIDDENS.map(async (hidden): Promise<Size> => {
      const ours = await Ours.create(architecture('lstm', false, hidden), VOCABULARY, TAGS);
      const operations = 3 * 2 * hidden * (4 * hidden * (13 / 14) + TAGS);
      return { size: hidden, run: () => (ours.rate('train', batches) * operations) / 1e9 };
    }),
  );
  return rowsOf('LSTM training, hidden size', 'units', sizes, 128, 'GFLOP/s');
}

async function rowsOf(
  name: string,
  things: string,
  sizes: readonly Size[],
  base: number,
  unit: string,
): Promise<Row[]> {
  const figures = await interleaved(new Map(sizes.map(({ size, run }) => [String(size), run])), ROUNDS);
  const other = figures.get(String(base)) ?? [];
  return sizes.map(({ size }) =>
    rowOf(`${name} ${size} ${things}`, `of ${base}`, figures.get(String(size)) ?? [], other, unit),
  );
}

function rowOf(name: string, against: string, ours: readonly number[], other: readonly number[], unit: string): Row {
  return {
    section: 'scaling',
    name,
    against,
    ours: median(ours),
    other: median(other),
    unit,
    ratio: medianRatio(ours, other),
  };
}

const VOCABULARIES = [1_000, 10_000, 100_000, 1_000_000];
const VOCABULARY_TOKENS = 1_200_000;

/**
 * Tokens a second of whole epochs of `train` by the vocabulary: what a step does, and what an epoch does with all weights.
 * Every corpus has the same number of tokens and each of its words at least once.
 */
async function byVocabulary(): Promise<Row[]> {
  const turns = new Turns();
  const rates = await Promise.all(VOCABULARIES.map((words) => epochRates(words, turns)));
  const base = VOCABULARIES.indexOf(10_000);
  return VOCABULARIES.map((words, i) =>
    rowOf(`Elman epoch, vocabulary of ${words} words`, 'of 10000', rates[i], rates[base], 'tokens/s'),
  );
}

async function epochRates(words: number, turns: Turns): Promise<number[]> {
  const examples: Example[] = wordsOnce(words, VOCABULARY_TOKENS, 14, 1);
  // without decay all rates stay such that nothing diverges or stands still
  const settings = resolveSettings({
    hidden: HIDDEN,
    epochs: ROUNDS + 1,
    decay: 'none',
    learningRate: 0.01,
    tableLearningRate: 0.1,
  });
  const encoder = Encoder.build(examples, settings);
  const tagger = createTagger(encoder, entityTypes(examples), settings, await createKernels());
  const tokens = examples.reduce((sum, example) => sum + example.tokens.length, 0);
  const rates: number[] = [];
  let release = await turns.take();
  let begin: NodeJS.CpuUsage | undefined;
  await train(tagger, examples, examples.slice(0, 32), {
    onEpoch: async () => {
      // the first epoch is not timed: it includes encoding
      if (begin !== undefined) {
        const { user, system } = process.cpuUsage(begin);
        rates.push((tokens / (user + system)) * 1e6);
      }
      release();
      release = await turns.take();
      begin = process.cpuUsage();
    },
  });
  release();
  return rates;
}
