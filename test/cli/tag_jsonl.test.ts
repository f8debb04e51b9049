import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../support/cli.js';
import { TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'm.json');
});
afterAll(() => workspace.remove());

const run = (stdin: string, ...args: string[]) =>
  workspace.run(['tag', '--model', 'm.json', '--input', 'jsonl', ...args], { stdin });

/** What is written of lines that nothing is wrong with. */
async function tag(stdin: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(stdin, ...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

const ADA = '{"type":"PER","start":0,"end":3,"text":"Ada"}';

describe('ner tag --input jsonl', () => {
  it('adds the entities to every line and keeps all else as it is, to the last digit', async () => {
    const line = '{ "id": 12345678901234567890, "text": "Ada left", "meta": {"a": [1.0, "}"]} }\n';
    const kept = '{"id": 12345678901234567890,"text": "Ada left","meta": {"a": [1.0, "}"]}';
    expect(await tag(line)).toBe(`${kept},"unit":"utf16","entities":[${ADA}]}\n`);
  });

  it('leaves the entities of a line, calls its own predicted beside them, and passes blank lines over', async () => {
    const old = '{"text":"Ada left","entities":[{"start":4,"end":8,"type":"X"}],"unit":"utf16"}';
    const made = `${old.slice(0, -1)},"predicted":[${ADA}]}\n`;
    expect(await tag(`${old}\n\n  \n${old}`)).toBe(made + made);
  });

  it('finds in each text what it finds in plain lines, in any format', async () => {
    const texts = ['Ada Byron left Oslo. It rained.', '', 'Acme Corp hired "Ada"\u00a0😀 in Bengaluru'];
    const json = texts.map((text) => `${JSON.stringify({ text })}\n`).join('');
    const lines = texts.map((text) => `${text}\n`).join('');
    for (const format of ['jsonl', 'inline', 'tsv']) {
      for (const more of [[], ['--probabilities'], ['--offsets', 'codepoint']]) {
        const plain = await workspace.run(['tag', '--model', 'm.json', '--format', format, ...more], { stdin: lines });
        expect(await tag(json, '--format', format, ...more)).toBe(plain.stdout);
      }
    }
    expect(await tag(json)).toContain('"type":"ORG"');
  });

  it('takes the tokens of a line where it gives them, and counts as it does', async () => {
    const tokens = [
      [0, 3],
      [4, 8],
      [9, 14],
    ].map(([start, end]) => ({ start, end }));
    const line = (unit: object) => JSON.stringify({ text: '😀x left Ada-B', ...unit, tokens });
    expect(await tag(line({}), '--format', 'tsv')).toMatch(/^😀x\t.*\nleft\tO\nAda-B\t.*\n\n$/);
    const unit = { unit: 'utf16' };
    expect(await tag(line(unit), '--offsets', 'codepoint')).toContain('"unit":"utf16"');
    expect(await tag(line(unit), '--offsets', 'codepoint')).toBe(await tag(line(unit)));
    const inCodePoints = (own: string) =>
      `{"text":"😀 Ada left",${own}"tokens":[{"start":2,"end":5},{"start":6,"end":10}]}`;
    const found = '"unit":"codepoint","entities":[{"type":"PER","start":2,"end":5,"text":"Ada"}]';
    expect(await tag(inCodePoints('"unit":"codepoint",'))).toContain(found);
    expect(await tag(inCodePoints(''), '--offsets', 'codepoint')).toContain(found);
  });

  it('keeps what a line has under the names of what is written, and takes null for nothing', async () => {
    expect(await tag('{"text":"Ada left","unit":null,"entities":null}\n')).toBe(
      `{"text":"Ada left","unit":"utf16","entities":[${ADA}]}\n`,
    );
    expect(await tag('{"text":"Ada left","entities":{"n":1}}\n')).toBe(
      `{"text":"Ada left","entities":{"n":1},"predicted":[${ADA}]}\n`,
    );
    const [absent, news] = (
      await tag('{"text":null,"tokens":["Ada"],"tags":null}\n{"tokens":["Ada"],"tags":"news"}\n')
    ).split('\n');
    expect(JSON.parse(absent)).toEqual({ text: null, tokens: ['Ada'], tags: [expect.stringMatching(/-PER$/)] });
    const probable = (line: string) => tag(`${line}\n`, '--probabilities').then((text) => text.trim());
    const own = '{"tokens":["Ada","left"],"probabilities":[0.1,0.2]}';
    const once = await probable(own);
    expect(JSON.parse(once)).toEqual({
      ...JSON.parse(own),
      predicted: [expect.stringMatching(/-PER$/), 'O'],
      predicted_probabilities: [expect.any(Number), null],
    });
    expect(await probable(once)).toBe(once);
    expect(JSON.parse(await tag(`${once}\n`))).toEqual({ ...JSON.parse(own), predicted: JSON.parse(once).predicted });
    expect(JSON.parse(news)).toEqual({
      tokens: ['Ada'],
      tags: 'news',
      predicted: [expect.stringMatching(/-PER$/)],
    });
  });

  it('keeps a token with a tab or a line break in it one cell of columns', async () => {
    const lines = ['{"tokens":["Ada\\tB","a\\r\\nb"]}', '{"text":"Ada\\tB","tokens":[{"start":0,"end":5}]}'];
    const { stdout } = await run(lines.join('\n'), '--format', 'tsv');
    expect(stdout.replaceAll(/\t\S+/g, '\tX')).toBe('Ada B\tX\na  b\tX\n\nAda B\tX\n\n');
  });

  it('gives the tokens of a line without text their tags, those that it gives to a line of tokens', async () => {
    const sentences = [['Ada', 'Byron', 'left', 'Oslo', '.', 'It', 'rained'], ['Acme', 'Corp'], []];
    const lines = sentences.map((tokens, id) => `${JSON.stringify({ id, tokens })}\n`);
    const written = (await tag(lines.join(''), '--scheme', 'IOB2')).trimEnd().split('\n');
    const plain = sentences.map((tokens) => `${tokens.join(' ')}\n`).join('');
    const args = ['tag', '--model', 'm.json', '--input', 'tokens', '--scheme', 'IOB2', '--format', 'tsv'];
    const { stdout } = await workspace.run(args, { stdin: plain });
    const [first, second] = stdout.split('\n\n').map((rows) => rows.split('\n').map((row) => row.split('\t')[1]));
    expect(first).toContain('B-PER');
    const expected = [first, second, []].map((tags, id) => ({ id, tokens: sentences[id], tags }));
    expect(written.map((line) => JSON.parse(line))).toEqual(expected);
  });

  it('never changes the tags and offsets that a line has, which are what is learned and scored', async () => {
    const tagged = '{"tokens":["Ada","left"],"ner_tags":["O","B-X"],"probabilities":[1,0]}';
    const once = await tag(tagged);
    expect(once).toMatch(
      /^\{"tokens":\["Ada","left"\],"ner_tags":\["O","B-X"\],"probabilities":\[1,0\],"predicted":\["[BS]-PER","O"\]\}\n$/,
    );
    expect(await tag(once)).toBe(once);
    const spans = '{"text":"😀 Ada left","label":[[3,6,"X"]]}';
    for (const offsets of ['utf16', 'codepoint']) {
      const { entities } = JSON.parse(await tag('{"text":"😀 Ada left"}', '--offsets', offsets));
      expect(entities.length).toBeGreaterThan(0);
      const found = `"predicted":${JSON.stringify(entities)}`;
      expect(await tag(spans, '--offsets', offsets)).toBe(`${spans.slice(0, -1)},${found}}\n`);
    }
    await workspace.write('scored.jsonl', once);
    const { stdout } = await workspace.run(['eval', 'scored.jsonl', '--model', 'm.json', '--json']);
    expect(JSON.parse(stdout).perType.X).toMatchObject({ tp: 0, fn: 1 });
  });

  it('gives them probabilities where asked for, and writes them in every format', async () => {
    const line = '{"tokens":["Ada","left"],"n":1.0}';
    expect(await tag(line, '--probabilities')).toMatch(
      /^\{"tokens":\["Ada","left"\],"n":1\.0,"tags":\["[BS]-PER","O"\],"probabilities":\[0\.\d+,null\]\}\n$/,
    );
    expect(await tag(line, '--format', 'tsv')).toMatch(/^Ada\t[BS]-PER\nleft\tO\n\n$/);
    expect(await tag(line, '--format', 'inline')).toBe('[Ada PER] left\n');
  });

  it.each([
    ['{"tokens":["Ada",""]}', 'expected a token, found'],
    ['{"tokens":[{"start":0,"end":3}]}', 'expected a token, found'],
    ['{"tokens":"Ada"}', 'no string "text"'],
    ['{"text": "Ada"', 'not valid JSON'],
    ['["Ada"]', 'expected a JSON object, found'],
    ['{"body":"Ada"}', 'no string "text"'],
    ['{"text":7}', 'no string "text"'],
    ['{"text":"Ada","unit":"byte"}', '"unit" must be "utf16" or "codepoint"'],
    ['{"text":"Ada","tokens":[{"start":0,"end":9}]}', 'token 0 to 9 is empty or outside the text'],
    ['{"text":"Ada","tokens":[{"start":0,"end":2},{"start":1,"end":3}]}', 'overlap or are out of order'],
  ])('refuses %s with its place, after the lines before', async (bad, message) => {
    const { code, stdout, stderr } = await run(`{"text":"Ada left"}\n\n${bad}\n{"text":"It rained"}\n`);
    expect(code).toBe(3);
    expect(stdout).toBe(`{"text":"Ada left","unit":"utf16","entities":[${ADA}]}\n`);
    expect(stderr).toContain('standard input:3: ');
    expect(stderr).toContain(message);
  });

  it.each([
    ['that is not there', 'none.json', 1, 'none.json: no such file'],
    ['that is none', 'long.jsonl', 4, 'long.jsonl: not a model'],
  ])('with a model %s ends at once, though threads were coming up', async (_, model, code, message) => {
    await workspace.write('long.jsonl', '{"text":"Ana left."}\n'.repeat(40_000));
    const args = ['tag', '--model', model, '--input', 'jsonl', '--threads', '3', '-i', 'long.jsonl'];
    const ended = await runBinary(args, { cwd: workspace.folder });
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toContain(message);
  });

  it('is tagged by threads as by one, errors and their lines too', async () => {
    const good = Array.from({ length: 40_000 }, (_, i) => `{"id":${i},"text":"Ada Byron left Oslo for Acme Corp"}\n`);
    const tagAll = (threads: string) =>
      runBinary(['tag', '--model', 'm.json', '--input', 'jsonl', '--threads', threads, '-i', 'long.jsonl'], {
        cwd: workspace.folder,
      });
    await workspace.write('long.jsonl', `${good.join('')}{"id":`);
    const [one, two] = [await tagAll('1'), await tagAll('2')];
    expect(one.code).toBe(3);
    expect(one.stderr).toContain('long.jsonl:40001: not valid JSON');
    expect(one.stdout.split('\n').length).toBe(40_001);
    expect(two).toEqual(one);
  });

  it('keeps the place of an error in a block that another thread has', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `{"id":${i},"text":"Ada Byron left Oslo for Acme Corp"}\n`);
    lines[20_000] = '{}\n';
    await workspace.write('broken.jsonl', lines.join(''));
    const { code, stderr } = await runBinary(
      ['tag', '--model', 'm.json', '--input', 'jsonl', '--threads', '3', '-i', 'broken.jsonl'],
      { cwd: workspace.folder },
    );
    expect(code).toBe(3);
    expect(stderr).toContain('broken.jsonl:20001: no string "text"');
  });
});
