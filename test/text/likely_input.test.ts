import { describe, expect, it } from '@jest/globals';
import { likelyInput } from '../../src/text/likely_input.js';

describe('lines given as text', () => {
  it.each([
    ['a line of JSON with a text', ['{"text": "Ada left"}'], 'jsonl'],
    ['a line of JSON with tokens, behind an empty one', ['', ' {"id":1,"tokens":["Ada","left"]}', 'rest'], 'jsonl'],
    ['rows with a tag behind a tab', ['Ada\tB-PER', 'left\tO', ''], 'columns'],
    [
      'rows with a tag behind spaces, and a mark of a document',
      ['-DOCSTART- -X- O O', '', 'EU NNP I-NP I-ORG'],
      'columns',
    ],
    ['one row that ends as a tag', ['type O'], undefined],
    ['rows of which one ends otherwise', ['Ada B-PER', 'She left Oslo.'], undefined],
    ['words alone, also those that are tags', ['O', 'O'], undefined],
    ['JSON of another kind', ['{"a": 1}', '{"a": 2}'], undefined],
    ['a list in JSON', ['["text"]'], undefined],
    ['broken JSON', ['{"text": "Ada'], undefined],
    ['a text in braces', ['{Ada} left'], undefined],
    ['nothing', ['', ' '], undefined],
  ])('that are %s', (_claim, lines, kind) => {
    expect(likelyInput(lines)).toBe(kind);
  });
});
