import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatJsonLine, readJsonl } from '../../src/text/jsonl.js';
import type { OffsetUnit } from '../../src/text/offsets.js';
import { entitiesOf } from '../../src/text/tags.js';
import { ends } from '../support/ends.js';
import { errorOf } from '../support/error_of.js';

const SOURCE = 'corpus.jsonl';
const read = (...lines: unknown[]) =>
  readJsonl(
    lines.map((line) => JSON.stringify(line)),
    SOURCE,
  );
const failure = (...lines: unknown[]) => errorOf(() => read(...lines));
/** `Ana/B-PER left/O` for each sentence. */
const written = (...lines: unknown[]) =>
  read(...lines).sentences.map(({ tokens, tags }) => tokens.map((token, t) => `${token}/${tags[t]}`).join(' '));

const TEXT = 'Ana Paz left Oslo';
const TAGGED = 'Ana/B-PER Paz/I-PER left/O Oslo/B-LOC';

it('what a Prodigy annotator rejected or ignored is left out', () => {
  const line = (text: string, answer: string) => JSON.stringify({ text, spans: [], answer });
  const lines = [line('One.', 'accept'), line('Two.', 'reject'), line('Three.', 'ignore')];
  expect(readJsonl(lines, 'p.jsonl').sentences.map(({ tokens }) => tokens[0])).toEqual(['One']);
});

it('what is rejected is not looked at, and what is accepted without a list has no entities', () => {
  const rejected = { text: 'Ana', spans: [{ start: 0, end: 99, label: 'PER' }], answer: 'reject' };
  const lines = [rejected, { answer: 'ignore' }, { text: 'Ana', answer: 'accept' }].map((line) => JSON.stringify(line));
  expect(readJsonl(lines, 'p.jsonl').sentences.map(({ tags }) => tags)).toEqual([['O']]);
});

it('an entity that is listed twice is one', () => {
  const twice = [
    [0, 3, 'PER'],
    [9, 13, 'LOC'],
    [0, 3, 'PER'],
  ];
  expect(written({ text: 'Ana left Oslo', label: twice })).toEqual(['Ana/B-PER left/O Oslo/B-LOC']);
});

it('a document of many sentences and entities is read in no more time than its length asks for', () => {
  const COUNT = 20_000;
  const text = 'Ana left. '.repeat(COUNT);
  const label = Array.from({ length: COUNT }, (_, i) => [10 * i, 10 * i + 3, 'PER']);
  const nested = label.map(([start]) => [start, Number(start) + 1, 'X']);
  for (const given of [label, [...label, ...nested]]) {
    const lines = [JSON.stringify({ text, label: given })];
    const { sentences } = ends(() => readJsonl(lines, 'long.jsonl', { mendSpans: true }));
    expect(sentences.map(({ entities }) => entities.length)).toEqual(new Array(COUNT).fill(1));
  }
});

