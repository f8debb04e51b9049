import { AMBIGUOUS } from './patterns/ambiguous.js';
import { BUSINESS } from './patterns/business.js';
import { CHAT, HEADLINES } from './patterns/chat.js';
import { DIALOGUE } from './patterns/dialogue.js';
import { EVERYDAY } from './patterns/everyday.js';
import { FRAGMENTS } from './patterns/fragments.js';
import { NEWS } from './patterns/news.js';
import { PLAIN } from './patterns/plain.js';
import { SPORT } from './patterns/sport.js';
import { TRAVEL } from './patterns/travel.js';
import { WORK } from './patterns/work.js';

/** A kind of text and its share of the sentences. */
export interface Register {
  readonly share: number;
  readonly casing: 'sentence' | 'lower' | 'upper';
  readonly patterns: readonly string[];
}

/** `PLAIN` has its share because a tagger must learn above all what is no entity. */
export const REGISTERS: readonly Register[] = [
  { share: 0.17, casing: 'sentence', patterns: WORK },
  { share: 0.09, casing: 'sentence', patterns: NEWS },
  { share: 0.06, casing: 'sentence', patterns: SPORT },
  { share: 0.07, casing: 'sentence', patterns: BUSINESS },
  { share: 0.04, casing: 'lower', patterns: CHAT },
  { share: 0.03, casing: 'upper', patterns: HEADLINES },
  { share: 0.06, casing: 'sentence', patterns: DIALOGUE },
  { share: 0.05, casing: 'sentence', patterns: TRAVEL },
  { share: 0.04, casing: 'sentence', patterns: FRAGMENTS },
  { share: 0.05, casing: 'sentence', patterns: EVERYDAY },
  { share: 0.07, casing: 'sentence', patterns: AMBIGUOUS },
  { share: 0.27, casing: 'sentence', patterns: PLAIN },
];
