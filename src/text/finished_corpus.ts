import { DataError } from '../errors.js';
import { illegalTags } from './illegal_tags.js';
import type { Corpus, Notice, ReadSentence } from './sentence.js';
import { entitiesOf, schemeOf } from './tags.js';

/**
 * What a reader has read as a corpus, with its entities and its scheme and with notices of the tags that this does not allow, by their lines.
 * @throws DataError if there is no sentence
 */
export function finishedCorpus(
  source: string,
  read: readonly ReadSentence[],
  documentStarts: readonly number[],
  notices: readonly Notice[],
): Corpus {
  if (read.length === 0) throw new DataError('no sentences', { at: { source } });
  const sentences = read.map((sentence) => ({ ...sentence, entities: entitiesOf(sentence.tags) }));
  const scheme = schemeOf(sentences);
  const illegal = sentences.flatMap(({ tags, lines, entities }) => illegalTags(tags, lines, scheme, entities));
  const byLine = [...notices, ...illegal].sort((a, b) => a.line - b.line);
  return { source, sentences, scheme, documentStarts, notices: byLine };
}