describe('reading', () => {
  it.each([
    [
      'start, end and type',
      {
        text: TEXT,
        entities: [
          { start: 13, end: 17, type: 'LOC' },
          { start: 0, end: 7, type: 'PER' },
        ],
      },
    ],
    [
      "doccano's triples",
      {
        text: TEXT,
        label: [
          [0, 7, 'PER'],
          [13, 17, 'LOC'],
        ],
      },
    ],
    [
      "doccano's triples under their other name",
      {
        text: TEXT,
        labels: [
          [0, 7, 'PER'],
          [13, 17, 'LOC'],
        ],
      },
    ],
    [
      "doccano's objects",
      {
        text: TEXT,
        entities: [
          { id: 1, label: 'PER', start_offset: 0, end_offset: 7 },
          { id: 2, label: 'LOC', start_offset: 13, end_offset: 17 },
        ],
        relations: [],
      },
    ],
    [
      "Prodigy's spans",
      {
        text: TEXT,
        label: 'PER',
        spans: [
          { start: 0, end: 7, label: 'PER', token_start: 0, token_end: 1 },
          { start: 13, end: 17, label: 'LOC' },
        ],
      },
    ],
  ])('takes %s', (_claim, line) => {
    expect(written(line)).toEqual([TAGGED]);
  });

  it('cuts a text whose tokens are null as one without', () => {
    expect(written({ text: 'Ana left.', tokens: null, label: [[0, 3, 'PER']] })).toEqual(['Ana/B-PER left/O ./O']);
  });

  it('takes sentences of tokens and tags, which it does not cut', () => {
    const line = {
      tokens: ['Dr.', 'Ana', 'left', '.', 'New York', 'too'],
      ner_tags: ['O', 'I-PER', 'O', 'O', 'S-LOC', 'O'],
    };
    expect(written(line)).toEqual(['Dr./O Ana/I-PER left/O ./O New York/S-LOC too/O']);
    expect(written({ tokens: ['Ana'], tags: ['B-PER'] }, { tokens: ['Ana'], labels: ['O'] })).toEqual([
      'Ana/B-PER',
      'Ana/O',
    ]);
    expect(failure(line, { tokens: ['Ana'], ner_tags: [3] })).toMatchObject({
      message: 'corpus.jsonl:2: "ner_tags": 3 is not a tag',
      hint: expect.stringContaining('name the tags that numbers stand for'),
    });
    expect(failure({ tokens: ['Ana'], tags: ['B-a\tb'] }).message).toContain('"B-a\\tb" is not a tag');
    expect(failure({ tokens: ['Ana', ''], tags: ['O', 'O'] }).message).toContain('expected a token, found ""');
    expect(failure({ tokens: ['Ana'], tags: ['O', 'O'] }).message).toContain('1 "tokens", but 2 "tags"');
  });

  it('takes tokens that are strings, in the order of the text', () => {
    const tokens = ['Ana', '-', 'Ana', 'left'];
    expect(written({ text: ' Ana-Ana  left', tokens, spans: [{ start: 5, end: 8, label: 'PER' }] })).toEqual([
      'Ana/O -/O Ana/B-PER left/O',
    ]);
  });

  it('takes the tokens a line gives, which need not be ours', () => {
    const tokens = [
      { text: 'An', start: 0, end: 2, id: 0 },
      { text: 'a', start: 2, end: 3, id: 1 },
      { text: 'left', start: 4, end: 8, id: 2 },
    ];
    expect(written({ text: 'Ana left', tokens, spans: [{ start: 0, end: 2, label: 'PER' }] })).toEqual([
      'An/B-PER a/O left/O',
    ]);
  });

  it('cuts a text into sentences, all of one line', () => {
    const corpus = read({ text: 'x', entities: [] }, { text: 'Ana left. Eva came.', label: [[10, 13, 'PER']] });
    expect(corpus.sentences.map(({ tokens }) => tokens.join(' '))).toEqual(['x', 'Ana left .', 'Eva came .']);
    expect(corpus.sentences.map(({ lines }) => lines)).toEqual([[1], [2, 2, 2], [2, 2, 2]]);
    expect(corpus.sentences[2].tags).toEqual(['B-PER', 'O', 'O']);
    expect(corpus.documentStarts).toEqual([]);
  });

  it('joins sentences that an entity spans', () => {
    const text = 'We saw it. Who left? Ana knew. Eva too.';
    const end = text.indexOf(' Ana');
    expect(written({ text, label: [[7, end, 'MISC']] })).toEqual([
      'We/O saw/O it/B-MISC ./I-MISC Who/I-MISC left/I-MISC ?/I-MISC',
      'Ana/O knew/O ./O',
      'Eva/O too/O ./O',
    ]);
  });

  it('does not join sentences where a token that begins with a blank is an entity', () => {
    const text = ' Ana left. Eva came.';
    const tokens = [
      [0, 4],
      [5, 9],
      [9, 10],
      [11, 14],
      [15, 19],
      [19, 20],
    ].map(([start, end]) => ({ start, end }));
    expect(written({ text, tokens, spans: [{ start: 0, end: 4, label: 'PER' }] })).toEqual([
      ' Ana/B-PER left/O ./O',
      'Eva/O came/O ./O',
    ]);
  });

  it('does not join sentences where one entity ends and another begins', () => {
    const text = 'We left. Ana stayed.';
    expect(
      written({
        text,
        label: [
          [3, 8, 'A'],
          [9, 12, 'B'],
        ],
      }),
    ).toHaveLength(2);
  });

  it('does not join sentences where an entity ends and no blank follows', () => {
    expect(written({ text: 'はい。いいえ。', label: [[0, 3, 'X']] })).toHaveLength(2);
  });

  it('keeps neighbours of one type apart', () => {
    expect(
      written({
        text: 'Ana Eva',
        label: [
          [0, 3, 'PER'],
          [4, 7, 'PER'],
        ],
      }),
    ).toEqual(['Ana/B-PER Eva/B-PER']);
  });

  it('skips blank lines and texts without tokens, but counts them', () => {
    const lines = ['', '{"text":" ","entities":[]}', '  ', '{"text":"Ana","entities":[]}'];
    expect(readJsonl(lines, SOURCE).sentences).toEqual([{ tokens: ['Ana'], tags: ['O'], lines: [4], entities: [] }]);
  });

  it('keeps names of object members as types', () => {
    expect(written({ text: 'Ana', label: [[0, 3, '__proto__']] })).toEqual(['Ana/B-__proto__']);
  });

  it('counts in code points where the line says so, in UTF-16 units where it does not', () => {
    const text = '😀😀 Ana left';
    expect(written({ text, unit: 'codepoint', label: [[3, 6, 'PER']] })[0]).toMatch(/ Ana\/B-PER left\/O$/);
    expect(written({ text, unit: 'utf16', label: [[5, 8, 'PER']] })[0]).toMatch(/ Ana\/B-PER left\/O$/);
    expect(written({ text, label: [[5, 8, 'PER']] })[0]).toMatch(/ Ana\/B-PER left\/O$/);
  });
});

