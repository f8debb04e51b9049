import type { Score } from '../evaluate/score.js';
import type { CorpusRecord, TrainingRecord } from '../model/record.js';
import type { Tagger } from '../model/tagger.js';
import type { Example, TrainingResult } from './trainer.js';

/** What a model remembers of the data that it was trained and chosen on. */
export type RecordedData = Pick<
  TrainingRecord,
  'train' | 'dev' | 'heldOut' | 'columns' | 'offsets' | 'tagNames' | 'mendSpans'
>;

/** The figures of sentences that come from files, or parts of files, of which the SHA-256 are given in hexadecimal. */
export function corpusRecord(sha256: readonly string[], examples: readonly Example[]): CorpusRecord {
  return {
    sha256: [...sha256],
    sentences: examples.length,
    tokens: examples.reduce((sum, { tokens }) => sum + tokens.length, 0),
    entities: examples.reduce((sum, { entities }) => sum + entities.length, 0),
  };
}

/** How the training of a network went: its epochs so far, and the best of them. */
export type NetworkOutcome = Omit<TrainingResult, 'tagger'>;

/** How a run went, for the record of its model. */
export interface Outcome {
  /** Of the package that trained. */
  readonly version: string;
  readonly networks: readonly [NetworkOutcome, ...NetworkOutcome[]];
  /** Scores of all of them together. */
  readonly dev: Score;
  readonly stopped: TrainingRecord['stopped'];
  readonly about?: string | undefined;
  /** SHA-256 of what the corpora were made from. */
  readonly madeFrom?: readonly string[] | undefined;
}

/** The record of the model that a run has made. */
export function trainingRecord(
  { kernels }: Pick<Tagger, 'kernels'>,
  { train, dev: devPart, heldOut, ...said }: RecordedData,
  { version, networks, dev, stopped, about, madeFrom }: Outcome,
): TrainingRecord {
  const [{ epochs, best }] = networks;
  return {
    version,
    kernels: kernels.name,
    ...(about === undefined ? {} : { about }),
    ...(madeFrom === undefined ? {} : { madeFrom: [...madeFrom] }),
    train,
    ...said,
    heldOut,
    dev: devPart,
    epochs: epochs.length,
    bestEpoch: best.epoch,
    stopped,
    ...(best.partial ? { batches: best.batches } : {}),
    devScores: scoresOf(dev),
    ...(networks.length === 1 ? {} : { members: networks.map(networkRecord) }),
  };
}

function networkRecord({ epochs, best, stopped }: NetworkOutcome): NonNullable<TrainingRecord['members']>[number] {
  return { epochs: epochs.length, bestEpoch: best.epoch, stopped, devScores: scoresOf(best.dev) };
}

function scoresOf({ micro: { precision, recall, f1 } }: Score): TrainingRecord['devScores'] {
  return { precision, recall, f1 };
}
