import { keyedRandom, permutation } from '../../src/train/random.js';
import type { Example } from '../../src/train/trainer.js';

/** Each type and the first words that announce it. */
const TRIGGERS: readonly (readonly [type: string, words: readonly string[]])[] = [
  ['PER', ['Interviewing', 'Congratulating']],
  ['LOC', ['Visiting', 'Leaving']],
];

/** Names of persons and of places both, so that none tells its type. */
const NAMES = 'Austin Chelsea Florence Georgia Houston Israel Jordan Lincoln Paris Sydney Victoria Virginia'.split(' ');

/** Words that say nothing of what follows. */
const FILLERS = (
  'again already and as at before even if in just later long more much not now of on once only or perhaps quite so soon ' +
  'still that then there though up very well when while yet'
).split(' ');

/** The parts of a generated corpus; no two share a sequence of draws. */
export const PARTS = ['train', 'dev', 'test'] as const;
export type Part = (typeof PARTS)[number];

/** Keeps these draws apart from those of a training run with the same seed. */
const KEY = 100;

/**
 * Sentences of `distance` + 1 tokens that end in a name, their only entity. The first word decides whether it is a person
 * or a place; the `distance` − 1 words between and the name itself are drawn without regard to the type. Half of the
 * sentences (of an even `count`) are of each type.
 */
export function longRangeSentences(count: number, distance: number, seed: number, part: Part): Example[] {
  const random = keyedRandom(seed, KEY, distance, PARTS.indexOf(part));
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)];
  return Array.from(permutation(count, random), (place) => {
    const [type, triggers] = TRIGGERS[place % TRIGGERS.length];
    const fillers = Array.from({ length: distance - 1 }, () => pick(FILLERS));
    return {
      tokens: [pick(triggers), ...fillers, pick(NAMES)],
      entities: [{ start: distance, end: distance + 1, type }],
    };
  });
}

/** As a column file: token, tab and tag (IOB2) a line, a blank line between sentences. */
export function toColumns(examples: readonly Example[]): string {
  return examples
    .map(({ tokens, entities: [name] }) =>
      tokens.map((token, t) => `${token}\t${t === name.start ? `B-${name.type}` : 'O'}\n`).join(''),
    )
    .join('\n');
}
