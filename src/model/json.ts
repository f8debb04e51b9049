import type { DocumentRule } from '../encode/documents.js';
import { Encoder, type KindParts } from '../encode/encoder.js';
import { countLines, fromRuns, joinLines, linesIn, runsOf } from '../encode/lines.js';
import type { Vocabulary } from '../encode/vocabulary.js';
import { ModelError, UsageError } from '../errors.js';
import type { FloatArray, Kernels } from '../kernels/kernels.js';
import type { ParameterShapes } from '../network/parameters.js';
import { type OtherEncoding, otherEncoding } from '../text/other_encoding.js';
import { OUTSIDE } from '../text/tags.js';
import { encodedLength } from './base64.js';
import { parametersOf } from './file_parameters.js';
import { FORMAT, fileSchema, type ModelFile, VERSION } from './file_schema.js';
import { ANY_PLATFORM, type Platform } from './platform.js';
import type { TrainingRecord } from './record.js';
import type { Settings } from './settings.js';
import { Tagger, UNFITTED_THRESHOLD } from './tagger.js';
import { describeIssue, validate } from './validate.js';
import { encodingOf } from './variants.js';
import { bytesInPlace, formatOf, packedLength, packWeights, unpackWeights, WEIGHT_FORMATS } from './weights.js';

/** A tagger and how it was made. */
export interface Model {
  readonly tagger: Tagger;
  readonly record: TrainingRecord;
}

/** What writing needs of a platform. */
type Writing = Pick<Platform, 'encodeBase64' | 'sha256'>;

/**
 * The bytes of the model file: one JSON object, a member a line, whose last member is the SHA-256 of all bytes before that
 * member's name.
 */
export async function formatModel({ tagger, record }: Model, platform: Writing = ANY_PLATFORM): Promise<Uint8Array> {
  const { settings, encoder, tags, members, threshold, temperature } = tagger;
  const { documents } = encoder;
  const further = members.slice(1).map((member, i) => {
    const isShared = members.slice(0, i + 1).some((before) => before.encoder === member.encoder);
    return { settings: member.settings, ...(isShared ? {} : { vocabularies: vocabulariesOf(member.encoder) }) };
  });
  const text = new TextEncoder();
  const pieces: Piece[] = [
    text.encode(
      `{"format":${JSON.stringify(FORMAT)},\n` +
        `"version":${VERSION},\n` +
        `"settings":${JSON.stringify(settings)},\n` +
        `"tags":${JSON.stringify(tags)},\n` +
        (documents === 'none' ? '' : `"documents":${JSON.stringify(documents)},\n`) +
        `"vocabularies":${JSON.stringify(vocabulariesOf(encoder))},\n` +
        (further.length === 0
          ? ''
          : `"members":[\n${further.map((member) => JSON.stringify(member)).join(',\n')}\n],\n`) +
        `"training":${JSON.stringify(record)},\n` +
        (threshold === UNFITTED_THRESHOLD ? '' : `"threshold":${threshold},\n`) +
        (temperature === 1 ? '' : `"temperature":${temperature},\n`) +
        '"parameters":[\n',
    ),
  ];
  parametersOf(tagger).forEach(({ name, shape, format, weights }, i, { length }) => {
    const { rows, columns } = shape;
    const head = `{"name":${JSON.stringify(name)},"shape":[${rows},${columns}],"type":"${format}","data":"`;
    const data = { length: packedLength(shape, format), pack: () => packWeights(weights, shape, format) };
    pieces.push(text.encode(head), data, text.encode(`"}${i < length - 1 ? ',' : ''}\n`));
  });
  pieces.push(text.encode('],\n'));
  return withHash(pieces, platform);
}

function vocabulariesOf(encoder: Encoder): object[] {
  return encoder.parts.kinds.map(({ name, lines, counts, state }) => {
    const vocabulary = { feature: name, words: lines, counts: runsOf(counts) };
    return state === undefined ? vocabulary : { ...vocabulary, state };
  });
}

/** A part of the file, or `length` bytes that stand in it as base64. */
type Piece = Uint8Array | { readonly length: number; readonly pack: () => Uint8Array };

/** The pieces one after the other and the hash of all that. Nothing large is made twice. */
async function withHash(pieces: readonly Piece[], { encodeBase64, sha256 }: Writing): Promise<Uint8Array> {
  const lengths = pieces.map((piece) => (piece instanceof Uint8Array ? piece.length : encodedLength(piece.length)));
  const hashed = lengths.reduce((sum, length) => sum + length, 0);
  const bytes = new Uint8Array(hashed + hashMember('').length + SHA256_CHARACTERS);
  let start = 0;
  pieces.forEach((piece, i) => {
    if (piece instanceof Uint8Array) bytes.set(piece, start);
    else encodeBase64(piece.pack(), bytes.subarray(start, start + lengths[i]));
    start += lengths[i];
  });
  const hash = await sha256(bytes.subarray(0, hashed));
  bytes.set(new TextEncoder().encode(hashMember(hash)), hashed);
  return bytes;
}

