import { type Scheme, tagSet, tagsOf } from '../../../text/tags.js';
import type { DocumentView, SentenceView } from '../kind.js';

/** The tags that a training part needs in a scheme, O first, then by type in code unit order. */
export function tagsIn(documents: readonly DocumentView[], scheme: Scheme): string[] {
  const types = new Set<string>();
  for (const document of documents)
    for (const { entities } of document) for (const { type } of entities) types.add(type);
  return tagSet([...types].sort(), scheme);
}

/** Where the tags of a sentence's tokens stand in a list; shape [T]. */
export function tagIndices(
  { words, entities }: SentenceView,
  tags: ReadonlyMap<string, number>,
  scheme: Scheme,
): number[] {
  return tagsOf(entities, words.length, scheme).map((tag) => tags.get(tag) ?? 0);
}
