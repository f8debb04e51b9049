import * as z from 'zod/mini';
import { OFFSET_UNITS } from '../text/offsets.js';

const ENDS = ['finished', 'patience', 'interrupted'] as const;

/** How a model came to be: enough to make it again. (Built where it is needed, as it takes a moment.) */
export function trainingRecordSchema() {
  const count = z.int().check(z.minimum(0));
  const column = z.int().check(z.minimum(1));
  const fraction = z.number().check(z.minimum(0), z.maximum(1));
  /** SHA-256 in hexadecimal. */
  const hashes = z.array(z.string().check(z.regex(/^[0-9a-f]{64}$/)));
  /** Where a corpus's figures come from: no file name, so that the same data always make the same model. */
  const corpus = z.strictObject({
    /** Of each file's bytes, in the order given. */
    sha256: hashes,
    sentences: count,
    tokens: count,
    entities: count,
  });
  const scores = z.strictObject({ precision: fraction, recall: fraction, f1: fraction });
  const training = {
    epochs: count,
    bestEpoch: count,
    /** Why training ended: not for the last of its epochs, but for lack of patience or at the user's wish. */
    stopped: z.enum(ENDS),
    /** Scores on the dev part: of the model, and below of each network's best epoch alone, by its likeliest tags. */
    devScores: scores,
  };
  return z.strictObject({
    /** Of the package that trained it. */
    version: z.string(),
    /** The kernels whose arithmetic made it. */
    kernels: z.string(),
    /** What whoever trained it wants known of it: sources, licences. */
    about: z.exactOptional(z.string()),
    /** SHA-256 of what the corpora were made from, where the user named it. */
    madeFrom: z.exactOptional(hashes),
    train: corpus,
    /** Which columns of column files were read, from 1, where the user said so: else both were detected. */
    columns: z.exactOptional(
      z.strictObject({ tokenColumn: z.exactOptional(column), tagColumn: z.exactOptional(column) }),
    ),
    /** What offsets of JSON Lines count where a line does not say, where the user said it. */
    offsets: z.exactOptional(z.enum(OFFSET_UNITS)),
    /** The tags that numbers in JSON Lines stand for, where the user named them. */
    tagNames: z.exactOptional(z.array(z.string())),
    /** There where the user wanted entities of JSON Lines mended. */
    mendSpans: z.exactOptional(z.literal(true)),
    /** Whether the dev part was held out of the training files by the seed. */
    heldOut: z.boolean(),
    dev: corpus,
    ...training,
    /** `unfinished` is the model of an epoch, written while training goes on: how it decides is not fitted to the dev part yet, and its scores are those of the likeliest tags. */
    stopped: z.enum([...ENDS, 'unfinished']),
    /** Where its first epoch was cut short, after how many batches. */
    batches: z.exactOptional(count),
    /**
     * Where there are several networks, how the training of each went. Then the scores above are those of all together, the epochs
     * those of the first, and `interrupted` says that there should have been more.
     */
    members: z.exactOptional(z.array(z.strictObject(training)).check(z.minLength(2))),
  });
}

export type TrainingRecord = z.infer<ReturnType<typeof trainingRecordSchema>>;
export type CorpusRecord = TrainingRecord['train'];
