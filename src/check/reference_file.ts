import * as z from 'zod/mini';
import { DataError } from '../errors.js';
import { validate } from '../model/validate.js';
import { parseJson } from '../text/parse_json.js';

/** A matrix as [outputs × inputs], or a bias. */
const weightSchema = z.union([z.array(z.array(z.number())), z.array(z.number())]);
const matrixSchema = z.array(z.array(z.number()));
const weightsSchema = z.record(z.string(), weightSchema);
const idSchema = z.int().check(z.minimum(0));
const sizeSchema = z.int().check(z.minimum(1));

/** What kind of network, its sizes and its weights by name. */
const describedNetwork = {
  cell: z.enum(['elman', 'lstm', 'gru']),
  /** Of the Elman cell, which must have it. */
  activation: z.optional(z.enum(['sigmoid', 'tanh', 'relu'])),
  gateOrder: z.optional(z.enum(['ifgo', 'rzn'])),
  bidirectional: z.boolean(),
  vocabularySize: sizeSchema,
  hiddenSize: sizeSchema,
  tagCount: sizeSchema,
  parameters: weightsSchema,
};

const sentenceSchema = z.object({
  tokens: z.array(idSchema).check(z.minLength(1)),
  tags: z.array(idSchema),
  states: matrixSchema,
  logits: matrixSchema,
  probabilities: matrixSchema,
  loss: z.number(),
});

const networkSchema = z.object({
  ...describedNetwork,
  sentences: z.array(sentenceSchema).check(z.minLength(1)),
  loss: z.number(),
  gradients: weightsSchema,
});

const reachSchema = z.object({
  ...describedNetwork,
  /** The norms of which direction a file would mean is not settled. */
  bidirectional: z.literal(false),
  tokens: z.array(idSchema).check(z.minLength(1)),
  lastTag: idSchema,
  loss: z.number(),
  stateGradientNorms: z.array(z.number()),
  cellGradientNorms: z.optional(z.array(z.number())),
});

const optimizersSchema = z.object({
  start: z.array(z.number()).check(z.minLength(1)),
  gradients: z.array(z.array(z.number())).check(z.minLength(1)),
  runs: z.array(z.object({ optimizer: z.string(), weights: z.array(z.array(z.number())) })).check(z.minLength(1)),
});

const chainSchema = {
  emissions: matrixSchema,
  /** A: of every tag (row) followed by every tag (column). */
  transitions: matrixSchema,
  start: z.array(z.number()).check(z.minLength(1)),
  end: z.array(z.number()),
};

const crfSchema = z.object({
  ...chainSchema,
  emissions: matrixSchema.check(z.minLength(1)),
  tags: z.array(idSchema),
  logPartition: z.number(),
  goldScore: z.number(),
  loss: z.number(),
  marginals: matrixSchema,
  bestPath: z.array(idSchema),
  bestScore: z.number(),
  gradients: z.object(chainSchema),
});

export type ReferenceWeight = z.infer<typeof weightSchema>;
export type DescribedNetwork = Omit<z.infer<typeof networkSchema>, 'sentences' | 'loss' | 'gradients'>;
export type NetworkReference = z.infer<typeof networkSchema>;
export type ReachReference = z.infer<typeof reachSchema>;
export type OptimizersReference = z.infer<typeof optimizersSchema>;
export type CrfReference = z.infer<typeof crfSchema>;

/** Values that another program computed, for this build to be checked against. */
export type Reference =
  | { readonly kind: 'network'; readonly content: NetworkReference }
  | { readonly kind: 'gradient reach'; readonly content: ReachReference }
  | { readonly kind: 'optimizers'; readonly content: OptimizersReference }
  | { readonly kind: 'crf'; readonly content: CrfReference };

/**
 * Reads a reference file; which of the four kinds it is, its members say.
 *
 * @throws DataError naming the line of broken JSON, or the member that is missing or wrong
 */
export function parseReference(json: string, source: string): Reference {
  const parsed = parseJson(json);
  if ('error' in parsed) {
    const { line, message } = parsed.error;
    throw new DataError(message, { at: { source, line } });
  }
  const { value } = parsed;
  const has = (...members: string[]): boolean =>
    typeof value === 'object' && value !== null && members.some((member) => Object.hasOwn(value, member));
  if (has('emissions', 'transitions')) return { kind: 'crf', content: validated(crfSchema, value, source) };
  if (has('runs', 'start')) return { kind: 'optimizers', content: validated(optimizersSchema, value, source) };
  if (has('lastTag', 'stateGradientNorms'))
    return { kind: 'gradient reach', content: validated(reachSchema, value, source) };
  if (has('cell', 'parameters')) return { kind: 'network', content: validated(networkSchema, value, source) };
  throw new DataError('not a file of reference values', {
    at: { source },
    hint: 'it needs a member "cell" (a network), "stateGradientNorms" (gradient reach), "runs" (optimizers) or "emissions" (a CRF)',
  });
}

function validated<T>(schema: z.ZodMiniType<T>, value: unknown, source: string): T {
  const result = validate(schema, value);
  if ('data' in result) return result.data;
  const { path, message } = result.issue;
  const what = message.endsWith('received undefined') ? 'missing' : message;
  throw new DataError(`${memberPath(path)}: ${what}`, { at: { source } });
}

/** `sentences[0].states`, as one writes it in a program. */
function memberPath(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('');
}
