import { HashedRow, HashedString } from '../hashing.js';
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
    readInto: (sink) => {
      const row = new HashedRow();
      const hashes = { a: new Int32Array(TEMPLATES.length), b: new Int32Array(TEMPLATES.length) };
      return (document) => {
        let parts: readonly HashedString[] = [];
        let [sentence, token] = [-1, 0];
        const nameOf = (k: number) => joinedValue(k, parts, token);
        return (s, t) => {
          if (s !== sentence) {
            parts = partsOf(document[s].words);
            row.set(parts);
          }
          [sentence, token] = [s, t];
          row.join(STRIDE * t, LETTERS, OFFSETS, hashes);
          sink.pushHashed(hashes, nameOf);
        };
      };
    },
  };
}

/** Parts of a token that stand next to each other: l, s, e. */
const STRIDE = 3;
/** The farthest token that a template joins. */
const FARTHEST = 2;

/** The UTF-16 units of the templates' letters. */
const LETTERS = Int32Array.from(TEMPLATES, ([letter]) => letter.charCodeAt(0));
/** Where the parts of each template stand behind those of the token two before. */
const OFFSETS = TEMPLATES.map(([, ...parts]) =>
  Int32Array.from(parts, ([what, distance]) => STRIDE * (FARTHEST + distance) + ['l', 's', 'e'].indexOf(what)),
);

/** The parts of each token of a sentence, and of two places before and behind it; shape [T+4][3]. */
function partsOf(words: readonly Word[]): HashedString[] {
  const parts = [BEFORE[1], SHAPE_BEFORE, SHAPE_BEFORE, BEFORE[0], SHAPE_BEFORE, SHAPE_BEFORE];
  for (const { normalised, shape, ending } of words) parts.push(normalised, shape, ending);
  parts.push(AFTER[0], SHAPE_AFTER, SHAPE_AFTER, AFTER[1], SHAPE_AFTER, SHAPE_AFTER);
  return parts;
}

function joinedValue(k: number, parts: readonly HashedString[], t: number): string {
  let value = TEMPLATES[k][0];
  for (const offset of OFFSETS[k]) value += ` ${parts[STRIDE * t + offset].text}`;
  return value;
}
