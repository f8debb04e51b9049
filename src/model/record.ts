import { z } from 'zod';

const count = z.int().min(0);
const fraction = z.number().min(0).max(1);

/** Where a corpus's figures come from: no file name, so that the same data always make the same model. */
const corpusSchema = z.strictObject({
  /** Of each file's bytes, hexadecimal, in the order given. */
  sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  sentences: count,
  tokens: count,
  entities: count,
});

/** How a model came to be: enough to make it again. */
export const trainingRecordSchema = z.strictObject({
  /** Of the package that trained it. */
  version: z.string(),
  /** The kernels whose arithmetic made it. */
  kernels: z.string(),
  train: corpusSchema,
  /** Whether the dev part was held out of the training files by the seed. */
  heldOut: z.boolean(),
  dev: corpusSchema,
  epochs: count,
  bestEpoch: count,
  /** Why training ended: not for the last of its epochs, but for lack of patience or at the user's wish. */
  stopped: z.enum(['finished', 'patience', 'interrupted']),
  /** Scores of the best epoch on the dev part. */
  devScores: z.strictObject({ precision: fraction, recall: fraction, f1: fraction }),
});

export type TrainingRecord = z.infer<typeof trainingRecordSchema>;
export type CorpusRecord = z.infer<typeof corpusSchema>;
