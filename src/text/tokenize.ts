import type { Span } from './sentence.js';

/** One kind of token: a regular expression (flags `v` and `y`, written as a string) and why it is in the table. */
interface Row {
  readonly name: string;
  readonly pattern: string;
  readonly reason: string;
}

/** The words of a list as alternatives. */
const any = (words: string): string => `(?:${words.trim().split(/\s+/).join('|')})`;

// Every repetition below has a bound: a row that fails costs a fixed amount at each place, so the time is linear in the
// text, and the engine's stack for backtracking, which an unbounded loop fills within megabytes, cannot overflow.
// A run longer than the bound is cut into several tokens.
const MANY = '{1,1000}';

// Scripts that put no space between words. Katakana is not among them: its runs are words, mostly foreign names.
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
// Marks belong to the letter before them; joiners and the soft hyphen stand inside words.
const LETTER = `[[\\p{L}\\p{N}]--[${UNSPACED}]]`;
const WORD_CHARACTER = `[[\\p{L}\\p{M}\\p{N}\\u00AD\\u200C\\u200D]--[${UNSPACED}]]`;
const END = '(?![\\p{L}\\p{M}\\p{N}_])';
const CLITIC = `['’]${any('s S m M d D ll LL re RE ve VE')}${END}`;
const NOT = `[Nn]['’][Tt]${END}`;

// RFC 3986, section 2, without brackets: they more often belong to the sentence.
const URL_REST = "(?:[A-Za-z0-9\\-._~:\\/?#@!$%&'*+,;=]{0,2000}[A-Za-z0-9\\-_~\\/#@$%&*+=])";
const LABEL = '[A-Za-z0-9\\-]{1,63}';
const TOP_LEVEL = any(`
  com Com COM net Net NET org Org ORG edu EDU gov GOV mil info biz tv (?:co|com|ac|org|net|gov)\\.[a-z]{2}
  uk ca de fr nl es eu
`);
const FILE_TYPE = any(`
  pdf PDF docx? DOCX? xlsx? XLSX? pptx? PPTX? txt TXT csv CSV html? HTML? jpe?g JPE?G png PNG gif GIF zip ZIP exe mp[34]
`);

// Words that are not whole without their full stop. Those that are also common words are here in capitals only.
const ABBREVIATION = any(`
  [Mm]rs? MRS? Ms MS [Dd]rs? DRS? [Pp]rof PROF Capt CAPT Gen Sen Rep Gov Lt Col Cmdr Maj Sgt Rev Hon Pres Supt Messrs Mmes?
  Sts? STS? Mt Ft [Jj]r JR [Ss]r SR
  [Ii]nc INC [Cc]orp CORP Co CO [Ll]td LTD Bros Assn Dept Univ Inst Pvt PVT Ave Blvd Rd Hwy Apt
  Jan Feb Mar Apr Jun Jul Aug Sept? Oct Nov Dec
  Ala Ariz Calif Colo Conn Fla Mich Minn Okla Penn Tenn Wash
  [Vv]s VS [Ee]tc ETC [Ee]ct [Ee]xt EXT [Aa]pprox [Vv]ol cf pp [Tt]el
  [Ff]igs?(?=\\.\\s?\\p{Nd}) [Nn]os?(?=\\.\\s?\\p{Nd})
`);

const PREFIX = any(`
  [Aa] [Aa]gro [Aa]nte [Aa]nti [Aa]rch [Bb]i [Bb]io [Cc]o [Cc]ounter [Cc]ross [Cc]yber [Dd]e [Ee] [Ee]co [Ee]x [Ee]xtra
  [Ii]nter [Ii]ntra [Mm]acro [Mm]ega [Mm]icro [Mm]id [Mm]ini [Mm]is [Mm]ono [Mm]ulti [Nn]eo [Nn]on [Oo] [Oo]ver [Pp]an
  [Pp]ara [Pp]eri [Pp]ost [Pp]re [Pp]ro [Pp]seudo [Qq]uasi [Rr]e [Ss]emi [Ss]ub [Ss]uper [Tt]rans [Tt]ri [Uu] [Uu]h
  [Uu]ltra [Uu]n [Uu]ni [Vv]ice [Xx]
`);

const UNIT = any(`
  am pm AM PM [ap]\\.m\\. hrs? mins? secs? yrs? k K m mm cm km kg g mg lbs? oz ft in mph [kmgtKMGT][bB] [GM]Hz bn
`);

