import { describe, expect, it } from '@jest/globals';
import { likelyInput } from '../../src/text/likely_input.js';

describe('lines given as text', () => {
  it.each([
    ['a line of JSON with a text', ['{"text": "Ada left"}'], 'jsonl'],
    ['a line of JSON with tokens, behind an empty one', ['', ' {"id":1,"tokens":["Ada","left"]}', 'rest'], 'jsonl'],
    ['rows with a tag behind a tab', ['Ada\tB-PER', 'left\tO', ''], 'columns'],
    ['rows with a tag behind spaces', ['EU NNP I-NP I-ORG', 'left VB I-VP O'], 'columns'],
    [
      'such rows behind the mark of a document',
      ['-DOCSTART- -X- O O', '', 'EU NNP I-NP I-ORG', 'left VB I-VP O'],
      'columns',
    ],
    ['such rows behind a lone mark', ['-DOCSTART-', '', 'EU I-ORG', 'left O'], 'columns'],
    ['such rows behind a comment', ['# sent_id = 1', '1\tEU\tB-ORG', '2\tleft\tO'], 'columns'],
    ['one row that ends as a tag', ['type O'], undefined],
    ['rows of which one ends otherwise', ['Ada B-PER', 'She left Oslo.'], 'text'],
    ['sentences that end as tags do', ['Wir fahren mit der S-Bahn', 'Und mit der U-Bahn'], 'text'],
    ['words alone, also those that are tags', ['O', 'O'], 'text'],
    ['JSON of another kind', ['{"a": 1}', '{"a": 2}'], 'text'],
    ['a list in JSON', ['["text"]'], 'text'],
    ['broken JSON', ['{"text": "Ada'], 'text'],
    ['a text in braces', ['{Ada} left'], 'text'],
    ['nothing', ['', ' '], undefined],
  ])('that are %s', (_claim, lines, kind) => {
    expect(likelyInput(lines)).toBe(kind);
  });
});
