import { DataError } from '../errors.js';
import { asCell } from './cells.js';
import { takenFor } from './line_kind.js';
import { quoted } from './quote.js';
import type { Corpus, TaggedSentence } from './sentence.js';
import { type Entity, entitiesOf, OUTSIDE, type Scheme, tagsOf } from './tags.js';

/** How a corpus can be written: a token and its tag a line, or the tokens and tags of a sentence in JSON a line. */
export const CORPUS_FORMATS = ['tsv', 'jsonl'] as const;
export type CorpusFormat = (typeof CORPUS_FORMATS)[number];

/** A sentence to write; columns mark it where it begins a document. */
export interface WrittenSentence extends Pick<TaggedSentence, 'tokens' | 'tags'> {
  readonly startsDocument?: boolean;
}

/** A sentence with its entities in a scheme, tokens and tags alone. */
export function writtenSentence(
  { tokens, tags, startsDocument = false }: WrittenSentence,
  format: CorpusFormat,
  scheme: Scheme,
): string {
  const written = tagsOf(entitiesOf(tags), tags.length, scheme);
  if (format === 'jsonl') return `${JSON.stringify({ tokens, tags: written })}\n`;
  let out = startsDocument ? `-DOCSTART-\t${OUTSIDE}\n\n` : '';
  for (let t = 0; t < tokens.length; t++) out += rowOf(tokens[t], written[t]);
  return `${out}\n`;
}

function rowOf(token: string, tag: string): string {
  return `${asCell(token)}\t${tag}\n`;
}

/**
 * Sees that what is written can be read as what it is; `isFirst` says that the corpus is the first of its file.
 * @throws DataError naming a token that cannot
 */
export function refuseUnreadable(
  { source, sentences, documentStarts }: Pick<Corpus, 'source' | 'sentences' | 'documentStarts'>,
  format: CorpusFormat,
  isFirst: boolean,
): void {
  sentences.forEach(({ tokens, tags, lines }, s) => {
    tokens.forEach((token, t) => {
      const beginsFile = isFirst && s === 0 && t === 0 && documentStarts.length === 0;
      const other = format === 'jsonl' ? emptyToken(token) : takenFor(rowOf(token, tags[t]).trimEnd(), beginsFile);
      if (other === undefined) return;
      const what = format === 'jsonl' ? 'JSON Lines' : 'columns';
      throw new DataError(`in ${what} the token ${quoted(token)} would be ${other}`, {
        at: { source, line: lines[t] },
        hint: `write the other format, or change the token`,
      });
    });
  });
}

function emptyToken(token: string): string | undefined {
  return token === '' ? 'none: it is empty' : undefined;
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
