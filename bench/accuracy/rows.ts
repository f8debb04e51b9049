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
const SOME = ['English', 'Spanish', 'WNUT17'];

/** The rows of the table in docs/accuracy.md, in its order. */
export const ROWS: readonly Row[] = [
  { name: 'textbook', corpora: ALL, flags: ['--preset', 'textbook'] },
  { name: 'default', corpora: ALL, flags: [] },
  { name: 'every one-hot, seen once too', corpora: SOME, flags: ['--min-count', '1'] },
  { name: 'one-hots seen 5 times', corpora: SOME, flags: ['--min-count', '5'] },
  { name: 'tables at rate .05', corpora: SOME, flags: ['--table-learning-rate', '0.05'] },
  { name: 'less dropout', corpora: SOME, flags: ['--dropout-input', '0.3', '--dropout-states', '0.4'] },
  { name: 'three epochs', corpora: SOME, flags: ['--epochs', '3', '--average-epochs', '2'] },
  { name: 'six epochs', corpora: SOME, flags: ['--epochs', '6', '--average-epochs', '3'] },
  { name: 'H = 192 each way, D = 96', corpora: SOME, flags: ['--hidden', '192', '--column-width', '96'] },
];
