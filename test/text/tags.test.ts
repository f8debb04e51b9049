import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  detectScheme,
  type Entity,
  entitiesOf,
  isTag,
  SCHEMES,
  type Scheme,
  tagPair,
  tagSet,
  tagsOf,
  typeOf,
} from '../../src/text/tags.js';
import { sentenceOfEntities } from '../support/sentences_of_entities.js';

/** `PER:0-2` for tokens 0 and 1, spelt out to be read at a glance. */
function spans(tags: string): string {
  return entitiesOf(tags.split(' '))
    .map(({ start, end, type }) => `${type}:${start}-${end}`)
    .join(' ');
}

describe('tags of entities', () => {
  it.each(['IOB1', 'IOB2', 'BIOES'] as const)('%s keeps every entity through tags and back', (scheme) => {
    fc.assert(
      fc.property(sentenceOfEntities, ({ entities, length }) => {
        const tags = tagsOf(entities, length, scheme);
        expect(tags).toHaveLength(length);
        expect(entitiesOf(tags)).toEqual(entities);
      }),
    );
  });

  it('IO runs neighbours of one type together and keeps all else', () => {
    fc.assert(
      fc.property(sentenceOfEntities, ({ entities, length }) => {
        const merged: Entity[] = [];
        for (const entity of entities) {
          const last = merged.at(-1);
          if (last?.end === entity.start && last.type === entity.type)
            merged.splice(-1, 1, { ...last, end: entity.end });
          else merged.push(entity);
        }
        expect(entitiesOf(tagsOf(entities, length, 'IO'))).toEqual(merged);
      }),
    );
  });

  const two: Entity[] = [
    { start: 0, end: 3, type: 'PER' },
    { start: 3, end: 4, type: 'PER' },
    { start: 5, end: 6, type: 'LOC' },
  ];
  it.each([
    ['IO', 'I-PER I-PER I-PER I-PER O I-LOC'],
    ['IOB1', 'I-PER I-PER I-PER B-PER O I-LOC'],
    ['IOB2', 'B-PER I-PER I-PER B-PER O B-LOC'],
    ['BIOES', 'B-PER I-PER E-PER S-PER O S-LOC'],
  ] as const)('writes touching and single-token entities in %s', (scheme, tags) => {
    expect(tagsOf(two, 6, scheme).join(' ')).toBe(tags);
  });

  it('IOB1 writes I at a neighbour of another type', () => {
    const entities = [
      { start: 0, end: 1, type: 'PER' },
      { start: 1, end: 2, type: 'LOC' },
    ];
    expect(tagsOf(entities, 2, 'IOB1')).toEqual(['I-PER', 'I-LOC']);
  });
});

describe('reading by CoNLL rules', () => {
  it.each([
    ['an I after O starts an entity', 'O I-PER I-PER', 'PER:1-3'],
    ['an I of another type starts an entity', 'B-PER I-LOC', 'PER:0-1 LOC:1-2'],
    ['a B always starts an entity', 'I-PER B-PER', 'PER:0-1 PER:1-2'],
    ['an I after E starts an entity', 'E-PER I-PER', 'PER:0-1 PER:1-2'],
    ['an E after E starts an entity', 'E-PER E-PER', 'PER:0-1 PER:1-2'],
    ['an E after O is an entity', 'O E-PER O', 'PER:1-2'],
    ['an S stands alone', 'I-PER S-PER I-PER', 'PER:0-1 PER:1-2 PER:2-3'],
    ['an unfinished B ends with the sentence', 'O B-PER', 'PER:1-2'],
    ['an E of another type does not end the entity before it, but is one', 'B-PER E-LOC', 'PER:0-1 LOC:1-2'],
    ['BILOU is read as BIOES', 'B-PER I-PER L-PER U-LOC U-LOC', 'PER:0-3 LOC:3-4 LOC:4-5'],
    ['the M of BMES is an I', 'B-PER M-PER E-PER', 'PER:0-3'],
    ['a type may hold hyphens', 'B-a-b I-a-b I-a', 'a-b:0-2 a:2-3'],
    ['what is no tag is outside', 'B-PER X PER I-', 'PER:0-1'],
    ['O alone has no entity', 'O O', ''],
  ])('%s', (_claim, tags, expected) => {
    expect(spans(tags)).toBe(expected);
  });

  it('no tags have no entities', () => {
    expect(entitiesOf([])).toEqual([]);
  });
});

describe('isTag', () => {
  it.each(['O', 'B-PER', 'I-x', 'E-__proto__', 'S-10', 'L-PER', 'U-PER', 'M-PER', 'B--', 'B-creative work'])(
    '%j is a tag',
    (value) => expect(isTag(value)).toBe(true),
  );
  it.each(['', 'o', 'B', 'B-', 'PER', 'b-PER', 'X-PER', 'BI-PER', '-', ' O', 'OO'])('%j is no tag', (value) =>
    expect(isTag(value)).toBe(false),
  );
});

