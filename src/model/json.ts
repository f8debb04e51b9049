import { z } from 'zod';
import { Encoder } from '../encode/encoder.js';
import type { Vocabulary } from '../encode/vocabulary.js';
import { ModelError, UsageError } from '../errors.js';
import { sha256 } from '../hash.js';
import type { Kernels } from '../kernels/kernels.js';
import { isTag, OUTSIDE } from '../text/tags.js';
import { decodeWeights, encodeWeights } from './base64.js';
import { type TrainingRecord, trainingRecordSchema } from './record.js';
import { type Settings, settingsSchema } from './settings.js';
import { Tagger } from './tagger.js';

const FORMAT = 'ner-model';
const VERSION = 1;

/** A tagger and how it was made. */
export interface Model {
  readonly tagger: Tagger;
  readonly record: TrainingRecord;
}

const shapeSchema = z.int().min(0);

/** The members of a model file besides the hash. Users' strings stand in arrays of pairs, never as keys. */
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  settings: settingsSchema,
  /** In the order of the network's outputs. */
  tags: z.array(z.string().refine(isTag, 'not a tag')).min(1),
  /** What the model takes for a document; left out where it knows none. */
  documents: z.union([z.literal('marked'), z.int().min(1)]).optional(),
  /** For each kind of one-hot its entries by id, from id 1: [word, count in training], and what else it has learned. */
  vocabularies: z.array(
    z.strictObject({
      feature: z.string(),
      entries: z.array(z.tuple([z.string(), z.int().min(1)])),
      state: z.unknown().optional(),
    }),
  ),
  training: trainingRecordSchema,
  /** `data` is base64 of little-endian float32, row by row; one row for each input. */
  parameters: z.array(
    z.strictObject({ name: z.string(), shape: z.tuple([shapeSchema, shapeSchema]), data: z.string() }),
  ),
  sha256: z.string(),
});

type ModelFile = z.infer<typeof fileSchema>;

/**
 * The model file in pieces: one JSON object, a member a line, whose last member is the SHA-256 of all bytes before that
 * member's name.
 */
export async function formatModel({ tagger, record }: Model): Promise<string[]> {
  const { settings, encoder, tags, parameters, kernels } = tagger;
  const { documents, kinds } = encoder.parts;
  const vocabularies = kinds.map(({ name, words, counts, state }) => {
    const entries = words.map((word, index) => [word, counts[index]]);
    return { feature: name, entries, ...(state === undefined ? {} : { state }) };
  });
  const lines = [
    `{"format":${JSON.stringify(FORMAT)},\n`,
    `"version":${VERSION},\n`,
    `"settings":${JSON.stringify(settings)},\n`,
    `"tags":${JSON.stringify(tags)},\n`,
    ...(documents === 'none' ? [] : [`"documents":${JSON.stringify(documents)},\n`]),
    `"vocabularies":${JSON.stringify(vocabularies)},\n`,
    `"training":${JSON.stringify(record)},\n`,
    '"parameters":[\n',
  ];
  parameters.all.forEach(({ name, rows, columns }, i) => {
    const data = encodeWeights(kernels.view(parameters.get(name)));
    const separator = i < parameters.all.length - 1 ? ',' : '';
    lines.push(`{"name":${JSON.stringify(name)},"shape":[${rows},${columns}],"data":"${data}"}${separator}\n`);
  });
  lines.push('],\n');
  const hash = await sha256(new TextEncoder().encode(lines.join('')));
  return [...lines, `"sha256":"${hash}"}\n`];
}

/** Characters of the model file, within a few thousand: what a string of it needs. */
export function modelLength(weights: number, vocabularies: readonly Vocabulary[]): number {
  const words = vocabularies.flatMap((vocabulary) => vocabulary.words);
  return (weights * 16) / 3 + words.reduce((sum, word) => sum + word.length + 16, 0);
}

/**
 * Reads a model file and loads its weights into the kernels.
 * @throws ModelError naming `source` and what is wrong: not a model, another version, damaged, or inconsistent
 */
