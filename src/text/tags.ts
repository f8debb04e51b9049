/**
 * How entities are written as one tag a token (Ramshaw & Marcus 1995; Tjong Kim Sang & Veenstra 1999).
 *
 *     tokens   Ana   Paz   Lima  left  Oslo
 *     IO       I-PER I-PER I-PER O     I-LOC   neighbours of one type run together
 *     IOB1     I-PER I-PER B-PER O     I-LOC   B- only where an entity follows another of its type
 *     IOB2     B-PER I-PER B-PER O     B-LOC   B- begins every entity
 *     BIOES    B-PER E-PER S-PER O     S-LOC   E- ends an entity, S- is one of a single token
 */
export const SCHEMES = ['IO', 'IOB1', 'IOB2', 'BIOES'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** An entity of a sentence: tokens `[start, end)` and a type such as `PER`. */
export interface Entity {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** The tag of a token outside every entity. */
export const OUTSIDE = 'O';

type Prefix = 'B' | 'I' | 'E' | 'S' | 'O';

/** A tag in its parts; what is no tag counts as `O`, whose type is empty. */
export interface ParsedTag {
  readonly prefix: Prefix;
  readonly type: string;
}

/** BILOU's last and unit, and BMES's middle, are other names for E, S and I. */
const PREFIXES = new Map<string, Prefix>([
  ...(['B', 'I', 'E', 'S'] as const).map((prefix): [string, Prefix] => [prefix, prefix]),
  ['L', 'E'],
  ['U', 'S'],
  ['M', 'I'],
]);
const OUTSIDE_TAG: ParsedTag = { prefix: 'O', type: '' };

/** Blanks at an end would make two types of one that look the same. */
const UNFIT_TYPE = /^$|^\s|\s$/u;

/** Whether an entity may be of a type: it is not empty and has no blank at its ends. */
export function isType(type: string): boolean {
  return !UNFIT_TYPE.test(type);
}

/** Whether a column's value can be a tag: `O`, or a prefix, a hyphen and a type. */
export function isTag(value: string): boolean {
  return value === OUTSIDE || (prefixOf(value) !== undefined && isType(value.slice(2)));
}

/** That of a tag which is none of `O`; undefined for what is no tag. */
function prefixOf(tag: string): Prefix | undefined {
  return tag.length > 2 && tag[1] === '-' ? PREFIXES.get(tag[0]) : undefined;
}

/** Whether a tag has a prefix, or another name for it; what is no tag counts as `O`. */
export function hasPrefix(tag: string, prefix: Prefix): boolean {
  return (prefixOf(tag) ?? 'O') === prefix;
}

export function parseTag(tag: string): ParsedTag {
  const prefix = tag === OUTSIDE ? undefined : prefixOf(tag);
  return prefix === undefined ? OUTSIDE_TAG : { prefix, type: tag.slice(2) };
}

function endsBetween(previous: ParsedTag, next: ParsedTag): boolean {
  if (previous.prefix === 'O') return false;
  if (previous.prefix === 'E' || previous.prefix === 'S') return true;
  return next.prefix === 'O' || next.prefix === 'B' || next.prefix === 'S' || next.type !== previous.type;
}

function startsBetween(previous: ParsedTag, next: ParsedTag): boolean {
  if (next.prefix === 'O') return false;
  return next.prefix === 'B' || next.prefix === 'S' || previous.prefix === 'O' || endsBetween(previous, next);
}

/**
 * The entities that tags spell, in order, read by the rules of the CoNLL-2000 scoring script whatever the scheme and
 * however broken the sequence: an entity starts at B or S, after O, after another type, and after an ended entity; it
 * ends before those, and after E or S.
 */
export function entitiesOf(tags: readonly string[]): Entity[] {
  return readEntities(tags.map(parseTag));
}

/** What `entitiesOf` gives, of tags that were parsed before. */
export function readEntities(tags: readonly ParsedTag[]): Entity[] {
  const entities: Entity[] = [];
  let previous = OUTSIDE_TAG;
  let start = 0;
  for (let t = 0; t <= tags.length; t++) {
    const next = t < tags.length ? tags[t] : OUTSIDE_TAG;
    if (endsBetween(previous, next)) entities.push({ start, end: t, type: previous.type });
    if (startsBetween(previous, next)) start = t;
    previous = next;
  }
  return entities;
}

/** The tags of a sentence of `length` tokens with the given entities, which must be in order and not overlap. */
export function tagsOf(entities: readonly Entity[], length: number, scheme: Scheme): string[] {
  const tags = new Array<string>(length).fill(OUTSIDE);
  eachPrefix(entities, scheme, (t, prefix, type) => {
    tags[t] = `${prefix}-${type}`;
  });
  return tags;
}

/** Visits the tokens of entities as `tagsOf` takes them, with the prefix and the type of the tag that it gives them. */
export function eachPrefix(
  entities: readonly Entity[],
  scheme: Scheme,
  visit: (t: number, prefix: Prefix, type: string) => void,
): void {
  let previous: Entity | undefined;
  for (const entity of entities) {
    const touches = previous !== undefined && previous.end === entity.start && previous.type === entity.type;
    for (let t = entity.start; t < entity.end; t++) visit(t, prefixIn(scheme, entity, t, touches), entity.type);
    previous = entity;
  }
}

function prefixIn(scheme: Scheme, entity: Entity, t: number, touchesPrevious: boolean): Prefix {
  const first = t === entity.start;
  const last = t === entity.end - 1;
  switch (scheme) {
    case 'IO':
      return 'I';
    case 'IOB1':
      return first && touchesPrevious ? 'B' : 'I';
    case 'IOB2':
      return first ? 'B' : 'I';
    case 'BIOES':
      if (first) return last ? 'S' : 'B';
      return last ? 'E' : 'I';
  }
}

/** What one tag followed by another means for entities. */
export interface TagPair {
  /** Whether the scheme writes the second after the first. */
  readonly legal: boolean;
  /** Whether an entity begins with the second. */
  readonly starts: boolean;
  /** Whether an entity ends with the first. */
  readonly ends: boolean;
}

/** Of a tag and the one that follows it; undefined stands for the outside of the sentence, on either side. */
export function tagPair(before: string | undefined, after: string | undefined, scheme: Scheme): TagPair {
  const [previous, next] = [before, after].map((tag) => (tag === undefined ? OUTSIDE_TAG : parseTag(tag)));
  return {
    legal: isLegal(previous, next, scheme),
    starts: startsBetween(previous, next),
    ends: endsBetween(previous, next),
  };
}

function isLegal(previous: ParsedTag, next: ParsedTag, scheme: Scheme): boolean {
  const sameType = previous.prefix !== 'O' && previous.type === next.type;
  switch (scheme) {
    case 'IO':
      return true;
    case 'IOB1':
      return next.prefix !== 'B' || sameType;
    case 'IOB2':
      return next.prefix !== 'I' || sameType;
    case 'BIOES': {
      const open = previous.prefix === 'B' || previous.prefix === 'I';
      const goesOn = next.prefix === 'I' || next.prefix === 'E';
      return open ? goesOn && sameType : !goesOn;
    }
  }
}

/** The type of entity that a tag is of; undefined for `O`. */
export function typeOf(tag: string): string | undefined {
  const { prefix, type } = parseTag(tag);
  return prefix === 'O' ? undefined : type;
}

/** Every tag a scheme needs for the given entity types, `O` first. */
export function tagSet(types: readonly string[], scheme: Scheme): string[] {
  const prefixes = { IO: ['I'], IOB1: ['B', 'I'], IOB2: ['B', 'I'], BIOES: ['B', 'I', 'E', 'S'] }[scheme];
  return [OUTSIDE, ...types.flatMap((type) => prefixes.map((prefix) => `${prefix}-${type}`))];
}

/**
 * The scheme a corpus is written in: BIOES if most entities end with E or S, IO if none begins with B, else IOB1 where
 * most begin with I and IOB2 where they do not. A corpus without entities is IOB2.
 */
export function detectScheme(sentences: readonly (readonly string[])[]): Scheme {
  return schemeOf(sentences.map((tags) => ({ tags, entities: entitiesOf(tags) })));
}

/** The same where the entities that the tags spell are known. */
export function schemeOf(sentences: Iterable<TagsOfEntities>): Scheme {
  const counts = { entities: 0, boundary: 0, ends: 0, bare: 0 };
  for (const sentence of sentences) countPrefixes(sentence, counts);
  if (counts.entities === 0) return 'IOB2';
  if (counts.ends * 2 > counts.entities) return 'BIOES';
  if (counts.boundary === 0) return 'IO';
  return counts.bare * 2 > counts.entities ? 'IOB1' : 'IOB2';
}

interface TagsOfEntities {
  readonly tags: readonly string[];
  readonly entities: readonly Entity[];
}

/** `bare` counts the entities that begin with I, `boundary` those that begin with B, `ends` those that end with E or S. */
function countPrefixes(
  { tags, entities }: TagsOfEntities,
  counts: { entities: number; boundary: number; ends: number; bare: number },
): void {
  for (const entity of entities) {
    counts.entities++;
    const { prefix } = parseTag(tags[entity.start]);
    if (prefix === 'B') counts.boundary++;
    if (prefix === 'I') counts.bare++;
    const last = parseTag(tags[entity.end - 1]).prefix;
    if (last === 'E' || last === 'S') counts.ends++;
  }
}
