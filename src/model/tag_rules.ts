import { LEGAL, type TagRules } from '../network/rules.js';
import { type Scheme, tagPair, typeOf } from '../text/tags.js';

const STARTS = 1;
const ENDS = 2;

/** The types of entities that some tags are of, in the order in which they first come. */
export function typesOf(tags: readonly string[]): string[] {
  return [...new Set(tags.flatMap((tag) => typeOf(tag) ?? []))];
}

/** What a scheme says of tags in the order of a network's outputs; a type's id is its place in `typesOf`. */
export function tagRules(tags: readonly string[], scheme: Scheme): TagRules {
  const types = typesOf(tags);
  const all = [...tags, undefined];
  const pairs = all.flatMap((before) =>
    all.map((after) => {
      const { legal, starts, ends } = tagPair(before, after, scheme);
      return (legal ? LEGAL : 0) + (starts ? STARTS : 0) + (ends ? ENDS : 0);
    }),
  );
  return { pairs: Int32Array.from(pairs), types: Int32Array.from(tags, (tag) => types.indexOf(typeOf(tag) ?? '')) };
}