export async function readModel(bytes: Uint8Array, source: string, kernels: Kernels): Promise<Model> {
  const file = await parseFile(bytes, source);
  const tagger = createTagger(file, source, kernels);
  const { parameters } = tagger;
  const names = file.parameters.map(({ name }) => name);
  const expected = parameters.all.map(({ name }) => name);
  if (names.join() !== expected.join()) {
    throw broken(source, `its parameters are ${names.join(', ')}; its settings call for ${expected.join(', ')}`);
  }
  parameters.all.forEach(({ name, rows, columns }, i) => {
    const { shape, data } = file.parameters[i];
    if (shape[0] !== rows || shape[1] !== columns) {
      throw broken(source, `parameter ${name} has shape ${shape.join(' × ')}, expected ${rows} × ${columns}`);
    }
    const weights = kernels.view(parameters.get(name));
    if (!decodeWeights(data, weights))
      throw broken(source, `the data of parameter ${name} is no ${rows * columns} float32`);
    const bad = weights.findIndex((weight: number) => !Number.isFinite(weight));
    if (bad >= 0) {
      throw broken(source, `weight ${bad} of parameter ${name} is ${weights[bad]}, expected a finite number`);
    }
  });
  return { tagger, record: file.training };
}

async function parseFile(bytes: Uint8Array, source: string): Promise<ModelFile> {
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (!text.startsWith(`{"format":"${FORMAT}"`)) throw noModel(source);
    throw broken(source, 'it ends early or was changed: it is no longer valid JSON');
  }
  checkHeader(value, source);
  await checkHash(bytes, text, source);
  const result = fileSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(source, `${issue.path.join('.')}: ${issue.message}`);
}

function checkHeader(value: unknown, source: string): void {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw noModel(source);
  if (version !== VERSION) {
    throw new ModelError(`a model of version ${JSON.stringify(version)}; this program reads version ${VERSION}`, {
      at: { source },
      hint: 'train it again, or use the release of ner-trainer that made it',
    });
  }
}

/** The hash covers bytes: what a reader sees before the last `"sha256":`. */
async function checkHash(bytes: Uint8Array, text: string, source: string): Promise<void> {
  const match = /"sha256":"([0-9a-f]{64})"\}\s*$/.exec(text.slice(-200));
  if (match === null) throw broken(source, 'its last member is not its SHA-256');
  // Everything from the match on is ASCII, so characters are bytes.
  const tail = match[0].length;
  const actual = await sha256(bytes.subarray(0, bytes.length - tail));
  if (actual !== match[1]) throw broken(source, `its SHA-256 is ${actual}, but it was written with ${match[1]}`);
}

function createTagger(file: ModelFile, source: string, kernels: Kernels): Tagger {
  const settings: Settings = file.settings;
  const { tags } = file;
  if (tags[0] !== OUTSIDE || new Set(tags).size !== tags.length)
    throw broken(source, 'its tags are not O and others once');
  return new Tagger(settings, restoreEncoder(file, source), tags, kernels);
}

function restoreEncoder({ settings, documents, vocabularies }: ModelFile, source: string): Encoder {
  const kinds = vocabularies.map(({ feature, entries, state }) => ({
    name: feature,
    words: entries.map(([word]) => word),
    counts: entries.map(([, count]) => count),
    state,
  }));
  try {
    return Encoder.restore(settings, { documents: documents ?? 'none', kinds });
  } catch (error) {
    if (error instanceof UsageError) throw broken(source, `its settings ask for what is not there: ${error.message}`);
    if (error instanceof RangeError) throw broken(source, error.message);
    throw error;
  }
}

function noModel(source: string): ModelError {
  return new ModelError('not a model', { at: { source }, hint: '`ner train CORPUS -o FILE` writes one' });
}

function broken(source: string, what: string): ModelError {
  return new ModelError(`damaged model: ${what}`, {
    at: { source },
    hint: 'restore it from a copy, or train it again',
  });
}