describe('a bad line', () => {
  const text = 'Ana left Oslo';
  const cases: [string, unknown, string][] = [
    ['no object', 5, 'expected a JSON object, found 5'],
    ['a list', ['Ana'], 'expected a JSON object, found ["Ana"]'],
    ['no text', { entities: [] }, 'no string "text"'],
    ['a text that is no string', { text: 5, entities: [] }, 'no string "text"'],
    ['no entities', { text }, 'no list "entities" (or "spans", "labels", "label")'],
    ['an unknown unit', { text, unit: 'byte', entities: [] }, '"unit" must be "utf16" or "codepoint", not "byte"'],
    ['two lists of entities', { text, entities: [], label: [] }, 'both "entities" and "label" are there'],
    ['two lists of tags', { tokens: ['Ana'], tags: ['O'], ner_tags: ['O'] }, 'both "tags" and "ner_tags" are there'],
    ['an entity of another shape', { text, entities: ['Ana'] }, 'expected an entity, found "Ana"'],
    ['an entity without type', { text, label: [[0, 3]] }, 'an entity needs a type that is a non-empty string'],
    ['an empty type', { text, label: [[0, 3, '']] }, 'an entity needs a type that is a non-empty string'],
    ['a type with a tab', { text, label: [[0, 3, 'a\tb']] }, 'an entity needs a type that is a non-empty string'],
    ['an offset that is a string', { text, label: [['0', 3, 'X']] }, 'entity: the start and end must be whole numbers'],
    ['a fractional offset', { text, label: [[0, 2.5, 'X']] }, 'entity: the start and end must be whole numbers'],
    [
      'a missing offset',
      { text, entities: [{ start: 0, type: 'X' }] },
      'entity: the start and end must be whole numbers',
    ],
    ['an empty entity', { text, label: [[3, 3, 'X']] }, 'entity 3 to 3 is empty or outside the text, which ends at 13'],
    ['a reversed entity', { text, label: [[3, 0, 'X']] }, 'entity 3 to 0 is empty or outside the text'],
    ['a negative offset', { text, label: [[-1, 3, 'X']] }, 'entity -1 to 3 is empty or outside the text'],
    [
      'an entity beyond the end in code points',
      { text: '😀😀', unit: 'codepoint', label: [[1, 3, 'X']] },
      'entity 1 to 3 is empty or outside the text, which ends at 2',
    ],
    ['an entity beyond the end', { text, label: [[9, 14, 'X']] }, 'entity 9 to 14 is empty or outside the text'],
    [
      'entities that overlap',
      {
        text,
        label: [
          [4, 13, 'X'],
          [0, 8, 'Y'],
        ],
      },
      'the entities "Ana left" and "left Oslo" overlap',
    ],
    [
      'tokens out of order',
      {
        text,
        label: [],
        tokens: [
          { start: 4, end: 8 },
          { start: 0, end: 3 },
        ],
      },
      'the tokens "left" and "Ana" overlap or are out of order',
    ],
    ['a token of another shape', { text, label: [], tokens: [7] }, 'expected a token, found 7'],
    [
      'a token that comes later',
      { text, label: [], tokens: ['left'] },
      'the token "left" is not what comes next in the text, "Ana "',
    ],
    ['tokens that are no list', { text, label: [], tokens: 512 }, '"tokens" must be a list, not 512'],
    [
      'a type with a blank at its end',
      { text, label: [[0, 3, 'X ']] },
      'an entity needs a type that is a non-empty string',
    ],
    [
      'a token beyond the end',
      { text, label: [], tokens: [{ start: 0, end: 99 }] },
      'token 0 to 99 is empty or outside',
    ],
    [
      'a text of the entity that its offsets do not cover',
      { text, entities: [{ start: 0, end: 3, type: 'X', text: 'Oslo' }] },
      'the entity "Oslo" has offsets that cover "Ana"',
    ],
    [
      'an entity that begins inside a token',
      { text, label: [[1, 3, 'X']] },
      'the entity "na" (1 to 3) does not begin where a token begins; the nearest token is "Ana" (0 to 3)',
    ],
    [
      'an entity that ends inside a token',
      { text, label: [[4, 12, 'X']] },
      'the entity "left Osl" (4 to 12) does not end where a token ends; the nearest token is "Oslo" (9 to 13)',
    ],
    [
      'an entity that ends with a blank',
      { text, label: [[0, 4, 'X']] },
      'the entity "Ana " (0 to 4) has a blank at an end',
    ],
    [
      'an entity of blanks',
      { text: ' ', label: [[0, 1, 'X']] },
      'the entity " " (0 to 1) does not begin where a token begins',
    ],
  ];
  it.each(cases)('with %s is refused with its place', (_claim, line, message) => {
    const error = failure({ text: 'Fine', entities: [] }, line);
    expect(error.name).toBe('DataError');
    expect(error.message).toContain(`corpus.jsonl:2: ${message}`);
  });

  it('is told of also where it is nested too deep to be shown', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(errorOf(() => readJsonl([deep], SOURCE)).message).toBe(
      'corpus.jsonl:1: expected a JSON object, found a list',
    );
  });

  it('that is not JSON is refused with its place', () => {
    const joined = errorOf(() => readJsonl(['{"text":"Ana","entities":[]}\r{"text":"Bo","entities":[]}'], SOURCE));
    expect(joined.hint).toBe(
      "one JSON object a line is expected; where carriage returns end them, convert those: tr '\\r' '\\n'",
    );
    const error = errorOf(() => readJsonl(['{"text":"Ana","entities":[]}', '{"text": Ana}'], SOURCE));
    expect(error.name).toBe('DataError');
    expect(error.message).toMatch(/^corpus.jsonl:2: not valid JSON at column 10: expected a value, found Ana$/);
  });

  it('whose offsets may count characters gets a hint, unless it names its unit', () => {
    const line = { text: '😀😀 Ana', label: [[6, 9, 'PER']] };
    expect(failure(line).hint).toMatch(/codepoint/);
    const plain = 'offsets count from 0; the end is that of what comes next';
    expect(failure({ ...line, unit: 'utf16' }).hint).toBe(plain);
    expect(failure({ text: 'Ana', label: [[6, 9, 'PER']] }).hint).toBe(plain);
  });

  it('makes no corpus: nor do no lines, or lines without tokens', () => {
    expect(errorOf(() => readJsonl([], SOURCE)).message).toBe('corpus.jsonl: no sentences');
    expect(failure({ text: '', entities: [] }).message).toBe('corpus.jsonl: no sentences');
    expect(failure({ text: 'Ana', spans: [], answer: 'reject' }).message).toBe(
      'corpus.jsonl: no sentences: 1 line is left out for the "answer"',
    );
  });
});

