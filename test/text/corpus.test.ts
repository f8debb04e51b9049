import { describe, expect, it } from '@jest/globals';
import type { DataError } from '../../src/errors.js';
import { corpusCounts, readCorpus } from '../../src/text/corpus.js';
import { errorOf } from '../support/error_of.js';

const read = (text: string) => readCorpus(text.split('\n'), 'in', {});

it('a model is refused as what it is', () => {
  const error = errorOf(() => readCorpus(['{"format":"ner-model",', '"version":1,'], 'm.json'));
  expect(error.message).toBe('m.json: this is a model, not a corpus');
});

describe('a corpus', () => {
  it('is read as JSON Lines where its first line that is not blank is an object', () => {
    expect(read('\n {"text":"Ana left","label":[[0,3,"PER"]]}\n').sentences[0]).toMatchObject({
      tokens: ['Ana', 'left'],
      tags: ['B-PER', 'O'],
    });
    expect(errorOf(() => read('{}')).message).toBe('in:1: no string "text"');
  });

  it.each([
    '[\n{"text":"a"}\n]',
    '[{"text":"a"},{"text":"b"}]',
    '{\n"text":"a"\n}',
    '[{\n',
    '["Ana left",{"entities":[[0,3,"PER"]]}]\n["Bo",{"entities":[]}]',
    '[["Ana left",{"entities":[[0,3,"PER"]]}]]',
  ])('that is JSON, but not an object a line, is told so, and what makes it one: %j', (text) => {
    const { message, hint } = errorOf(() => read(text)) as DataError;
    expect(message).toBe('in: this is JSON in several lines, or a list in one; one object a line is expected');
    expect(hint).toBe(
      "for a list: jq -c '.[]' FILE; for a text and its entities a line: jq -c '{text: .[0]} + .[1]' FILE",
    );
  });

  it('may begin with a token that is a bracket', () => {
    expect(read('["\tO\nAna\tB-PER').sentences[0].tokens).toEqual(['["', 'Ana']);
    expect(read('[\tO\nAna\tB-PER\n]\tO').sentences[0].tokens).toEqual(['[', 'Ana', ']']);
  });

  it('with a damaged first object is bad JSON, not a bad column file', () => {
    expect(errorOf(() => read('{"text": "Ana')).message).toMatch(/^in:1: not valid JSON/);
  });

  it('may begin with a token that is a brace', () => {
    expect(read('{\tO\nAna\tB-PER\n}\tO').sentences[0].tokens).toEqual(['{', 'Ana', '}']);
    expect(read('{"\tO\n').sentences[0].tokens).toEqual(['{"']);
  });

  it('in columns follows the options', () => {
    expect(readCorpus(['O\tAna\tB-PER'], 'in', { tagColumn: 1, tokenColumn: 3 }).sentences[0]).toMatchObject({
      tokens: ['B-PER'],
      tags: ['O'],
    });
  });

  it('that is empty has no sentences', () => {
    expect(errorOf(() => read('')).message).toBe('in: no sentences');
  });

  it('knows its scheme', () => {
    expect(read('Ana I-PER\nPaz I-PER\nleft O').scheme).toBe('IO');
    expect(read('Ana B-PER\nPaz E-PER\nleft O').scheme).toBe('BIOES');
  });

  it('is counted in documents, sentences, tokens and entities by type', () => {
    const counts = corpusCounts(
      read('-DOCSTART- O\n\nAna B-__proto__\nPaz I-__proto__\nin O\nOslo B-LOC\n\nEva B-LOC\n'),
    );
    expect(counts).toEqual({
      documents: 1,
      sentences: 2,
      tokens: 5,
      entities: {
        total: 3,
        perType: new Map([
          ['__proto__', 1],
          ['LOC', 2],
        ]),
      },
    });
  });
});
