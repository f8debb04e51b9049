import type { Span, TextSentence } from './sentence.js';
import { tokenize } from './tokenize.js';

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

/** Whether the token at `next`, after white space `gap`, can be the first of a sentence when the one before has ended so. */
function canStart(tokens: readonly string[], next: number, gap: string, ending: Ending): boolean {
  const token = tokens[next];
  if (ending === 'none' || TERMINATOR.test(token) || WIDE_TERMINATOR.test(token) || FACE.test(token)) return false;
  if (ending === 'wide') return gap !== '' || !CLOSING.test(token);
  if (gap === '') return false;
  let word = next;
  while (word + 1 < tokens.length && OPENING.test(tokens[word])) word++;
  return !CONTINUING.test(tokens[word]);
}

/**
 * Cuts a text into sentences and their tokens; a text without tokens has no sentence. A sentence ends
 * - at a blank line;
 * - after . ! ? … (or their like in other scripts, or "etc.") with the marks that close right after it and any faces,
 *   when white space follows and then something other than a lower-case word or a comma;
 * - after 。！？ and the marks that close right after it, whatever follows.
 *
 * @returns sentences in text order, every token of `tokenize(text)` in exactly one, spans into the whole `text`.
 */
export function textSentences(text: string): TextSentence[] {
  const spans = tokenize(text);
  const tokens = spans.map(({ start, end }) => text.slice(start, end));
  const sentences: TextSentence[] = [];
  let from = 0;
  let ending: Ending = 'none';
  const cut = (to: number): void => {
    if (to > from) sentences.push({ tokens: tokens.slice(from, to), spans: spans.slice(from, to) });
    from = to;
  };
  for (let next = 0; next < tokens.length; next++) {
    const gap = gapBefore(text, spans, next);
    if ((gap.match(LINE_BREAK)?.length ?? 0) > 1 || canStart(tokens, next, gap, ending)) cut(next);
    ending = endingAfter(tokens[next], gap === '', ending, next - from, tokens[from]);
  }
  cut(tokens.length);
  return sentences;
}

function gapBefore(text: string, spans: readonly Span[], next: number): string {
  return next === 0 ? '' : text.slice(spans[next - 1].end, spans[next].start);
}
