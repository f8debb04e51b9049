import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { eachSentence, textSentences } from '../../src/text/split.js';
import { tokenize } from '../../src/text/tokenize.js';
import { ends } from '../support/ends.js';

/** UTF-16 units: their square is more steps than a machine takes in the time that is allowed. */
const LONG = 1_000_000;

/** The text each sentence covers, from its first to its last token. */
const sentences = (text: string): string[] =>
  textSentences(text).map(({ spans }) => text.slice(spans[0].start, spans[spans.length - 1].end));

function table(cases: readonly (readonly [claim: string, ...sentences: string[]])[]): void {
  it.each(cases.map(([claim, ...expected]) => ({ claim, expected })))('$claim', ({ expected }) => {
    expect(sentences(expected.join(' '))).toEqual(expected);
  });
}

describe('a sentence ends', () => {
  table([
    ['at a full stop before a capital', 'It rained.', 'We left.'],
    ['at a question mark and an exclamation mark', 'Why?', 'No!', 'What?!', 'Well...', 'So it goes.'],
    ['before a number', 'It rained.', '20 people came.'],
    ['after the marks that close it', '(It rained.)', '“We left.”', 'He said "no."', 'Then he went.'],
    ['before the marks that open the next', 'It rained.', '("We left.")'],
    ['after a face that follows it', 'We won! :)', 'Then we left. 😀', 'Good.'],
    ['after "etc." before a capital', 'We had tea, cake, etc.', 'Then we left.'],
    ['at a wide mark before lower case', '我在北京。', 'ok 好。'],
    ['at the marks of Arabic and Hindi', 'كيف حالك؟', 'أنا بخير.', 'यह दिल्ली है।', 'वह गया।'],
  ]);

  it('at the marks of Chinese and Japanese without a space', () => {
    expect(sentences('我在北京。你呢？「好。」他说')).toEqual(['我在北京。', '你呢？', '「好。」', '他说']);
  });

  it('at a blank line, whatever its line ends are, and not at a single one', () => {
    expect(sentences('A title\n\nthe text\ngoes on\r\n \t\r\nhere')).toEqual(['A title', 'the text\ngoes on', 'here']);
  });
});

describe('a text without full stops', () => {
  it('is cut after every 10,000 tokens', () => {
    const found = textSentences('a '.repeat(20_001));
    expect(found.map(({ tokens }) => tokens.length)).toEqual([10_000, 10_000, 1]);
    expect(found[2].spans).toEqual([{ start: 40_000, end: 40_001 }]);
  });

  it('is cut no further than it is asked for', () => {
    const text = 'It rained. '.repeat(1000);
    const slice = jest.spyOn(String.prototype, 'slice');
    try {
      expect(eachSentence(text).next().value?.tokens).toEqual(['It', 'rained', '.']);
      const first = slice.mock.calls.length;
      expect(textSentences(text)).toHaveLength(1000);
      expect(slice.mock.calls.length).toBeGreaterThan(100 * first);
    } finally {
      slice.mockRestore();
    }
  });
});

describe('a sentence goes on', () => {
  table([
    ['after an abbreviation', 'Dr. Ada met Mr. Bo of Acme Inc. Friday.'],
    ['after initials', 'J. R. Doe lives in the U.S. South.'],
    ['inside a number', 'It cost 1.5 million at 3.30.'],
    ['before lower case', 'He works at Yahoo! in Ohio ... or did.'],
    ['before lower case after an opening mark', 'She said hello! (and left)'],
    ['before a comma', '"Why?", she asked.'],
    ['after quoted words before lower case', '"Why?" she asked.'],
    ['at a full stop without a space', 'Visit end.Start today'],
    ['after the number of a list', '1. Read it.'],
    ['at a face without a mark before it', 'I ❤️ Paris :) Really'],
    ['at marks that come one by one', 'Well . . . yes.'],
  ]);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('A', 'a', '.', '!', '。', '"', '(', ')', ' ', '\n', 'Dr.', '1', ':)', '。'))
    .map((parts) => parts.join('')),
);

describe('every text', () => {
  it('has each of its tokens in exactly one sentence, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = textSentences(text);
        expect(found.flatMap(({ spans }) => spans)).toEqual(tokenize(text));
        for (const { tokens, spans } of found) {
          expect(tokens.length).toBeGreaterThan(0);
          expect(tokens).toEqual(spans.map(({ start, end }) => text.slice(start, end)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('without a token has no sentence', () => {
    for (const text of ['', ' ', '\n\n', '\u00A0\t\u3000']) expect(textSentences(text)).toEqual([]);
  });

  it.each(['.', ')', '"', '. (', '。', '\n', 'a. '])(
    'of %j alone is cut in no more time than its length asks for',
    (unit) => {
      const text = unit.repeat(LONG / unit.length);
      const cut = ends(() => textSentences(text));
      expect(cut.flatMap(({ tokens }) => tokens).join('')).toBe(text.replaceAll(/\s/g, ''));
    },
  );
});
