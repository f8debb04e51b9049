import { UsageError } from '../errors.js';
import { entitiesOf, isType, tagsOf } from '../text/tags.js';
import { visible } from '../text/visible.js';

/** What types of entities are scored as, null where they are left out; others stay. */
export type TypeMap = ReadonlyMap<string, string | null>;

/**
 * Reads `FROM=TO`, or `FROM=` for what is to be left out. The first type ends at the last `=`.
 * @throws UsageError where one has no type to rename, or renames a type that another does
 */
export function parseTypeMap(texts: readonly string[]): TypeMap {
  const map = new Map<string, string | null>();
  for (const text of texts) {
    const equals = text.lastIndexOf('=');
    const [from, to] = [text.slice(0, Math.max(equals, 0)), text.slice(equals + 1)];
    if (!isType(from) || !(to === '' || isType(to))) {
      throw new UsageError(`"${visible(text)}" renames no type`, {
        hint: 'write FROM=TO, or FROM= to leave a type out',
      });
    }
    if (map.has(from))
      throw new UsageError(`two names for the type ${visible(from)}`, { hint: 'leave one of them out' });
    map.set(from, to === '' ? null : to);
  }
  return map;
}

/** What a type is scored as. */
export function mapType(type: string, map: TypeMap): string | null {
  const to = map.get(type);
  return to === undefined ? type : to;
}

/** Tags with the types renamed; entities that touch stay two, so these are IOB2. With an empty map the tags themselves. */
export function mapTags(tags: readonly string[], map: TypeMap): readonly string[] {
  if (map.size === 0) return tags;
  const entities = entitiesOf(tags).flatMap((entity) => {
    const type = mapType(entity.type, map);
    return type === null ? [] : [{ ...entity, type }];
  });
  return tagsOf(entities, tags.length, 'IOB2');
}
