import type { Names } from './names.js';
import { type Phrase, SLOTS } from './slots.js';

/** A sentence with the tags of its tokens in IOB2. */
export interface Tagged {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/** How often a slot is drawn again when its name already stands in the sentence. */
const TRIES = 20;

/**
 * Writes out a pattern. Tokens are separated by blanks; `<a|b c>` is a choice; `{city}` a slot (see `SLOTS`), `[ORG Ford]`
 * an entity written out, and `a(n)` the article that the next token asks for.
 */
export function expand(pattern: string, names: Names): Tagged {
  const chosen = pattern.replace(/<([^<>]*)>/gu, (_, choices: string) => names.draw.any(choices.split('|')));
  const phrases: Phrase[] = [];
  for (const part of chosen.match(/\[[^\]]+\]|\S+/gu) ?? []) phrases.push(...phrasesOf(part, phrases, names));
  return joined(phrases);
}

function phrasesOf(part: string, before: readonly Phrase[], names: Names): readonly Phrase[] {
  const literal = /^\[(PER|ORG|LOC) ([^\]]+)\]$/u.exec(part);
  if (literal !== null) return [{ text: literal[2], type: literal[1] as Phrase['type'] }];
  const slot = /^\{(\w+)\}$/u.exec(part);
  if (slot === null) return [{ text: part, type: '' }];
  const fill = SLOTS.get(slot[1]);
  if (fill === undefined) throw new Error(`no slot is called ${slot[1]}`);
  let phrases = fill(names);
  for (let tries = 1; tries < TRIES && repeats(phrases, before); tries++) phrases = fill(names);
  return phrases;
}

/** Whether an entity shares a word with an earlier one: in one sentence two people should not both be called Anna. */
function repeats(phrases: readonly Phrase[], before: readonly Phrase[]): boolean {
  const words = new Set(before.filter(({ type }) => type !== '').flatMap(({ text }) => text.split(' ')));
  return phrases.some(({ text, type }) => type !== '' && text.split(' ').some((word) => words.has(word)));
}

function joined(phrases: readonly Phrase[]): Tagged {
  const tokens: string[] = [];
  const tags: string[] = [];
  for (const { text, type } of phrases) {
    text.split(' ').forEach((token, index) => {
      tokens.push(token);
      tags.push(type === '' ? 'O' : `${index === 0 ? 'B' : 'I'}-${type}`);
    });
  }
  return { tokens: tokens.map((token, t) => (token === 'a(n)' ? article(tokens[t + 1]) : token)), tags };
}

function article(next: string): string {
  return /^([aeio]|u(?!ni|se)|8|11$|18)/iu.test(next) && !/^(euro|one)/iu.test(next) ? 'an' : 'a';
}
