import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCorpus } from '../../src/text/corpus.js';
import { entitiesOf, SCHEMES, tagsOf } from '../../src/text/tags.js';
import { CORPUS_FORMATS, refuseUnreadable, runTogether, writtenSentence } from '../../src/text/write_corpus.js';
import { errorOf } from '../support/error_of.js';
import { sentenceOfEntities } from '../support/sentences_of_entities.js';

/** Tokens that a cell can hold; one that begins like a mark of documents, or like a comment, would be read as that. */
const token = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => /^[^\s#{-][^\t\r\n]*$/u.test(text));
const sentences = fc.array(
  sentenceOfEntities
    .filter(({ length }) => length > 0)
    .chain((sentence) =>
      fc.array(token, { minLength: sentence.length, maxLength: sentence.length }).map((tokens) => {
        return { ...sentence, tokens };
      }),
    ),
  { minLength: 1, maxLength: 5 },
);

describe.each(CORPUS_FORMATS)('a corpus written as %s', (format) => {
  it.each(SCHEMES.filter((scheme) => scheme !== 'IO'))('in %s has the same tokens and entities', (scheme) => {
    fc.assert(
      fc.property(sentences, (given) => {
        const text = given
          .map(({ tokens, entities }) => ({ tokens, tags: tagsOf(entities, tokens.length, 'BIOES') }))
          .map((sentence) => writtenSentence(sentence, format, scheme))
          .join('');
        const read = readCorpus(text.split('\n'), 'written', format === 'tsv' ? { tokenColumn: 1, tagColumn: 2 } : {});
        expect(read.sentences.map(({ tokens, tags }) => ({ tokens, entities: entitiesOf(tags) }))).toEqual(
          given.map(({ tokens, entities }) => ({ tokens, entities })),
        );
        const written = read.sentences.map(({ tags }) => tags);
        expect(written).toEqual(given.map(({ entities, length }) => tagsOf(entities, length, scheme)));
      }),
    );
  });
});

describe('a sentence written', () => {
  const sentence = { tokens: ['Eva', 'Lima'], tags: ['B-PER', 'I-PER'], startsDocument: true };

  it('in columns has the mark of a document that it begins', () => {
    expect(writtenSentence(sentence, 'tsv', 'BIOES')).toBe('-DOCSTART-\tO\n\nEva\tB-PER\nLima\tE-PER\n\n');
  });

  it('in JSON Lines is a line', () => {
    expect(writtenSentence(sentence, 'jsonl', 'IO')).toBe('{"tokens":["Eva","Lima"],"tags":["I-PER","I-PER"]}\n');
  });

  it('in columns has spaces for what would end a cell', () => {
    const spaced = { tokens: ['a\tb', 'c\nd'], tags: ['B-X', 'O'] };
    expect(writtenSentence(spaced, 'tsv', 'IOB2')).toBe('a b\tB-X\nc d\tO\n\n');
  });
});

describe('what would be read as something else', () => {
  const corpus = (...tokens: string[]) => {
    const sentences = tokens.map((one, s) => ({ tokens: [one], tags: ['O'], lines: [s + 1], entities: [] }));
    return { source: 'in', sentences, documentStarts: [] };
  };

  it.each([
    ['tsv', '-DOCSTART-', 'in columns the token "-DOCSTART-" would be the mark of a document'],
    ['tsv', '# a = b', 'in columns the token "# a = b" would be a comment'],
    ['tsv', '{"a":1}', 'in columns the token "{\\"a\\":1}" would be JSON'],
    ['jsonl', '', 'in JSON Lines the token "" would be none: it is empty'],
  ] as const)('is refused: in %s the token %j', (format, one, message) => {
    expect(errorOf(() => refuseUnreadable(corpus(one), format, true)).message).toBe(`in:1: ${message}`);
  });

  it('is taken elsewhere than at the start of a file, but for marks of documents', () => {
    refuseUnreadable(corpus('a', '# a = b', '{"a":1}', ''), 'tsv', true);
    refuseUnreadable(corpus('# a = b', '{"a":1}'), 'tsv', false);
    refuseUnreadable(corpus('-DOCSTART-', '# newdoc', '{'), 'jsonl', true);
    expect(errorOf(() => refuseUnreadable(corpus('a', '-DOCSTART-'), 'tsv', false)).message).toMatch(/^in:2: /);
  });
});

it('entities run together where one touches another of its type', () => {
  const tags = (text: string) => ({ tags: text.split(' ') });
  expect(runTogether([tags('B-X B-X O B-X B-Y'), tags('B-Y'), tags('S-Y S-Y S-Y')])).toBe(3);
});
