import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InProcessSettings } from '../support/cli.js';
import { TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'm.json');
});
afterAll(() => workspace.remove());

/** What tag writes; whatever goes to standard error or a bad exit code fails the test. */
async function tag(args: readonly string[], settings: string | InProcessSettings = {}): Promise<string> {
  const given = typeof settings === 'string' ? { stdin: settings } : settings;
  const { code, stdout, stderr } = await workspace.run(['tag', '--model', 'm.json', ...args], given);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

const withoutColours = (text: string): string =>
  text
    .split('\x1b[')
    .map((piece, i) => (i === 0 ? piece : piece.replace(/^\d+m/, '')))
    .join('');

const SPOKEN = 'Sumesh worked at Cisco in Bengaluru.';

describe('arguments', () => {
  it('are joined by a space and tagged as one text', async () => {
    const text = await tag(['Sumesh', 'worked at', 'Cisco', 'in', 'Bengaluru.', '--format', 'inline']);
    expect(text).toBe('[Sumesh PER] worked at [Cisco ORG] in [Bengaluru LOC].\n');
  });

  it('are tagged as tsv in a pipe and pretty on a terminal', async () => {
    expect(await tag(['Ada Byron left'])).toBe('Ada\tB-PER\nByron\tI-PER\nleft\tO\n\n');
    const pretty = await tag(['Ada Byron left'], { tty: true });
    expect(pretty).toBe('\x1b[36m\x1b[1m\x1b[4mAda Byron\x1b[24m\x1b[22m\x1b[39m \x1b[36mPER\x1b[39m left\n');
  });
});

describe('pretty', () => {
  const settings = { tty: true };

  it('gives each type a colour of its own, the same throughout', async () => {
    const text = await tag(['Sumesh worked at Cisco in Bengaluru. Ada Byron left Oslo.'], settings);
    const colours = text
      .split('\x1b[1m')
      .slice(0, -1)
      .map((before) => before.split('\x1b[').at(-1));
    expect(colours).toEqual(['36m', '33m', '32m', '36m', '32m']);
    expect(withoutColours(text)).toBe(
      'Sumesh PER worked at Cisco ORG in Bengaluru LOC. Ada Byron PER left Oslo LOC.\n',
    );
  });

  it('is the text with brackets where there are no colours', async () => {
    expect(await tag(['--format', 'pretty', 'Ada Byron left'])).toBe('[Ada Byron PER] left\n');
  });

  it('writes control characters as escapes, and probabilities with two decimals', async () => {
    const text = await tag(['--probabilities'], { tty: true, stdin: 'It\x1b rained \x07 Ada Byron left Oslo .' });
    expect(withoutColours(text)).toMatch(/^It ?[^ ]*\\x1b .*\\x07 .*Oslo [A-Z]{3} [01]\.\d\d \.\n$/);
    expect(withoutColours(text)).not.toContain('\x1b');
    expect(text).not.toContain('\x07');
  });
});

describe('lines of text', () => {
  it('are cut into sentences, and keep their order and their empty lines', async () => {
    const stdin = `It rained.\n\n${SPOKEN} Ada Byron left Oslo.\r\nIt rained.`;
    expect(await tag(['--format', 'inline'], stdin)).toBe(
      'It rained.\n\n[Sumesh PER] worked at [Cisco ORG] in [Bengaluru LOC]. [Ada Byron PER] left [Oslo LOC].\nIt rained.\n',
    );
    expect((await tag([], 'It rained. It rained.\n')).split('\n\n')).toEqual([
      'It\tO\nrained\tO\n.\tO',
      'It\tO\nrained\tO\n.\tO',
      '',
    ]);
  });

  it('in great number come out in the order they went in', async () => {
    const lines = Array.from({ length: 1203 }, (_, i) => `Ada Byron left ${i} ${'x '.repeat(i % 7)}.`);
    const found = (await tag(['--format', 'jsonl'], lines.join('\n'))).trimEnd().split('\n');
    expect(found.map((line) => JSON.parse(line).text)).toEqual(lines);
  });

  it('are those of a file with -i, and of standard input with -i -', async () => {
    await workspace.write('text.txt', `${SPOKEN}\n`);
    const expected = '[Sumesh PER] worked at [Cisco ORG] in [Bengaluru LOC].\n';
    expect(await tag(['-i', 'text.txt', '--format', 'inline'])).toBe(expected);
    expect(await tag(['-i', '-', '--format', 'inline'], SPOKEN)).toBe(expected);
  });
});

describe('lines of tokens', () => {
  it('are one sentence each, cut at blanks and tabs alone', async () => {
    const stdin = ' Ada\tByron left  Oslo .\n\t\nIt rained.\n';
    const rows = (await tag(['--input', 'tokens'], stdin)).split('\n');
    expect(rows.slice(0, 6)).toEqual(['Ada\tB-PER', 'Byron\tI-PER', 'left\tO', 'Oslo\tB-LOC', '.\tO', '']);
    expect(rows.slice(6).map((row) => row.split('\t')[0])).toEqual(['It', 'rained.', '', '']);
    const inline = await tag(['--input', 'tokens', '--format', 'inline'], stdin);
    expect(inline.startsWith(' [Ada\tByron PER] left  [Oslo LOC] .\n\t\nIt ')).toBe(true);
  });
});

describe('columns', () => {
  it('stay as they are, with the prediction appended', async () => {
    const stdin = '# newdoc\n-DOCSTART- X\n\nAda 1\nByron 2\r\nleft 3\n \nIt 4\n';
    expect(await tag(['--input', 'columns'], stdin)).toBe(
      '# newdoc\n-DOCSTART- X O\n\nAda 1 B-PER\nByron 2 I-PER\nleft 3 O\n \nIt 4 O\n',
    );
  });

  it('piped into eval --predictions score as eval --model does', async () => {
    const noisy = TINY.replace('Oslo B-LOC', 'Oslo B-ORG').replace('It O', 'It B-PER');
    await workspace.write('noisy.txt', noisy);
    const stdin = await tag(['--input', 'columns', '-i', 'noisy.txt']);
    const piped = await workspace.run(['eval', '--predictions', '-'], { stdin });
    const direct = await workspace.run(['eval', 'noisy.txt', '--model', 'm.json']);
    expect(piped).toEqual(direct);
    expect(piped.stdout).toContain('precision:  85.71%; recall:  75.00%');
  });

  it('go through another format as sentences of tokens', async () => {
    const stdin = 'Ada\nByron\nleft\n\nIt\nrained\n';
    expect(await tag(['--input', 'columns', '--format', 'inline'], stdin)).toBe('[Ada Byron PER] left\nIt rained\n');
    const lines = (await tag(['--input', 'columns', '--format', 'jsonl', '--probabilities'], stdin)).split('\n');
    const probability = expect.any(Number);
    expect(JSON.parse(lines[0])).toEqual({
      tokens: ['Ada', 'Byron', 'left'],
      tags: ['B-PER', 'I-PER', 'O'],
      probabilities: [probability, probability, null],
    });
  });

  it('are scored the same as lines of JSON and as columns, whatever text their tokens would make', async () => {
    const words = ['Ada', 'Byron-', 'left.', 'No', '1', '.', 'Oslo', '"', "d'", 'x', ')'];
    await workspace.write('odd.txt', `${words.map((word) => `${word}\tO\n`).join('')}\n`.repeat(3));
    const scores = [];
    for (const format of ['jsonl', 'tsv']) {
      await workspace.write('found', await tag(['--input', 'columns', '-i', 'odd.txt', '--format', format]));
      const { code, stdout } = await workspace.run(['eval', 'odd.txt', '--predictions', 'found']);
      expect(code).toBe(0);
      scores.push(stdout);
    }
    expect(scores[1]).toBe(scores[0]);
  });

  it('have their tokens where --token-column says', async () => {
    expect(await tag(['--input', 'columns', '--token-column', '2'], 'x Ada\ny Byron\nz left\n')).toBe(
      'x Ada B-PER\ny Byron I-PER\nz left O\n',
    );
  });
});

describe('--scheme', () => {
  it.each([
    ['IO', ['I-PER', 'I-PER', 'O', 'I-LOC', 'O']],
    ['IOB1', ['I-PER', 'I-PER', 'O', 'I-LOC', 'O']],
    ['IOB2', ['B-PER', 'I-PER', 'O', 'B-LOC', 'O']],
    ['BIOES', ['B-PER', 'E-PER', 'O', 'S-LOC', 'O']],
  ])('%s is what tsv and columns are written in', async (scheme, tags) => {
    const tokens = ['Ada', 'Byron', 'left', 'Oslo', '.'];
    const rows = tokens.map((token, t) => `${token}\t${tags[t]}\n`).join('');
    expect(await tag(['--input', 'tokens', '--scheme', scheme], tokens.join(' '))).toBe(`${rows}\n`);
    expect(await tag(['--input', 'columns', '--scheme', scheme], tokens.join('\n'))).toBe(rows);
  });

  it("is the model's where none is given", async () => {
    await workspace.learnByHeart('tiny.txt', 'bioes.json', '--scheme', 'BIOES');
    expect(await tag(['--model', 'bioes.json', 'Ada Byron left'])).toBe('Ada\tB-PER\nByron\tE-PER\nleft\tO\n\n');
  });
});

interface Found {
  readonly text: string;
  readonly unit: string;
  readonly entities: readonly { type: string; start: number; end: number; text: string; probability?: number }[];
}
const found = async (...args: string[]): Promise<Found> => JSON.parse(await tag(['--format', 'jsonl', ...args]));

describe('--probabilities and --threshold', () => {
  it('give each entity the product of its tags, and leave out what is less probable', async () => {
    const { entities } = await found(SPOKEN, '--probabilities');
    expect(entities.map(({ type }) => type)).toEqual(['PER', 'ORG', 'LOC']);
    const probabilities = entities.map(({ probability = Number.NaN }) => probability);
    for (const p of probabilities) expect(p > 0 && p <= 1 && p === Number(p.toFixed(4))).toBe(true);
    const least = Math.min(...probabilities);
    const without = await found(SPOKEN, '--threshold', String(least + 0.0001));
    expect(without.entities).toEqual(
      entities.filter(({ probability }) => probability !== least).map(({ probability, ...entity }) => entity),
    );
    expect((await found(SPOKEN, '--threshold', String(least - 0.0001))).entities.length).toBe(3);
  });

  it('put four decimals in tsv, and _ beside O', async () => {
    expect(await tag(['Ada Byron left', '--probabilities'])).toMatch(
      /^Ada\tB-PER\t([01]\.\d{4})\nByron\tI-PER\t\1\nleft\tO\t_\n\n$/,
    );
  });

  it('put two decimals beside the type in inline', async () => {
    expect(await tag(['Ada Byron left', '--probabilities', '--format', 'inline'])).toMatch(
      /^\[Ada Byron PER [01]\.\d\d\] left\n$/,
    );
  });
});

describe('--offsets', () => {
  // U+1D400 is two UTF-16 units
  const text = '\u{1d400} rained . Ada Byron left Oslo .';

  it('count UTF-16 units, so that slice gives the entity', async () => {
    const { unit, entities } = await found(text);
    expect(unit).toBe('utf16');
    expect(entities.length).toBeGreaterThan(0);
    for (const entity of entities) expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  });

  it('count code points where asked to', async () => {
    const { unit, entities } = await found(text, '--offsets', 'codepoint');
    expect(unit).toBe('codepoint');
    for (const entity of entities) {
      expect(Array.from(text).slice(entity.start, entity.end).join('')).toBe(entity.text);
    }
    const oslo = (of: Found): number | undefined => of.entities.find((entity) => entity.text === 'Oslo')?.start;
    expect([oslo(await found(text)), oslo({ text, unit, entities })]).toEqual([27, 26]);
  });
});

describe('a sentence of more than 10,000 tokens', () => {
  it('is tagged to its end', async () => {
    const stdin = `${'. '.repeat(10_000)}Ada Byron left Oslo .`;
    const rows = (await tag(['--input', 'tokens'], stdin)).trimEnd().split('\n');
    expect(rows.length).toBe(10_005);
    expect(rows.slice(-5)).toEqual(['Ada\tB-PER', 'Byron\tI-PER', 'left\tO', 'Oslo\tB-LOC', '.\tO']);
  });
});

describe('a long text', () => {
  const TIMES = 2000; // 14,000 tokens: more than are tagged at once
  const text = Array(TIMES).fill(SPOKEN).join(' ');

  it('has the entities of its sentences in brackets to the end', async () => {
    const sentences = (await tag(['--format', 'inline'], `${text}\n`)).trimEnd().split('. ');
    expect(sentences).toHaveLength(TIMES);
    expect(new Set(sentences.slice(0, -1))).toEqual(new Set(['[Sumesh PER] worked at [Cisco ORG] in [Bengaluru LOC]']));
    expect(sentences.at(-1)).toBe('[Sumesh PER] worked at [Cisco ORG] in [Bengaluru LOC].');
  });

  it('is one JSON object, with the offsets of all its entities', async () => {
    const { entities, text: given } = JSON.parse(await tag(['--format', 'jsonl'], `${text}\n`)) as Found;
    expect(given === text).toBe(true);
    expect(entities).toHaveLength(3 * TIMES);
    expect(entities.filter(({ start, end, text: covered }) => text.slice(start, end) !== covered)).toEqual([]);
    expect(entities.at(-1)).toMatchObject({ text: 'Bengaluru', end: text.length - 1 });
  });

  it('comes out in pieces', async () => {
    const sizes: number[] = [];
    const onWrite = (text: string): void => void sizes.push(text.length);
    const stdout = await tag([], { stdin: `${'rained '.repeat(50_000)}\n`, onWrite });
    expect(stdout).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
    expect(Math.max(...sizes)).toBeLessThan(stdout.length / 4);
  });
});

describe('a contradiction', () => {
  it.each([
    [['Ada', '-i', 'tiny.txt'], 'text to tag is given both as arguments and as a file'],
    [['Ada', '--input', 'tokens'], '--input tokens is for files and standard input, not for arguments'],
    [['--input', 'columns', '--probabilities'], '--probabilities has no place in columns, whose last must be the tags'],
    [['--input', 'columns', '--probabilities', '--format', 'tsv'], '--probabilities has no place in columns'],
  ])('%j is a wrong call', async (args, message) => {
    const { code, stdout, stderr } = await workspace.run(['tag', '--model', 'm.json', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`ner: ${message}`);
  });
});

describe('a model given as the text', () => {
  it.each([[['m.json']], [['m.json', 'Ada', 'left']]])('is told of in %j', async (words) => {
    const { code, stderr } = await workspace.run(['tag', '--model', 'm.json', ...words]);
    expect([code, stderr]).toEqual([0, 'warning "m.json" is tagged as text; --model m.json tags with the model\n']);
  });

  it.each(['text', 'tokens', 'columns', 'jsonl'])('is refused as %s, behind blank lines too', async (input) => {
    const stdin = `\n${await workspace.read('m.json')}`;
    const piped = await workspace.run(['tag', '--input', input, '--model', 'm.json'], { stdin });
    expect([piped.code, piped.stderr]).toEqual([3, expect.stringContaining('this is a model, not a text')]);
    const { code, stdout, stderr } = await workspace.run([
      'tag',
      '-i',
      'm.json',
      '--input',
      input,
      '--model',
      'm.json',
    ]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('m.json: this is a model, not a text\nhint: --model FILE tags with a model\n');
  });
});

describe('flags without an effect', () => {
  const lines = ['-i', 'tiny.txt'];
  it.each([
    [['--token-column', '1', 'Ada'], 'token-column has no effect: it is of --input columns'],
    [['--offsets', 'codepoint', 'Ada'], 'offsets has no effect: it is of jsonl'],
    [['--scheme', 'IO', '--format', 'inline', 'Ada'], 'scheme has no effect: it is of tsv, and of the tokens in jsonl'],
    [
      ['--documents', 'file', ...lines, '--input', 'columns'],
      'documents has no effect: column files mark their documents',
    ],
    [['--documents', 'line', 'Ada'], 'documents has no effect: it is of files and standard input'],
    [['--documents', 'file', '-i', 'plain.txt'], 'documents has no effect: the model knows no marked documents'],
  ])('are told of: %j', async (args, warning) => {
    await workspace.write('plain.txt', 'Ada left.\n');
    const { code, stderr } = await workspace.run(['tag', '--model', 'm.json', ...args]);
    expect([code, stderr]).toEqual([0, `warning --${warning}\n`]);
  });
});
