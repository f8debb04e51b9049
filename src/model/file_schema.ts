import * as z from 'zod/mini';
import type { VocabularyEntry } from '../encode/vocabulary.js';
import { isTag } from '../text/tags.js';
import { trainingRecordSchema } from './record.js';
import { settingsSchema } from './settings.js';
import { WEIGHT_FORMATS } from './weights.js';

export const FORMAT = 'ner-model';
export const VERSION = 1;

/**
 * The members of a model file besides the hash, without the weights' data. Users' strings stand in arrays and in texts of a line each,
 * never as keys.
 */
export function fileSchema() {
  const size = z.int().check(z.minimum(0));
  const positive = z.int().check(z.minimum(1));
  /**
   * For each kind of one-hot its words by id, from id 1, each ended by a line feed, with runs [count in training, words that have it],
   * and what else it has learned. Older files have `entries` [word, count] in their place.
   */
  const vocabularies = z.array(
    z.strictObject({
      feature: z.string(),
      words: z.optional(z.string()),
      counts: z.optional(z.array(z.tuple([positive, positive]))),
      entries: z.optional(entriesSchema()),
      state: z.optional(z.unknown()),
    }),
  );
  return z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal(VERSION),
    settings: settingsSchema(),
    /** In the order of the network's outputs. */
    tags: z.array(z.string().check(z.refine(isTag, 'not a tag'))).check(z.minLength(1)),
    /** What the model takes for a document; left out where it knows none. */
    documents: z.optional(z.union([z.literal('marked'), z.int().check(z.minimum(1))])),
    vocabularies,
    /** The networks behind the first: their settings, and their vocabularies unless they read those of one before. */
    members: z.optional(
      z.array(z.strictObject({ settings: settingsSchema(), vocabularies: z.optional(vocabularies) })),
    ),
    training: trainingRecordSchema(),
    /** How probable entities must be to be found, where they are what is looked for; left out where it was not fitted. */
    threshold: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
    /** What scores are divided by where probabilities are asked for; left out where it is 1. */
    temperature: z.optional(z.number().check(z.positive())),
    /**
     * `data`, cut out before, is base64 of what `packWeights` makes, row by row; one row for each input. Older files are float32. Those
     * of the second network are called `2.U` and so on.
     */
    parameters: z.array(
      z.strictObject({
        name: z.string(),
        shape: z.tuple([size, size]),
        type: z._default(z.enum(WEIGHT_FORMATS), 'float32'),
        data: z.string(),
      }),
    ),
    sha256: z.string(),
  });
}

/** Words and their counts, of which there may be a million: checked in a plain loop, of which the first failure is told. */
function entriesSchema(): z.ZodMiniType<VocabularyEntry[]> {
  const list = z.custom<VocabularyEntry[]>(Array.isArray, 'expected an array');
  return list.check((context) => {
    const wrong = context.value.findIndex((entry) => !isEntry(entry));
    if (wrong < 0) return;
    const message = 'expected a word and its count';
    context.issues.push({ code: 'custom', message, input: context.value[wrong], path: [wrong] });
  });
}

function isEntry(entry: unknown): entry is VocabularyEntry {
  if (!Array.isArray(entry) || entry.length !== 2) return false;
  const [word, count] = entry;
  return typeof word === 'string' && Number.isSafeInteger(count) && count >= 1;
}

/** A model file that is right in all but its weights, and the base64 of each of its parameters. */
export type ModelFile = z.infer<ReturnType<typeof fileSchema>>;
