import { HashedRow, type HashedString } from '../hashing.js';
import { Word, WordNumbers } from '../word.js';
import { type KindRules, PLAIN, type PlaceKind, type Sink, type Table } from './kind.js';

/** Part of a template: a word's normalised form (l), shape (s) or ending (e), at a distance from the token. */
type Part = readonly ['l' | 's' | 'e', number];

/** What is joined to one value, by the letter that the value begins with. */
const TEMPLATES: readonly (readonly [letter: string, ...parts: readonly Part[]])[] = [
  ['a', ['l', -1], ['l', 0]],
  ['b', ['l', 0], ['l', 1]],
  ['c', ['l', -1], ['l', 1]],
  ['d', ['s', -1], ['s', 0], ['s', 1]],
  ['e', ['l', -1], ['s', 0]],
  ['f', ['s', 0], ['l', 1]],
  ['g', ['l', -2], ['l', -1], ['s', 0]],
  ['h', ['s', 0], ['l', 1], ['l', 2]],
  ['i', ['s', -2], ['s', -1], ['s', 0], ['s', 1], ['s', 2]],
  ['o', ['s', 0], ['e', 0], ['l', -1]],
  ['p', ['s', 0], ['e', 0], ['l', 1]],
  ['q', ['l', -1], ['s', 0], ['l', 1]],
];

/** Templates of one word's normalised form, which is looked up once for all places where the word stands. */
const SINGLE: readonly (readonly [letter: string, distance: number])[] = [
  ['j', -1],
  ['k', 1],
  ['l', -2],
  ['m', 2],
  ['n', 0],
];

export const TABLES = { input: ['input'], wide: ['wide'], both: ['input', 'wide'] } as const satisfies {
  readonly [where: string]: readonly Table[];
};

/** A place outside the sentence, by its distance from it. */
const [BEFORE, AFTER] = ['<', '>'].map((mark) => [new Word(mark, -1), new Word(mark + mark, -1)]);
const [SHAPE_BEFORE, SHAPE_AFTER] = [BEFORE, AFTER].map(([nearest]) => nearest.normalised);

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
      const single = SINGLE.map(([letter, distance]) => ({ distance, numbers: numbersOf(letter, sink) }));
      return (document) => {
        let parts: readonly HashedString[] = [];
        let [sentence, token] = [-1, 0];
        const nameOf = (k: number) => joinedValue(k, parts, token);
        return (s, t) => {
          const { words } = document[s];
          if (s !== sentence) {
            parts = partsOf(words);
            row.set(parts);
          }
          [sentence, token] = [s, t];
          row.join(STRIDE * t, LETTERS, OFFSETS, hashes);
          sink.pushHashed(hashes, nameOf);
          for (const { distance, numbers } of single) sink.push(numbers.of(wordAt(words, t + distance)));
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
  const parts: HashedString[] = [];
  for (const { normalised } of [BEFORE[1], BEFORE[0]]) parts.push(normalised, SHAPE_BEFORE, SHAPE_BEFORE);
  for (const { normalised, shape, ending } of words) parts.push(normalised, shape, ending);
  for (const { normalised } of AFTER) parts.push(normalised, SHAPE_AFTER, SHAPE_AFTER);
  return parts;
}

/** A word of a sentence, or what stands for the place before or behind it. */
function wordAt(words: readonly Word[], t: number): Word {
  if (t < 0) return BEFORE[-1 - t];
  return t < words.length ? words[t] : AFTER[t - words.length];
}

/** Numbers of the values that a template of one word has. */
function numbersOf(letter: string, sink: Sink): WordNumbers {
  return new WordNumbers(({ normalised }) => sink.numberOf(`${letter} ${normalised.text}`));
}

function joinedValue(k: number, parts: readonly HashedString[], t: number): string {
  let value = TEMPLATES[k][0];
  for (const offset of OFFSETS[k]) value += ` ${parts[STRIDE * t + offset].text}`;
  return value;
}
