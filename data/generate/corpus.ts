import { isHeldOut, type Names } from './names.js';
import { expand, type Tagged } from './pattern.js';
import { Draw } from './random.js';
import { REGISTERS, type Register } from './registers.js';

/** How many sentences, drawn how. */
interface Plan {
  readonly seed: number;
  readonly sentences: number;
  /** The probability that a name is one the training file never uses. */
  readonly heldOutNames: number;
  /** The share of sentences whose pattern the training file never uses. */
  readonly heldOutPatterns: number;
}

const TRAINING: Plan = { seed: 20, sentences: 1500, heldOutNames: 0, heldOutPatterns: 0 };
const DEV: Plan = { seed: 21, sentences: 300, heldOutNames: 0.36, heldOutPatterns: 0.5 };

/** The shares of ordinary sentences written without capitals, and in nothing but capitals. */
const LOWERED = 0.03;
const RAISED = 0.02;

export interface Corpora {
  readonly training: readonly Tagged[];
  readonly dev: readonly Tagged[];
}

/** The two parts of the bundled corpus, the same at every call; no sentence stands in them twice. */
export function generateCorpora(): Corpora {
  const seen = new Set<string>();
  return { training: draft(TRAINING, seen), dev: draft(DEV, seen) };
}

function draft(plan: Plan, seen: Set<string>): Tagged[] {
  const draw = new Draw(plan.seed);
  const sentences = REGISTERS.flatMap((register) => {
    const unseen = Math.round(register.share * plan.sentences * plan.heldOutPatterns);
    const shared = Math.round(register.share * plan.sentences) - unseen;
    const names = { draw, heldOut: plan.heldOutNames };
    return [
      ...fill(register, patternsOf(register, false), shared, names, seen),
      ...fill(register, patternsOf(register, true), unseen, names, seen),
    ];
  });
  return draw.shuffled(sentences);
}

function patternsOf(register: Register, heldOut: boolean): readonly string[] {
  return register.patterns.filter((_, index) => isHeldOut(index) === heldOut);
}

/** Goes through the patterns in shuffled rounds, so that each is used about as often as the others. */
function fill(
  { casing }: Register,
  patterns: readonly string[],
  wanted: number,
  names: Names,
  seen: Set<string>,
): Tagged[] {
  const sentences: Tagged[] = [];
  while (sentences.length < wanted) {
    for (const pattern of names.draw.shuffled(patterns)) {
      if (sentences.length === wanted) break;
      const sentence = cased(expand(pattern, names), casing, names.draw);
      const key = sentence.tokens.join(' ').toLowerCase();
      if (seen.has(key)) continue;
      seen.add(key);
      sentences.push(sentence);
    }
  }
  return sentences;
}

function cased({ tokens, tags }: Tagged, casing: Register['casing'], draw: Draw): Tagged {
  const chosen = casing === 'sentence' ? varied(draw) : casing;
  if (chosen === 'lower') return { tokens: tokens.map((token) => token.toLowerCase()), tags };
  if (chosen === 'upper') return { tokens: tokens.map((token) => token.toUpperCase()), tags };
  const start = tokens.findIndex((token) => /\p{L}/u.test(token));
  return { tokens: tokens.map((token, t) => (t === start && isOpening(tokens, t) ? capitalised(token) : token)), tags };
}

function varied(draw: Draw): Register['casing'] {
  if (draw.chance(LOWERED)) return 'lower';
  return draw.chance(RAISED) ? 'upper' : 'sentence';
}

/** Whether nothing but an opening quotation mark stands before. */
function isOpening(tokens: readonly string[], position: number): boolean {
  return tokens.slice(0, position).every((token) => token === '"');
}

function capitalised(token: string): string {
  const [first, ...rest] = token;
  return first.toUpperCase() + rest.join('');
}
