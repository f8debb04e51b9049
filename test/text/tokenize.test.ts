import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ASCII_OF, TOKEN_TABLE, tokenize } from '../../src/text/tokenize.js';
import { ends } from '../support/ends.js';

/** UTF-16 units: their square is more steps than a machine takes in the time that is allowed. */
const LONG = 1_000_000;

const tokens = (text: string): string[] => tokenize(text).map(({ start, end }) => text.slice(start, end));

/** Each row: what is tested, and the tokens expected, between bars. */
function table(cases: readonly (readonly [name: string, expected: string, text?: string])[]): void {
  it.each(cases)('%s: %s', (_, expected, text = expected.replaceAll('|', '')) => {
    expect(tokens(text)).toEqual(expected.split('|').filter((token) => token.trim() !== ''));
  });
}

describe('words', () => {
  table([
    ['a comma and a full stop are tokens', 'Sumesh|,| |who| |left|.'],
    ['a combining mark stays with its letter', 'Zoe\u0308| |ate| |crème'],
    ['an apostrophe inside a name is part of it', "O'Neill| |met| |D’Angelo"],
    ['an underscore inside a word is part of it', 'snake_case'],
    ['letters and digits are one word', 'R2D2| |and| |3M'],
    ['a compound is taken apart', 'London|-|based'],
    ['a prefix is not', 'anti-smoker| |e-mail| |re-elected'],
    ['a hyphenated name is one token', 'Jean-Pierre| |Saint-Denis'],
    ['an ampersand between capitals is part of the name', 'AT&T| |black|&|white'],
    ['a slash stands between words', 'and|/|or'],
    ['except in these abbreviations', 'w/o| |b/c| |w/|fries'],
    ['brackets are single', '(|a| |(|b|)|)'],
    ['quotation marks are single', '“|No|”|,| |"|he|"'],
    ['a soft hyphen does not cut a word', 'co\u00ADoperate'],
    ['a no-break space separates', 'New|York', 'New\u00A0York'],
  ]);
});

describe('clitics', () => {
  table([
    ['possessive', "Cisco|'s| |offices|'"],
    ['typographic apostrophe', 'it|’s| |they|’re'],
    ['not', "do|n't| |ca|n’t| |WO|N'T"],
    ['not, without its apostrophe', 'did|nt| |ca|nt'],
    ['will, have, would', "I|'ll| |we|'ve| |she|'d"],
    ['two words in one', 'can|not| |gon|na| |wan|na'],
    ['no clitic inside a longer word', "hold'em| |l'source"],
    ['elided words', "'em| |'90s| |’t"],
    ['decades are no possessives', "the| |70's| |and| |1990s"],
  ]);
});

describe('addresses and names of the net', () => {
  table([
    ['URL without the comma after it', 'http://a.example/x?y=1&z=2|,| |then'],
    ['URL without the bracket around it', '(|https://example.org/a_b|)|.'],
    ['URL before a script without spaces', 'https://example.org/a|を'],
    ['www', 'www.example.net/a-b|.'],
    ['e-mail address', 'first.last+tag@mail.example.co.uk|.'],
    ['e-mail address without a dot in its host', 'someone@HOST'],
    ['domain', 'example.com|,| |Example.co.uk'],
    ['no domain when the word goes on', 'one|.|community'],
    ['file name', 'report_2.pdf|.'],
    ['newsgroup', 'alt.animals.dog|.'],
    ['a space forgotten after a full stop', 'end|.|Start'],
    ['hashtag', '#ner2024| |#|1'],
    ['@name', '@some_one|:| |hi'],
  ]);
});

describe('abbreviations', () => {
  table([
    ['titles', 'Dr.| |Ada| |and| |Mrs.| |Bo'],
    ['companies', 'Acme| |Inc.| |of| |Ohio'],
    ['no abbreviation as the end of a longer word', 'zinc|.'],
    ['initials', 'J.| |R.| |Doe'],
    ['"I" at the end is no initial', 'So| |do| |I|.| |Then'],
    ['letters with full stops', 'U.S.| |e.g.| |p.m.| |U.S.A'],
    ['doubled letters with full stops', 'EE.UU.| |Ph.D.'],
    ['a number after it makes "No." one', 'No.| |5| |No|.'],
    ['an abbreviation before an ellipsis', 'etc|...| |Inc.|.'],
  ]);
});

describe('numbers', () => {
  table([
    ['grouped, decimal, signed', '1,000.50| |+1.5| |.5'],
    ['time and date', '3:45| |26/03/2001'],
    ['a comma after a number', '1990|,| |10|.'],
    ['ordinals', '10th| |1st'],
    ['a unit is a word of its own', '5|km| |9|am| |3:30|pm'],
    ['a range is three tokens', '10|-|12'],
    ['a telephone number is one', '555-0100| |1-212-555-0100'],
    ['sum and currency', '5|+|3| |$|20| |7|%'],
    ['digits of other scripts', '١٢٣| |१०'],
  ]);
});

