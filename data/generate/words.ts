import { list } from './lists.js';
import type { Names } from './names.js';
import type { Slot } from './slots.js';

const NATIONALITIES = list(`
  Indian, Nigerian, Brazilian, Korean, Finnish, Polish, Mexican, Egyptian, Vietnamese, Turkish, Kenyan, German, French,
  Japanese, Chinese, European, American, Italian, African, Ghanaian, Dutch, Asian
`);
const LANGUAGES = list(`
  English, Hindi, Yoruba, Portuguese, Korean, Finnish, Polish, Spanish, Arabic, Vietnamese, Turkish, Swahili, German,
  French, Japanese, Tamil, Kannada, Samoan, Latin
`);
const DAYS = list('Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday');
const MONTHS = list(`
  January, February, March, April, May, June, July, August, September, October, November, December
`);
const JOBS = list(`
  engineer, teacher, lawyer, nurse, accountant, designer, translator, editor, farmer, driver, professor, manager,
  analyst, architect, technician, biologist, pilot, journalist, chemist, chef
`);

function words(list: readonly string[]): Slot {
  return ({ draw }) => [{ text: draw.any(list), type: '' }];
}

function written(write: (draw: Names['draw']) => string): Slot {
  return ({ draw }) => [{ text: write(draw), type: '' }];
}

/** Goals of one side, never those of a draw. */
function wonScore(draw: Names['draw']): string {
  const lost = draw.integer(0, 2);
  return `${lost + draw.integer(1, 3)}-${lost}`;
}

function clock(draw: Names['draw']): string {
  return `${draw.integer(6, 21)}:${draw.any(['00', '15', '30', '45'])}`;
}

/** Slots that are no entity. */
export const ORDINARY_SLOTS: readonly (readonly [string, Slot])[] = [
  ['nationality', words(NATIONALITIES)],
  ['language', words(LANGUAGES)],
  ['day', words(DAYS)],
  ['month', words(MONTHS)],
  ['job', words(JOBS)],
  ['n', written((draw) => String(draw.integer(3, 19)))],
  ['count', words(['two', 'three', 'four', 'five', 'six', 'seven', 'ten', 'twelve'])],
  ['minute', written((draw) => String(draw.integer(1, 90)))],
  ['nth', written((draw) => `${draw.integer(24, 30)}th`)],
  ['goals', written((draw) => String(draw.integer(0, 4)))],
  ['num', written((draw) => String(draw.integer(2, 95) * 10))],
  ['big', written((draw) => `${draw.integer(1, 90)},${draw.integer(1, 9)}00`)],
  ['year', written((draw) => String(draw.integer(1948, 2024)))],
  ['recent', written((draw) => String(draw.integer(2008, 2023)))],
  ['soon', written((draw) => String(draw.integer(2026, 2035)))],
  ['percent', written((draw) => `${draw.integer(2, 48)}.${draw.integer(1, 9)}`)],
  ['date', written((draw) => `${draw.integer(1, 28)} ${draw.any(MONTHS)}`)],
  ['time', written(clock)],
  ['score', written(wonScore)],
  ['postcode', written((draw) => String(draw.integer(10000, 99999)))],
];