/** The table, its rows in the order in which they are tried at each place of a text. */
export const TOKEN_TABLE: readonly Row[] = [
  {
    name: 'character of a script without spaces',
    pattern: `[\\p{L}&&[${UNSPACED}]]\\p{M}{0,100}`,
    reason:
      'without a dictionary only a single character is safe, as an entity can start and end anywhere; first, since most frequent there',
  },
  {
    name: 'URL',
    pattern: `(?:[Hh]ttps?|HTTPS?|[Ff]tp):\\/\\/${URL_REST}|[Ww]{3}\\.${URL_REST}`,
    reason: 'one name; the full stop or comma after it belongs to the sentence',
  },
  {
    name: 'e-mail address',
    pattern: `[A-Za-z0-9][A-Za-z0-9._%+\\-]{0,63}@${LABEL}(?:\\.${LABEL}){0,8}`,
    reason: 'one name, of at most the lengths of RFC 5321; internal mail has hosts without a dot',
  },
  {
    name: 'domain',
    pattern: `@?(?:${LABEL}\\.){1,8}${TOP_LEVEL}${END}(?:\\/${URL_REST}?)?`,
    reason: 'companies go by their address',
  },
  {
    name: 'file name',
    pattern: `[A-Za-z0-9][A-Za-z0-9_\\-]{0,99}\\.${FILE_TYPE}${END}`,
    reason: 'a file is named with its type',
  },
  {
    name: 'dotted name',
    pattern: `\\p{Ll}{2,50}(?:\\.[\\p{Ll}\\-]{2,50}){2,9}${END}`,
    reason: 'newsgroups, hosts, packages; a single dot is rather a forgotten space between two sentences',
  },
  {
    name: 'hashtag',
    pattern: '#\\p{N}{0,20}[\\p{L}_][\\p{L}\\p{M}\\p{N}_]{0,300}',
    reason: 'one token in corpora of tweets; "#1" is a sign and a number',
  },
  { name: '@name', pattern: '@[A-Za-z0-9_]{1,100}', reason: 'one token in corpora of tweets' },
  {
    name: 'emoji',
    pattern:
      '\\p{RI}{2}|[0-9#*]\\uFE0F?\\u20E3|' +
      '\\p{ExtPict}[\\uFE0F\\p{EMod}\\u{E0020}-\\u{E007F}]{0,20}(?:\\u200D\\p{ExtPict}[\\uFE0F\\p{EMod}]{0,2}){0,10}',
    reason: 'flags, keycaps and joined figures are drawn as one picture (UTS #51)',
  },
  {
    name: 'emoticon',
    pattern: `[:;=][\\-o'^]?(?:[\\(\\)\\/\\\\\\|*]{1,10}|[DPpOo])${END}|<3${END}|\\^_{1,9}\\^`,
    reason: 'a face, not punctuation',
  },
  {
    name: 'initials',
    pattern:
      '(?:\\p{Lu}\\.){1,12}\\p{Lu}(?![\\p{L}\\p{N}.])|(?:\\p{L}\\.){2,12}|' +
      '(?:\\p{Lu}{2}\\.){2,3}|\\p{Lu}\\p{Ll}\\.(?:\\p{Lu}\\.){1,3}',
    reason: 'U.S., U.S, e.g., p.m., EE.UU., Ph.D.: their full stops are part of the name',
  },
  {
    name: 'initial',
    pattern: '(?!I)\\p{Lu}\\.(?=\\s?\\p{Lu})',
    reason: 'J. before a name; "I." more often ends a sentence',
  },
  { name: 'abbreviation', pattern: `${ABBREVIATION}\\.(?!\\.\\.)`, reason: 'Mr., Inc., Jan., etc. (Penn Treebank)' },
  {
    name: 'telephone number',
    pattern: `(?:1-)?\\p{Nd}{3}-(?:\\p{Nd}{3}-)?\\p{Nd}{4}${END}`,
    reason: 'one number, unlike the range 10-12',
  },
  { name: 'decade', pattern: `\\p{Nd}{1,3}0['’]s${END}`, reason: "70's is no possessive" },
  {
    name: 'number',
    pattern: `(?:(?<![\\p{L}\\p{N}])[+.]\\.?)?\\p{Nd}${MANY}(?:[.,:\\/]\\p{Nd}${MANY}){0,100}(?:${END}|(?=${UNIT}${END}))`,
    reason: '1,000.50, 3:45, 26/03/2001; the unit of 5km and 9am is a word of its own, 10th, 3M and 1990s are words',
  },
  { name: 'clitic', pattern: `${CLITIC}|${NOT}`, reason: "'s, 're, n't are words of their own (Penn Treebank)" },
  {
    name: 'elided word',
    pattern: `['’](?:${any('em til cause bout cuz tis twas n t')}|\\p{Nd}{2}s?)${END}`,
    reason: "the apostrophe of 'em, '90s or the Dutch 't is not a quotation mark",
  },
  {
    name: 'word before its clitic',
    pattern:
      `\\p{L}{1,20}?(?=${NOT})|[Cc]an(?=not${END})|[Gg]on(?=na${END})|[Ww]an(?=na${END})|[Gg]ot(?=ta${END})|` +
      `${any('[Dd]o [Dd]oes [Dd]id [Cc]a [Ww]o [Ii]s [Ww]as [Cc]ould [Ww]ould [Ss]hould [Hh]ave [Hh]as')}(?=nt${END})`,
    reason: "do|n't, ca|nt, can|not, gon|na (Penn Treebank)",
  },
  {
    name: 'word with a slash',
    pattern: `(?:[Bb]\\/c|[CcWw]\\/o|[Nn]\\/[Aa])${END}|w\\/`,
    reason: 'w/, w/o, b/c, c/o, n/a; other slashes stand between words',
  },
  {
    name: 'prefixed word',
    pattern: `${PREFIX}-\\p{L}${WORD_CHARACTER}{0,999}`,
    reason: 'a prefix is no word; other compounds are taken apart, so that the place in London-based can be found',
  },
  {
    name: 'hyphenated or joined name',
    pattern: `\\p{Lu}[\\p{L}\\p{M}]{1,50}(?:[\\-‐‑]\\p{Lu}[\\p{L}\\p{M}]{1,50}){1,5}${END}|\\p{Lu}{1,3}&\\p{Lu}{1,3}${END}`,
    reason: 'Jean-Pierre, Coca-Cola, AT&T: one token in corpora of named entities',
  },
  {
    name: 'word',
    pattern: `${LETTER}${WORD_CHARACTER}{0,999}(?:(?!${CLITIC})['’_]${WORD_CHARACTER}${MANY}){0,100}`,
    reason: "letters with their marks, O'Neill, R2D2, snake_case",
  },
  {
    name: 'run',
    pattern: '[.!?]{2,1000}|…{2,1000}|(?<mark>[\\-–—=_*~+#$<>\\/\\\\\\|^·•])\\k<mark>{1,999}',
    reason: '..., ?!, --, ***: repeated marks are one',
  },
  { name: 'character', pattern: '\\S\\p{M}{0,100}', reason: 'anything else, never half a surrogate pair' },
];