describe('marks and pictures', () => {
  table([
    ['ellipsis', 'well|...| |so|…|no'],
    ['marks of exclamation', 'What|?!| |No|!!!'],
    ['rules and dashes', 'a|--|b| |=====| |***'],
    ['different marks are apart', '(|"|*|"|)'],
    ['emoticons', 'hi| |:)| |;-)| |:D| |<3| |:('],
    ['no emoticon before a word', ':|Data| |:|(|a|)'],
    ['emoji', 'ok|😀|👍🏽|👩‍💻|🇮🇳|🇩🇪|1️⃣'],
  ]);
});

describe('other scripts', () => {
  table([
    ['Han by character', '我|在|北|京|。'],
    ['Hiragana by character, Katakana by word', 'こ|の|テレビ'],
    ['no word of Han and Latin letters', "我|is|n't| |京|Ab|-|c"],
    ['Thai by letter with its marks', 'ก|รุ|ง'],
    ['Hangul by word', '서울에| |갔다|.'],
    ['Cyrillic, Greek, Arabic, Devanagari', 'Москва|,| |Αθήνα| |؟| |القاهرة| |दिल्ली|।'],
  ]);
});

/** Strings rich in what the table is about. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...".,:/-'’@#!?() \n\u00A0\uD83D\uDE00aAnNtTsS15_é中ア\u0301".split('')),
    maxLength: 60,
  }),
  fc
    .array(fc.constantFrom('U.S.', "don't", 'http://a.b', 'x@y.z', '1,5', '😀', ' ', '\t', 'Dr', '.', 'Ana-Lia', 'w/'))
    .map((parts) => parts.join('')),
);

describe('every text', () => {
  it('is covered but for white space, in order, by tokens that hold none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const span of tokenize(text)) {
          expect(text.slice(end, span.start)).toMatch(/^\s*$/);
          expect(text.slice(span.start, span.end)).toMatch(/^\S+$/);
          end = span.end;
        }
        expect(text.slice(end)).toMatch(/^\s*$/);
      }),
      { numRuns: 1000 },
    );
  });

  it('has no token that ends inside a surrogate pair', () => {
    const pairs = fc.string({ unit: fc.constantFrom('😀', '𝒜', '𠀀', 'a', '.', "'", '\u200D'), maxLength: 40 });
    fc.assert(
      fc.property(pairs, (text) => {
        for (const { start } of tokenize(text)) expect(text.charCodeAt(start) & 0xfc00).not.toBe(0xdc00);
      }),
    );
  });

  it('has the tokens that the table gives, also where a shorter way is taken', () => {
    const row = new RegExp(TOKEN_TABLE.map(({ pattern }) => pattern).join('|'), 'vg');
    const words = fc
      .array(
        fc.constantFrom(...'gon na wan gotta cannot can t dont NT not Ada k ing . _ - : / 5'.split(' '), ' ', "'", 'ſ'),
      )
      .map((parts) => parts.join(''));
    const ascii = fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)) });
    const inBatches = fc.array(fc.oneof(words, ascii)).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(anyText, words, ascii, inBatches), (text) => {
        const expected = [...text.matchAll(row)].map(({ 0: token, index }) => ({
          start: index,
          end: index + token.length,
        }));
        expect(tokenize(text)).toEqual(expected);
      }),
      { numRuns: 4000 },
    );
  });

  it('knows of ASCII what the properties of characters in its table are', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const properties = TOKEN_TABLE.flatMap(({ pattern }) => [...pattern.matchAll(/\\p\{(.+?)\}/g)]);
    for (const [written, name] of properties) {
      const known = new RegExp(`[${ASCII_OF[name] ?? ''}]`, 'v');
      const has = (expression: RegExp): string => ascii.filter((character) => expression.test(character)).join('');
      expect([name, has(known)]).toEqual([name, has(new RegExp(written, 'v'))]);
    }
  });

  it('gives the same tokens at each call', () => {
    fc.assert(fc.property(anyText, (text) => expect(tokenize(text)).toEqual(tokenize(text))));
  });

  it('has the tokens of its two halves where a space joins them and no capital or digit explains a full stop', () => {
    const second = anyText.filter((text) => !/^\s*[\p{Lu}\p{N}]/u.test(text));
    fc.assert(
      fc.property(anyText, second, (a, b) => {
        expect(tokens(`${a} ${b}`)).toEqual([...tokens(a), ...tokens(b)]);
      }),
    );
  });
});

describe('long texts', () => {
  const units = ['a', '.', '-', 'a.a.a.', '@', '1,', 'a-', "a'", '1-', 'http://', '\u0301', '中', ' ', '"'];

  it.each(units)('a text of %j alone takes no more time than its length asks for', (unit) => {
    const text = unit.repeat(LONG / unit.length);
    const spans = ends(() => tokenize(text));
    expect(spans.at(-1)?.end).toBe(unit === ' ' ? undefined : text.length);
  });

  it('a word of ten million letters overflows no stack', () => {
    const spans = tokenize('a'.repeat(10_000_000));
    expect(spans.at(-1)?.end).toBe(10_000_000);
  });
});

it('every row of the table has a reason and a pattern that compiles alone', () => {
  for (const { pattern, reason } of TOKEN_TABLE) {
    expect(() => new RegExp(pattern, 'vy')).not.toThrow();
    expect(reason).not.toBe('');
  }
});