describe('tagSet', () => {
  it.each(SCHEMES)('holds O first and then every tag %s can write, each once', (scheme) => {
    const tags = tagSet(['PER', 'LOC'], scheme);
    const written = new Set<string>();
    for (let length = 1; length <= 3; length++) {
      for (const type of ['PER', 'LOC']) {
        for (const tag of tagsOf(
          [
            { start: 0, end: length, type },
            { start: length, end: length + 1, type },
          ],
          length + 2,
          scheme,
        )) {
          written.add(tag);
        }
      }
    }
    expect(tags[0]).toBe('O');
    expect([...tags].sort()).toEqual([...written].sort());
  });
});

describe('detectScheme', () => {
  const detect = (...sentences: string[]) => detectScheme(sentences.map((tags) => tags.split(' ')));

  it.each<[string, Scheme, string[]]>([
    ['I alone is IO', 'IO', ['I-PER I-PER O', 'I-LOC']],
    ['an entity or two with B among many with I is IOB1', 'IOB1', ['I-PER B-PER O I-LOC', 'I-LOC O I-PER']],
    ['B at every entity is IOB2', 'IOB2', ['B-PER I-PER O', 'B-LOC']],
    ['a few I among B is still IOB2', 'IOB2', ['B-PER O B-LOC', 'O I-PER']],
    ['as many I as B is IOB2', 'IOB2', ['B-PER O I-LOC']],
    ['E and S are BIOES', 'BIOES', ['B-PER E-PER O S-LOC']],
    ['L and U are BIOES', 'BIOES', ['B-PER L-PER O U-LOC']],
    ['a single misspelt E does not make BIOES of IOB2', 'IOB2', ['B-PER O B-LOC O B-LOC', 'B-PER E-PER']],
    ['no entity is IOB2', 'IOB2', ['O O']],
  ])('%s', (_claim, scheme, sentences) => {
    expect(detect(...sentences)).toBe(scheme);
  });

  it('finds the scheme that wrote the tags where the entities can tell', () => {
    const entities = [
      { start: 0, end: 2, type: 'PER' },
      { start: 2, end: 3, type: 'PER' },
      { start: 4, end: 5, type: 'PER' },
      { start: 6, end: 7, type: 'PER' },
    ];
    for (const scheme of SCHEMES) expect(detectScheme([tagsOf(entities, 8, scheme)])).toBe(scheme);
  });
});

/** Every way to write up to three entities of up to four tokens, with and without gaps, of two types. */
function everySentence(): { entities: Entity[]; length: number }[] {
  let all: { entities: Entity[]; length: number }[] = [{ entities: [], length: 0 }];
  for (let i = 0; i < 3; i++) {
    all = all.flatMap(({ entities, length }) => [
      { entities, length },
      { entities, length: length + 1 },
      ...[0, 1].flatMap((gap) =>
        ['PER', 'LOC'].flatMap((type) =>
          [1, 2, 3, 4].map((tokens) => {
            const start = length + gap;
            return { entities: [...entities, { start, end: start + tokens, type }], length: start + tokens };
          }),
        ),
      ),
    ]);
  }
  return all.filter(({ length }) => length > 0);
}

describe('pairs of tags', () => {
  const outside = '(outside)';
  const name = (tag: string | undefined): string => tag ?? outside;

  it.each(SCHEMES)('those are legal that %s writes in some sentence, its start and end included', (scheme) => {
    const written = new Set<string>();
    for (const { entities, length } of everySentence()) {
      const tags: (string | undefined)[] = [undefined, ...tagsOf(entities, length, scheme), undefined];
      for (let t = 1; t < tags.length; t++) written.add(`${name(tags[t - 1])} ${name(tags[t])}`);
    }
    const all = [undefined, ...tagSet(['PER', 'LOC'], scheme)];
    const legal = all.flatMap((before) =>
      all.filter((after) => tagPair(before, after, scheme).legal).map((after) => `${name(before)} ${name(after)}`),
    );
    expect(legal.filter((pair) => pair !== `${outside} ${outside}`).sort()).toEqual([...written].sort());
  });

  it('say where the entities of a sentence begin and end', () => {
    const tag = fc.constantFrom(...SCHEMES.flatMap((scheme) => tagSet(['PER', 'LOC'], scheme)));
    fc.assert(
      fc.property(fc.array(tag, { minLength: 1 }), fc.constantFrom(...SCHEMES), (tags, scheme) => {
        const pairs = [...tags.keys(), tags.length].map((t) => tagPair(tags[t - 1], tags[t], scheme));
        const at = (which: 'starts' | 'ends'): number[] => pairs.flatMap((pair, t) => (pair[which] ? [t] : []));
        const entities = entitiesOf(tags);
        expect(at('starts')).toEqual(entities.map(({ start }) => start));
        expect(at('ends')).toEqual(entities.map(({ end }) => end));
        expect(entities.map(({ start }) => typeOf(tags[start]))).toEqual(entities.map(({ type }) => type));
      }),
    );
  });

  it('O is of no type', () => {
    expect(typeOf('O')).toBeUndefined();
  });
});
