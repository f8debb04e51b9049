/** What is tried, and on which corpora. */
export interface Row {
  readonly name: string;
  /** Names that `corporaIn` knows. */
  readonly corpora: readonly string[];
  /** Of `ner train` on a corpus of that name. */
  readonly flags: (corpus: string) => readonly string[];
}

/** What is tried with one change each. */
interface Trial {
  readonly name: string;
  readonly corpora: readonly string[];
  readonly flags: readonly string[];
}

const ALL = ['English', 'Spanish', 'Dutch', 'WNUT17', 'Twitter', 'Wikipedia'];
const FOUR_EPOCHS = ['--epochs', '4', '--average-epochs', '2'];
/** Newspapers without documents marked. */
const RUNNING = ['Spanish', 'Dutch'];
/** Where a change has to pay: newspapers with documents marked and without, and tweets. */
const SOME = ['English', 'Spanish', 'Dutch', 'WNUT17'];

/** `default` with one of its parts taken away or changed. */
const PARTS: readonly Trial[] = [
  { name: 'all of it', corpora: SOME, flags: [] },
  { name: 'input not moved', corpora: SOME, flags: ['--adversarial', '0'] },
  { name: 'input moved by .05', corpora: SOME, flags: ['--adversarial', '0.05'] },
  { name: 'documents of 15 sentences', corpora: RUNNING, flags: ['--document-sentences', '15'] },
  { name: 'four epochs', corpora: SOME, flags: FOUR_EPOCHS },
];

/** What was tried around `default` as it was before the input was moved: see `earlier`. */
const TRIALS: readonly Trial[] = [
  { name: 'the earlier default', corpora: SOME, flags: [] },
  { name: 'Elman, rate .002', corpora: SOME, flags: ['--cell', 'elman', '--learning-rate', '0.002'] },
  { name: 'LSTM, rate .003', corpora: SOME, flags: ['--cell', 'lstm', '--learning-rate', '0.003'] },
  { name: 'rate .003', corpora: SOME, flags: ['--learning-rate', '0.003'] },
  { name: 'rate .005', corpora: SOME, flags: ['--learning-rate', '0.005'] },
  { name: 'H = 64', corpora: SOME, flags: ['--hidden', '64'] },
  { name: 'H = 128', corpora: SOME, flags: ['--hidden', '128'] },
  { name: 'D = 80', corpora: SOME, flags: ['--column-width', '80'] },
  { name: 'two layers', corpora: SOME, flags: ['--layers', '2'] },
  { name: 'tables at rate .05', corpora: SOME, flags: ['--table-learning-rate', '0.05'] },
  { name: 'dropout of the input .3', corpora: SOME, flags: ['--dropout-input', '0.3'] },
  { name: 'six epochs', corpora: SOME, flags: ['--epochs', '6', '--average-epochs', '3'] },
  { name: 'every one-hot, seen once too', corpora: SOME, flags: ['--min-count', '1'] },
  { name: 'one-hots seen 5 times', corpora: SOME, flags: ['--min-count', '5'] },
  { name: 'weights as int8', corpora: SOME, flags: ['--weight-format', 'int8'] },
  { name: 'three seeds together', corpora: SOME, flags: ['--members', '3'] },
];

/** `default` as it was then, for corpora of more than 2,000 sentences. */
function earlier(corpus: string): string[] {
  const documents = RUNNING.includes(corpus) ? ['--document-sentences', '15'] : [];
  return ['--adversarial', '0', ...FOUR_EPOCHS, ...documents];
}

/** By the likeliest tags alone. */
const LIKELIEST = ['--decision', 'tags', '--agreement', '0'];

function rowOf({ name, corpora, flags }: Trial, before: Row['flags'] = () => []): Row {
  return { name, corpora, flags: (corpus) => [...before(corpus), ...flags, ...LIKELIEST] };
}

/** The rows of the tables in docs/accuracy.md, and more; those of trials by the likeliest tags. */
export const ROWS: readonly Row[] = [
  { name: 'textbook', corpora: ALL, flags: () => ['--preset', 'textbook'] },
  { name: 'default', corpora: ALL, flags: () => [] },
  { name: 'accurate', corpora: ALL, flags: () => ['--preset', 'accurate'] },
  ...PARTS.map((part) => rowOf(part)),
  ...TRIALS.map((trial) => rowOf(trial, earlier)),
];