const SPACE = new RegExp(`\\s${MANY}`, 'vy');

/**
 * What the row `word` takes, and no row before it: ASCII letters up to a space or the end, unless they may end with a clitic
 * (gonna, gotta, cannot, dont). Most tokens of most texts are such, which this finds much sooner than the table.
 */
const PLAIN_WORD = /[A-Za-z]{1,1000}(?<!nt|not|na|ta)(?=\s|$)/y;

/** What the properties of characters in the table are of ASCII; those that are not here have none of it. */
export const ASCII_OF: Readonly<Record<string, string>> = { L: 'A-Za-z', Lu: 'A-Z', Ll: 'a-z', N: '0-9', Nd: '0-9' };

let rows: RegExp | undefined;
let asciiRows: RegExp | undefined;

/**
 * All rows as one expression. To compile it takes as long as tagging a thousand sentences, and a tenth of that for ASCII alone, so either
 * is made when it is first needed.
 */
function tokenExpression(isAscii: boolean): RegExp {
  if (!isAscii) {
    rows ??= new RegExp(TOKEN_TABLE.map(({ pattern }) => pattern).join('|'), 'vy');
    return rows;
  }
  const inAscii = (pattern: string) => pattern.replace(/\\p\{(.+?)\}/g, (_, name) => `[${ASCII_OF[name] ?? ''}]`);
  asciiRows ??= new RegExp(TOKEN_TABLE.map(({ pattern }) => inAscii(pattern)).join('|'), 'vy');
  return asciiRows;
}

/** Where a match of a sticky expression that starts at `start` ends; `start` itself if there is none. */
function matchEnd(expression: RegExp, text: string, start: number): number {
  expression.lastIndex = start;
  return expression.test(text) ? expression.lastIndex : start;
}

const BEYOND_ASCII = /[^\0-\x7F]/;

/** Finds the tokens of a text one after the other. */
export class TokenFinder {
  readonly #isAscii: boolean;

  constructor(readonly text: string) {
    this.#isAscii = !BEYOND_ASCII.test(text);
  }

  /** The first token at or after `start`, which is 0 or the end of the token before; undefined where there is none left. */
  next(start: number): Span | undefined {
    const { text } = this;
    for (let at = start; at < text.length; ) {
      const space = matchEnd(SPACE, text, at);
      const word = matchEnd(PLAIN_WORD, text, space);
      const end = word > space ? word : matchEnd(tokenExpression(this.#isAscii), text, space);
      if (end > space) return { start: space, end };
      at = end;
    }
    return undefined;
  }
}

/**
 * Cuts a text into tokens by `TOKEN_TABLE`: the first row that matches wins.
 *
 * @returns spans in text order, never empty, never overlapping; what they leave out is white space (`\s`) and nothing else,
 *   and no token contains any. Time is linear in the text.
 */
export function tokenize(text: string): Span[] {
  const finder = new TokenFinder(text);
  const spans: Span[] = [];
  for (let span = finder.next(0); span !== undefined; span = finder.next(span.end)) spans.push(span);
  return spans;
}
