import type { Notice } from './sentence.js';
import { type Entity, eachPrefix, entitiesOf, hasPrefix, type Scheme, tagsOf } from './tags.js';

/** The tags of a sentence that its scheme does not allow where they stand; the entities are those that they spell. */
export function illegalTags(
  tags: readonly string[],
  lines: readonly number[],
  scheme: Scheme,
  entities: readonly Entity[] = entitiesOf(tags),
): Notice[] {
  const notices: Notice[] = [];
  eachPrefix(entities, scheme, (t, prefix) => {
    const tag = tags[t];
    if (hasPrefix(tag, prefix)) return;
    const expected = tagsOf(entities, tags.length, scheme)[t];
    const after = t === 0 ? 'at the start of a sentence' : `after ${tags[t - 1]}`;
    notices.push({ kind: 'illegal-tag', line: lines[t], message: `${tag} ${after}, read as ${expected} (${scheme})` });
  });
  return notices;
}
