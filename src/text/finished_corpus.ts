import { DataError } from '../errors.js';
import { illegalTags } from './illegal_tags.js';
import type { Corpus, Notice, TaggedSentence } from './sentence.js';
import { schemeOf } from './tags.js';

/**
 * What a reader has read as a corpus, with its scheme and with notices of the tags that this does not allow, by their lines.
 * @throws DataError if there is no sentence
 */
export function finishedCorpus(
  source: string,
  sentences: readonly TaggedSentence[],
  documentStarts: readonly number[],
  notices: readonly Notice[],
): Corpus {
  if (sentences.length === 0) throw noSentences(source, notices);
  const scheme = schemeOf(sentences);
  const illegal = sentences.flatMap(({ tags, lines, entities }) => illegalTags(tags, lines, scheme, entities));
  const byLine = [...notices, ...illegal].sort((a, b) => a.line - b.line);
  return { source, sentences, scheme, documentStarts, notices: byLine };
}

function noSentences(source: string, notices: readonly Notice[]): DataError {
  const leftOut = notices.filter(({ kind }) => kind === 'left-out').length;
  if (leftOut === 0) return new DataError('no sentences', { at: { source } });
  const lines = leftOut === 1 ? '1 line is' : `${leftOut} lines are`;
  return new DataError(`no sentences: ${lines} left out for the "answer"`, { at: { source } });
}