const SHA256_CHARACTERS = 64;

/** The last member of a file. */
function hashMember(hash: string): string {
  return `"sha256":"${hash}"}\n`;
}

/** Characters of the model file, within a few thousand: what a string of it needs. */
export function modelLength(
  shapes: ParameterShapes,
  settings: Pick<Settings, 'weightFormat'>,
  vocabularies: readonly Vocabulary[],
): number {
  const weights = [...shapes.tables, ...shapes.dense].reduce(
    (sum, shape, i) => sum + encodedLength(packedLength(shape, formatOf({ shapes }, i, settings))),
    0,
  );
  return weights + vocabularies.reduce((sum, { lines, size }) => sum + lines.length + 15 * size, 0);
}

/**
 * Reads a model file and loads its weights into the kernels.
 * @throws ModelError naming `source` and what is wrong: not a model, another version, damaged, or inconsistent
 */
export async function readModel(
  bytes: Uint8Array,
  source: string,
  kernels: Kernels,
  platform: Platform = ANY_PLATFORM,
): Promise<Model> {
  const { text, data } = cutWeights(bytes);
  const value = parse(text, bytes, source);
  const hashed = checkHash(bytes, text, source, platform);
  try {
    const file = validFile(value, source);
    const tagger = createTagger(file, source, kernels);
    loadWeights(tagger, file.parameters, data, platform, source);
    return { tagger, record: file.training };
  } finally {
    // goes on elsewhere meanwhile; whatever else is wrong follows from another hash
    await hashed;
  }
}

/**
 * The file without the data of its parameters, and those: they are most of it, and never need to be a string. A parameter
 * has a line of its own, which begins with its name; where one has not, its data stay in the text.
 */
function cutWeights(bytes: Uint8Array): { readonly text: string; readonly data: Uint8Array[] } {
  const data: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let text = '';
  let kept = 0;
  for (let line = 0; line < bytes.length; line = endOf(bytes, NEWLINE, line) + 1) {
    if (bytes[line] !== BRACE) continue;
    const head = PARAMETER.exec(decoder.decode(bytes.subarray(line, line + LONGEST_HEAD)));
    if (head === null) continue;
    // a name has no character outside ASCII, so characters are bytes
    const start = line + head[0].length;
    const end = endOfData(bytes, start, head);
    text += decoder.decode(bytes.subarray(kept, start));
    data.push(bytes.subarray(start, end));
    kept = end;
  }
  return { text: text + decoder.decode(bytes.subarray(kept)), data };
}

/** Where the data of a parameter end: where their shape says, which saves looking at all of them, or else at the next quote. */
function endOfData(bytes: Uint8Array, start: number, [, rows, columns, type = 'float32']: RegExpExecArray): number {
  const format = WEIGHT_FORMATS.find((known) => known === type);
  if (format === undefined) return endOf(bytes, QUOTE, start);
  const end = start + encodedLength(packedLength({ rows: Number(rows), columns: Number(columns) }, format));
  return bytes[end] === QUOTE ? end : endOf(bytes, QUOTE, start);
}

const NEWLINE = 10;
const QUOTE = 34;
const BRACE = 123;
const LONGEST_HEAD = 256;
const PARAMETER = /^\{"name":"[\w.]*","shape":\[(\d+),(\d+)\],(?:"type":"(\w*)",)?"data":"/;

/** Where a byte stands next, or the end of all. */
function endOf(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index < 0 ? bytes.length : index;
}

/** The value of a file that says it is a model of this version. */
function parse(text: string, bytes: Uint8Array, source: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (!text.startsWith(`{"format":"${FORMAT}"`)) throw noModel(source, otherEncoding(bytes));
    throw broken(source, 'it ends early or was changed: it is no longer valid JSON');
  }
  checkHeader(value, source);
  return value;
}

function validFile(value: unknown, source: string): ModelFile {
  const validated = validate(fileSchema(), value);
  if ('issue' in validated) throw broken(source, describeIssue(validated.issue));
  return validated.data;
}

