import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCorpus } from '../../src/text/corpus.js';
import { entitiesOf, SCHEMES, tagsOf } from '../../src/text/tags.js';
import { CORPUS_FORMATS, runTogether, writtenCorpus } from '../../src/text/write_corpus.js';
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
        const corpus = {
          sentences: given.map(({ tokens, entities }) => {
            return { tokens, tags: tagsOf(entities, tokens.length, 'BIOES'), lines: tokens.map((_, t) => t + 1) };
          }),
          documentStarts: [],
        };
        const text = [...writtenCorpus(corpus, format, scheme)].join('');
        const read = readCorpus(text.split('\n'), 'written', format === 'tsv' ? { tokenColumn: 1, tagColumn: 2 } : {});
        expect(read.sentences.map(({ tokens, tags }) => ({ tokens, entities: entitiesOf(tags) }))).toEqual(
          given.map(({ tokens, entities }) => ({ tokens, entities })),
        );
        if (format === 'tsv') {
          const written = read.sentences.map(({ tags }) => tags);
          expect(written).toEqual(given.map(({ entities, length }) => tagsOf(entities, length, scheme)));
        }
      }),
    );
  });
});

describe('a corpus written', () => {
  const corpus = readCorpus(
    ['-DOCSTART-\tO', '', 'Ana\tB-PER', '', '-DOCSTART-\tO', '', 'Eva\tB-PER', 'Lima\tI-PER'],
    'in',
  );

  it('in columns keeps the marks of its documents', () => {
    expect([...writtenCorpus(corpus, 'tsv', 'BIOES')].join('')).toBe(
      '-DOCSTART-\tO\n\nAna\tS-PER\n\n-DOCSTART-\tO\n\nEva\tB-PER\nLima\tE-PER\n\n',
    );
  });

  it('in JSON Lines has a sentence a line', () => {
    expect([...writtenCorpus(corpus, 'jsonl', 'IO')]).toEqual([
      '{"tokens":["Ana"],"tags":["I-PER"]}\n',
      '{"tokens":["Eva","Lima"],"tags":["I-PER","I-PER"]}\n',
    ]);
  });

  it('in columns has spaces for what would end a cell', () => {
    const { sentences } = readCorpus(['{"tokens":["a\\tb","c\\nd"],"tags":["B-X","O"]}'], 'in');
    expect([...writtenCorpus({ sentences, documentStarts: [] }, 'tsv', 'IOB2')]).toEqual(['a b\tB-X\nc d\tO\n\n']);
  });
});

it('entities run together where one touches another of its type', () => {
  const tags = (text: string) => ({ tags: text.split(' ') });
  expect(runTogether([tags('B-X B-X O B-X B-Y'), tags('B-Y'), tags('S-Y S-Y S-Y')])).toBe(3);
});
