import { asText } from './corpus.js';
import { Epochs } from './epochs.js';
import { interleaved, median, medianRatio, type Row, shown, type Tell } from './measure.js';
import { architecture, Ours } from './ours.js';
import { evenSentences, everyWord, inOrder } from './sentences.js';

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
  readonly run: () => number | Promise<number>;
}

const LENGTHS = [10, 30, 100, 300, 1000];
const TOKENS = 32_000;

/** Tokens a second by the length of the sentences, the same number of tokens for each. */
async function byLength(): Promise<Row[]> {
  const sizes = await Promise.all(
    LENGTHS.map(async (length): Promise<Size> => {
      const sentences = evenSentences(Math.ceil(TOKENS / length), length, VOCABULARY, TAGS, 1);
      const batches = inOrder(sentences, BATCH);
      const ours = await Ours.create(architecture('lstm', false, HIDDEN), VOCABULARY, TAGS, batches);
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
      const ours = await Ours.create(architecture('lstm', false, hidden), VOCABULARY, TAGS, batches);
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
const VOCABULARY_TOKENS = 1_100_000;

/**
 * Tokens a second of whole epochs of `train` by the vocabulary: what a step does, and what an epoch does with all weights.
 * Every corpus has the same number of tokens and each of its words at least once.
 */
async function byVocabulary(): Promise<Row[]> {
  const settings = { hidden: HIDDEN };
  const runs = VOCABULARIES.map((words) => {
    const examples = asText(everyWord(words, VOCABULARY_TOKENS, 14, TAGS, 1));
    return new Epochs(examples, { settings, seconds: secondsOfProcessor });
  });
  const sizes = runs.map((run, i): Size => ({ size: VOCABULARIES[i], run: () => run.next() }));
  try {
    return await rowsOf('Elman epoch, vocabulary of', 'words', sizes, 10_000, 'tokens/s');
  } finally {
    for (const run of runs) await run.stop();
  }
}

function secondsOfProcessor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