describe('writing', () => {
  it('gives text, unit and entities with their text, and a probability where there is one', () => {
    const entities = [
      { type: 'PER', start: 3, end: 6, probability: 0.5 },
      { type: 'LOC', start: 12, end: 16 },
    ];
    expect(formatJsonLine('😀 Ana left Oslo', entities, 'utf16')).toBe(
      '{"text":"😀 Ana left Oslo","unit":"utf16","entities":[' +
        '{"type":"PER","start":3,"end":6,"text":"Ana","probability":0.5},' +
        '{"type":"LOC","start":12,"end":16,"text":"Oslo"}]}',
    );
    expect(JSON.parse(formatJsonLine('😀 Ana left Oslo', entities, 'codepoint'))).toMatchObject({
      unit: 'codepoint',
      entities: [
        { start: 2, end: 5, text: 'Ana' },
        { start: 11, end: 15, text: 'Oslo' },
      ],
    });
  });

  it.each<OffsetUnit>(['utf16', 'codepoint'])('in units of %s is read back as it was', (unit) => {
    const words = fc.array(fc.constantFrom('Ana', 'Oslo', 'naïve', '東京', '😀', '𝒳𝒴', 'मुंबई', '"', '\\'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(3), (parts, from, more) => {
        const text = parts.join(' ');
        const tokens = readJsonl([formatJsonLine(text, [], unit)], SOURCE).sentences.flatMap((s) => s.tokens);
        const [first, last] = [from % tokens.length, Math.min((from % tokens.length) + more, tokens.length - 1)];
        const ends: number[] = [];
        for (const token of tokens) ends.push(text.indexOf(token, ends.at(-1) ?? 0) + token.length);
        const span = { type: 'PER', start: ends[first] - tokens[first].length, end: ends[last] };
        const { sentences } = readJsonl([formatJsonLine(text, [span], unit)], SOURCE);
        expect(sentences.flatMap((sentence) => sentence.tokens)).toEqual(tokens);
        expect(entitiesOf(sentences.flatMap(({ tags }) => tags))).toEqual([
          { start: first, end: last + 1, type: 'PER' },
        ]);
      }),
    );
  });

  it('keeps every character of a long text, wherever it is cut into parts', () => {
    for (const begin of ['', 'a']) {
      const text = `${begin}${'😀"\ud800'.repeat(50_000)}`;
      expect(JSON.parse(formatJsonLine(text, [], 'utf16')).text === text).toBe(true);
      expect(
        formatJsonLine(text, [], 'utf16') === `{"text":${JSON.stringify(text)},"unit":"utf16","entities":[]}`,
      ).toBe(true);
    }
  });

  it('is one line whatever the text holds', () => {
    expect(formatJsonLine('a\nb\r\n', [], 'utf16')).not.toMatch(/[\r\n]/);
  });
});