function loadWeights(
  tagger: Tagger,
  given: ModelFile['parameters'],
  data: readonly Uint8Array[],
  { decodeBase64 }: Platform,
  source: string,
): void {
  const names = given.map(({ name }) => name);
  const needed = parametersOf(tagger);
  const expected = needed.map(({ name }) => name);
  if (names.join() !== expected.join()) {
    throw broken(source, `its parameters are ${names.join(', ')}; its settings call for ${expected.join(', ')}`);
  }
  if (data.length !== given.length) throw broken(source, 'its parameters do not stand on a line each');
  needed.forEach(({ name, shape: matrix, format, weights }, i) => {
    const { rows, columns } = matrix;
    const { shape, type } = given[i];
    if (shape[0] !== rows || shape[1] !== columns) {
      throw broken(source, `parameter ${name} has shape ${shape.join(' × ')}, expected ${rows} × ${columns}`);
    }
    if (type !== format) throw broken(source, `parameter ${name} is of type ${type}, its settings call for ${format}`);
    const inPlace = bytesInPlace(weights, format);
    const bytes = inPlace ?? new Uint8Array(packedLength(matrix, format));
    if (!decodeBase64(data[i], bytes))
      throw broken(source, `the data of parameter ${name} is no ${rows * columns} ${format}`);
    if (inPlace === undefined) unpackWeights(bytes, weights, matrix, format);
    const bad = firstInfinite(weights);
    if (bad >= 0) {
      throw broken(source, `weight ${bad} of parameter ${name} is ${weights[bad]}, expected a finite number`);
    }
  });
}

/** The place of the first number that is not finite, or −1. */
function firstInfinite(weights: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * 0; // NaN from the first on that is not finite
  return sum === 0 ? -1 : weights.findIndex((weight: number) => !Number.isFinite(weight));
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
async function checkHash(bytes: Uint8Array, text: string, source: string, { sha256 }: Platform): Promise<void> {
  const match = /"sha256":"([0-9a-f]{64})"\}\s*$/.exec(text.slice(-200));
  if (match === null) throw broken(source, 'its last member is not its SHA-256');
  // Everything from the match on is ASCII, so characters are bytes.
  const tail = match[0].length;
  const actual = await sha256(bytes.subarray(0, bytes.length - tail));
  if (actual !== match[1]) throw broken(source, `its SHA-256 is ${actual}, but it was written with ${match[1]}`);
}

function createTagger(file: ModelFile, source: string, kernels: Kernels): Tagger {
  const { tags, settings, vocabularies, documents = 'none', members = [] } = file;
  if (tags[0] !== OUTSIDE || new Set(tags).size !== tags.length)
    throw broken(source, 'its tags are not O and others once');
  const encoders = new Map<string, Encoder>();
  const create = (member: MemberOfFile): Tagger => {
    const key = encodingOf(member.settings);
    const encoder = member.vocabularies ? restoreEncoder(member, documents, source) : encoders.get(key);
    if (encoder === undefined) throw broken(source, 'a network has no vocabularies');
    encoders.set(key, encoder);
    return new Tagger(member.settings, encoder, tags, kernels);
  };
  const tagger = create({ settings, vocabularies });
  tagger.threshold = file.threshold ?? UNFITTED_THRESHOLD;
  tagger.temperature = file.temperature ?? 1;
  try {
    tagger.joinedBy(members.map(create));
  } catch (error) {
    if (error instanceof RangeError) throw broken(source, error.message);
    throw error;
  }
  return tagger;
}

type MemberOfFile = NonNullable<ModelFile['members']>[number];

function restoreEncoder(
  { settings, vocabularies = [] }: MemberOfFile,
  documents: DocumentRule,
  source: string,
): Encoder {
  try {
    return Encoder.restore(settings, { documents, kinds: vocabularies.map(kindParts) });
  } catch (error) {
    if (error instanceof UsageError) throw broken(source, `its settings ask for what is not there: ${error.message}`);
    if (error instanceof RangeError) throw broken(source, error.message);
    throw error;
  }
}

function kindParts({ feature, words, counts, entries = [], state }: ModelFile['vocabularies'][number]): KindParts {
  if (words !== undefined) {
    const lines = linesIn(words);
    return { name: feature, lines, counts: fromRuns(counts ?? [], countLines(lines)), state };
  }
  const lines = joinLines(entries.map(([word]) => word));
  return { name: feature, lines, counts: entries.map(([, count]) => count), state };
}

function noModel(source: string, encoding?: OtherEncoding): ModelError {
  if (encoding !== undefined)
    return new ModelError(`not a model: it is ${encoding.what}`, { at: { source }, hint: encoding.hint });
  return new ModelError('not a model', { at: { source }, hint: '`ner train CORPUS -o FILE` writes one' });
}

function broken(source: string, what: string): ModelError {
  return new ModelError(`damaged model: ${what}`, {
    at: { source },
    hint: 'restore it from a copy, or train it again',
  });
}
