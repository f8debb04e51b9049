import type { TypeMap } from '../evaluate/type_map.js';
import { typesOf } from '../model/tag_rules.js';
import { visible } from '../text/visible.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** A type that `--map` renames, but is nowhere to be found in the tags of sentences, may be misspelt. */
export async function warnOfIdleTypes(
  map: TypeMap,
  sentences: Iterable<readonly string[]>,
  shell: Shell,
): Promise<void> {
  if (map.size === 0) return;
  const tags = new Set<string>();
  for (const sentence of sentences) for (const tag of sentence) tags.add(tag);
  const types = typesOf([...tags]).sort();
  const idle = [...map.keys()].filter((type) => !types.includes(type));
  if (idle.length === 0) return;
  const there = types.length === 0 ? 'there is no entity' : `entities are of ${types.map(visible).join(' ')}`;
  await warn(shell, `--map has no effect on ${idle.map(visible).join(' ')}: ${there}`);
}
