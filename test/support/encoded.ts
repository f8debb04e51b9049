import { type EncodedSentence, Encoder, type EncoderSettings, type TrainingInput } from '../../src/encode/encoder.js';
import type { Table } from '../../src/encode/features/kind.js';

/** Sentences written as `Ana/PER lives in New_York/LOC`: `_` joins the tokens of an entity. */
export function sentenceOf(text: string, startsDocument = false): TrainingInput {
  const tokens: string[] = [];
  const entities: { start: number; end: number; type: string }[] = [];
  for (const part of text.split(' ').filter((one) => one !== '')) {
    const [words, type] = part.split('/');
    const start = tokens.length;
    tokens.push(...(type === undefined ? [words] : words.split('_')));
    if (type !== undefined) entities.push({ start, end: tokens.length, type });
  }
  return { tokens, entities, startsDocument };
}

/** Documents of such sentences. */
export function documentsOf(...documents: readonly (readonly string[])[]): TrainingInput[] {
  return documents.flatMap((sentences) => sentences.map((text, s) => sentenceOf(text, s === 0)));
}

export function build(
  features: string,
  sentences: readonly TrainingInput[],
  more: Partial<EncoderSettings> = {},
): Encoder {
  return Encoder.build(sentences, { features, lowercase: false, minCount: 1, ...more });
}

/** The values that each token of a sentence is encoded with; `?` for an unknown entry. Shape [T][one-hots]. */
export function decode(encoder: Encoder, sentence: EncodedSentence, table: Table = 'input'): string[][] {
  const values = rowValues(encoder, table);
  const oneHots = table === 'input' ? sentence : sentence.wide;
  if (oneHots === undefined) return Array.from({ length: sentence.length }, () => []);
  const { starts, ids } = oneHots;
  return Array.from({ length: sentence.length }, (_, t) =>
    Array.from(ids.subarray(starts[t], starts[t + 1]), (id) => values[id]),
  );
}

/** The value of every row of a table, in the order of the kinds. */
function rowValues(encoder: Encoder, table: Table): string[] {
  return encoder.kinds.flatMap(({ rules }, k) => {
    if (!rules.tables.includes(table)) return [];
    const { words } = encoder.vocabularies[k];
    return rules.rare === 'unknown' ? ['?', ...words] : [...words];
  });
}

/** The values of one kind at every token of sentences that are one document; shape [sentences][T][values]. */
export function valuesIn(encoder: Encoder, ...sentences: readonly string[]): string[][][] {
  return encoder.valuesOf(
    encoder.kinds[0],
    sentences.map((text) => sentenceOf(text)),
  );
}
