import type { Example } from '../../src/train/trainer.js';
import { keyedRandom, permutation } from '../../src/train/random.js';

/** A trigger word and the type that it gives to the last word of its sentence. */
const TRIGGERS: readonly (readonly [type: string, words: readonly string[]])[] = [
  ['PER', ['Interviewing', 'Congratulating']],
  ['LOC', ['Visiting', 'Leaving']],
];

/** First names that are places too: none of them tells its type. */
const NAMES = ['Austin', 'Chelsea', 'Florence', 'Georgia', 'Houston', 'Israel', 'Jordan', 'Lincoln', 'Paris', 'Sydney', 'Victoria', 'Virginia'];

/** Words that say nothing of what follows. */
const FILLERS = (process.env.FILL ?? 'again already and as at before even if in just later long more much not now of on once only or perhaps quite so soon still that then there though up very well when while yet').split(' ');

const PLACE = 101;

/**
 */
export function longRangeSentences(count: number, distance: number, seed: number, partNo: number): Example[] {
  const random = keyedRandom(seed, PLACE, distance, partNo);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)];
  return Array.from(permutation(count, random), (number) => {
    const [type, triggers] = TRIGGERS[number % TRIGGERS.length];
    const fillers = Array.from({ length: distance - 1 }, () => pick(FILLERS));
    return {
      tokens: [pick(triggers), ...fillers, pick(NAMES)],
      entities: [{ start: distance, end: distance + 1, type }],
    };
  });
}
