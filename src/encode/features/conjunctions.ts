import { Concatenation, HashedString } from '../hashing.js';
import type { Word } from '../word.js';
import { type KindRules, PLAIN, type PlaceKind, type Table } from './kind.js';

/** Part of a template: a word's normalised form (l), shape (s) or ending (e), at a distance from the token. */
type Part = readonly ['l' | 's' | 'e', number];

/** What is joined to one value, by the letter that the value begins with. */
export const TEMPLATES: readonly (readonly [letter: string, ...parts: readonly Part[]])[] = [
  ['a', ['l', -1], ['l', 0]],
  ['b', ['l', 0], ['l', 1]],
  ['c', ['l', -1], ['l', 1]],
  ['d', ['s', -1], ['s', 0], ['s', 1]],
  ['e', ['l', -1], ['s', 0]],
  ['f', ['s', 0], ['l', 1]],
  ['g', ['l', -2], ['l', -1], ['s', 0]],
  ['h', ['s', 0], ['l', 1], ['l', 2]],
  ['i', ['s', -2], ['s', -1], ['s', 0], ['s', 1], ['s', 2]],
  ['j', ['l', -1]],
  ['k', ['l', 1]],
  ['l', ['l', -2]],
  ['m', ['l', 2]],
  ['n', ['l', 0]],
  ['o', ['s', 0], ['e', 0], ['l', -1]],
  ['p', ['s', 0], ['e', 0], ['l', 1]],
  ['q', ['l', -1], ['s', 0], ['l', 1]],
];

export const TABLES = { input: ['input'], wide: ['wide'], both: ['input', 'wide'] } as const satisfies {
  readonly [where: string]: readonly Table[];
};

/** A place outside the sentence, by its distance from it. */
const [BEFORE, AFTER] = ['<', '>'].map((mark) => [new HashedString(mark), new HashedString(mark + mark)]);
const [SHAPE_BEFORE, SHAPE_AFTER] = [BEFORE[0], AFTER[0]];

/**
 * `conjunctions`: the word and its neighbours joined by 17 templates, such as the word before with the shape of this one.
 * In "in Oslo today", Oslo → `a in oslo`, `e in Xx`, `q in Xx today` and 14 more; < and > stand for what is outside the
 * sentence. Rare ones have a draw of their own. `conjunctions:wide` adds their columns to the emissions,
 * `conjunctions:both` has them in either table.
 */
export function conjunctionsKind(where: keyof typeof TABLES): PlaceKind {
  const rules: KindRules = { ...PLAIN, tables: TABLES[where], draw: 'conjunction', minCount: 2, lookup: 'hash' };
  return {
    name: where === 'input' ? 'conjunctions' : `conjunctions:${where}`,
    needs: 'sentence',
    rules,
    read: (document, sink) => {
      const joined = new Concatenation();
      const parts: HashedString[] = [];
      return (s, t) => {
        const { words } = document[s];
        PARTS.forEach(([what, distance], i) => {
          parts[i] = partAt(words, t, what, distance);
        });
        for (let k = 0; k < CODED.length; k++) {
          const { letter, places } = CODED[k];
          joined.begin(letter);
          for (let i = 0; i < places.length; i++) joined.add(parts[places[i]]);
          if (sink.addHashed(joined.a, joined.b)) sink.name(joinedValue(k, parts));
        }
      };
    },
  };
}

/** The parts that templates use. */
const PARTS: readonly Part[] = [
  ...[-2, -1, 0, 1, 2].flatMap((distance): Part[] => [
    ['l', distance],
    ['s', distance],
  ]),
  ['e', 0],
];

/** The templates by the UTF-16 unit of their letters and the places of their parts in PARTS. */
const CODED = TEMPLATES.map(([letter, ...parts]) => ({
  letter: letter.charCodeAt(0),
  places: parts.map(([what, distance]) => PARTS.findIndex((part) => part[0] === what && part[1] === distance)),
}));

function joinedValue(k: number, parts: readonly HashedString[]): string {
  return [TEMPLATES[k][0], ...CODED[k].places.map((place) => parts[place].text)].join(' ');
}

function partAt(words: readonly Word[], t: number, what: Part[0], distance: number): HashedString {
  const place = t + distance;
  if (place < 0) return what === 'l' ? BEFORE[-1 - place] : SHAPE_BEFORE;
  if (place >= words.length) return what === 'l' ? AFTER[place - words.length] : SHAPE_AFTER;
  const word = words[place];
  return what === 'l' ? word.normalised : what === 's' ? word.shape : word.ending;
}
