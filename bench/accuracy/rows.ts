/** What is tried, and on which corpora. */
export interface Row {
  readonly name: string;
  /** Names that `corporaIn` knows. */
  readonly corpora: readonly string[];
  /** Of `ner train`. */
  readonly flags: readonly string[];
}

const ALL = ['English', 'Spanish', 'Dutch', 'WNUT17', 'Twitter', 'Wikipedia'];
/** Where a change has to pay: newspapers with documents marked and without, and tweets. */
const SOME = ['English', 'Spanish', 'Dutch', 'WNUT17'];

/** The rows of the table in docs/accuracy.md, in its order. */
export const ROWS: readonly Row[] = [
  { name: 'textbook', corpora: ALL, flags: ['--preset', 'textbook'] },
  { name: 'default', corpora: ALL, flags: [] },
  { name: 'accurate', corpora: ALL, flags: ['--preset', 'accurate'] },
  { name: 'three seeds together', corpora: SOME, flags: ['--members', '3'] },
  { name: 'Elman', corpora: SOME, flags: ['--cell', 'elman', '--learning-rate', '0.002'] },
  { name: 'LSTM', corpora: SOME, flags: ['--cell', 'lstm', '--learning-rate', '0.003'] },
  { name: 'rate .003', corpora: SOME, flags: ['--learning-rate', '0.003'] },
  { name: 'rate .005', corpora: SOME, flags: ['--learning-rate', '0.005'] },
  { name: 'H = 64 each way', corpora: SOME, flags: ['--hidden', '64'] },
  { name: 'H = 128 each way', corpora: SOME, flags: ['--hidden', '128'] },
  { name: 'D = 80', corpora: SOME, flags: ['--column-width', '80'] },
  { name: 'tables at rate .05', corpora: SOME, flags: ['--table-learning-rate', '0.05'] },
  { name: 'less dropout', corpora: SOME, flags: ['--dropout-input', '0.3'] },
  { name: 'six epochs', corpora: SOME, flags: ['--epochs', '6', '--average-epochs', '3'] },
  { name: 'every one-hot, seen once too', corpora: SOME, flags: ['--min-count', '1'] },
  { name: 'one-hots seen 5 times', corpora: SOME, flags: ['--min-count', '5'] },
];
