import { asCell } from './cells.js';
import type { Corpus, TaggedSentence } from './sentence.js';
import { type Entity, entitiesOf, OUTSIDE, type Scheme, tagsOf } from './tags.js';

/** How a corpus can be written: a token and its tag a line, or the tokens and tags of a sentence in JSON a line. */
export const CORPUS_FORMATS = ['tsv', 'jsonl'] as const;
export type CorpusFormat = (typeof CORPUS_FORMATS)[number];

/** The sentences of a corpus one after the other, tokens and tags alone; columns have the marks of its documents. */
export function* writtenCorpus(
  { sentences, documentStarts }: Pick<Corpus, 'sentences' | 'documentStarts'>,
  format: CorpusFormat,
  scheme: Scheme,
): Generator<string, void, undefined> {
  const starts = new Set(format === 'tsv' ? documentStarts : []);
  for (const [s, { tokens, tags }] of sentences.entries()) {
    if (starts.has(s)) yield `-DOCSTART-\t${OUTSIDE}\n\n`;
    const written = tagsOf(entitiesOf(tags), tags.length, scheme);
    yield format === 'tsv' ? rows(tokens, written) : `${JSON.stringify({ tokens, tags: written })}\n`;
  }
}

function rows(tokens: readonly string[], tags: readonly string[]): string {
  let out = '';
  for (let t = 0; t < tokens.length; t++) out += `${asCell(tokens[t])}\t${tags[t]}\n`;
  return `${out}\n`;
}

/** Entities that a scheme without beginnings writes as a part of the one before: they touch it and have its type. */
export function runTogether(sentences: readonly Pick<TaggedSentence, 'tags'>[]): number {
  const touches = ({ start, type }: Entity, before: Entity | undefined): boolean =>
    before?.end === start && before.type === type;
  return sentences.reduce((sum, { tags }) => {
    const entities = entitiesOf(tags);
    return sum + entities.filter((entity, e) => touches(entity, entities[e - 1])).length;
  }, 0);
}
