import type { Span, TextSentence } from './sentence.js';
import { TokenFinder } from './tokenize.js';

// Full stops of abbreviations, initials and numbers are inside their tokens; these are tokens of their own.
const TERMINATOR = /^[.!?…؟۔।॥։።]+$/u;
// Scripts with these put no space after them.
const WIDE_TERMINATOR = /^[。！？｡．]+$/u;
// The one abbreviation after which a capital rather starts a sentence than a name.
const ET_CETERA = /^(?:etc|ect)\.$/iu;
// After a full stop it belongs to the sentence before; alone it ends none ("I ❤️ NY").
const FACE = /^(?:[:;=][^:;=]|\p{Emoji_Presentation}|\p{ExtPict}\uFE0F)/u;
const CLOSING = /^["'”’»)\]}」』）】〉》]$/u;
const OPENING = /^["'“‘«([{¿¡]$/u;
const CONTINUING = /^(?:[,;:)\]}»”]|\p{Ll}.*)$/su;
const LINE_BREAK = /\r\n|\n|\r/g;
/** No sentence has more tokens, so that a text without full stops can be read with little memory. */
const LONGEST_SENTENCE = 10_000;

/** Whether the tokens so far could be a whole sentence: not at all, if white space follows, or whatever follows. */
type Ending = 'none' | 'spaced' | 'wide';

function endingAfter(token: string, adjacent: boolean, before: Ending, place: number, first: string): Ending {
  if (WIDE_TERMINATOR.test(token)) return 'wide';
  // "1." at the start numbers what follows.
  if (token === '.' && place === 1 && /^\p{N}+$/u.test(first)) return 'none';
  if (TERMINATOR.test(token) || ET_CETERA.test(token)) return 'spaced';
  if (FACE.test(token)) return before;
  return adjacent && CLOSING.test(token) ? before : 'none';
}

/** Whether a token, after white space `gap`, can be the first of a sentence when the one before has ended so. */
function canStart(finder: TokenFinder, span: Span, gap: string, ending: Ending): boolean {
  const token = tokenAt(finder, span);
  if (ending === 'none' || TERMINATOR.test(token) || WIDE_TERMINATOR.test(token) || FACE.test(token)) return false;
  if (ending === 'wide') return gap !== '' || !CLOSING.test(token);
  return gap !== '' && !CONTINUING.test(firstWord(finder, span));
}

/** The first token from this one on that is no opening mark; the last token where all are. */
function firstWord(finder: TokenFinder, span: Span): string {
  let word = span;
  while (OPENING.test(tokenAt(finder, word))) {
    const next = finder.next(word.end);
    if (next === undefined) break;
    word = next;
  }
  return tokenAt(finder, word);
}

/**
 * Cuts a text into sentences and their tokens; a text without tokens has no sentence. A sentence ends
 * - at a blank line;
 * - after . ! ? … (or their like in other scripts, or "etc.") with the marks that close right after it and any faces,
 *   when white space follows and then something other than a lower-case word or a comma;
 * - after 。！？ and the marks that close right after it, whatever follows;
 * - after 10,000 tokens.
 *
 * @returns sentences in text order, every token of `tokenize(text)` in exactly one, spans into the whole `text`. Each is
 *   made when it is asked for; nothing is kept of those before.
 */
export function* eachSentence(text: string): Generator<TextSentence, void, undefined> {
  let tokens: string[] = [];
  let spans: Span[] = [];
  let ending: Ending = 'none';
  let at = 0;
  const finder = new TokenFinder(text);
  for (let span = finder.next(0); span !== undefined; span = finder.next(at)) {
    const gap = text.slice(at, span.start);
    if (tokens.length > 0 && (tokens.length === LONGEST_SENTENCE || isCut(finder, span, gap, ending))) {
      yield { tokens, spans };
      tokens = [];
      spans = [];
    }
    const token = tokenAt(finder, span);
    ending = endingAfter(token, gap === '', ending, tokens.length, tokens[0] ?? token);
    tokens.push(token);
    spans.push(span);
    at = span.end;
  }
  if (tokens.length > 0) yield { tokens, spans };
}

/** The sentences of `eachSentence` as a list. */
export function textSentences(text: string): TextSentence[] {
  return [...eachSentence(text)];
}

function isCut(finder: TokenFinder, span: Span, gap: string, ending: Ending): boolean {
  return (gap.match(LINE_BREAK)?.length ?? 0) > 1 || canStart(finder, span, gap, ending);
}

function tokenAt({ text }: TokenFinder, { start, end }: Span): string {
  return text.slice(start, end);
}
