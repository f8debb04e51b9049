import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { commandsOf, firstDifference, type ShownCommand, withOutputs } from '../../docs/console_blocks.js';
import { ConsoleRunner } from '../../docs/console_runner.js';
import { runInProcess } from '../support/cli.js';

const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const runner = new ConsoleRunner();
afterAll(() => runner.close());

const HELP = /^ner (?:\w+ )?--help$/;
const shown = commandsOf(page).map((command) => [command.text, command] as const);
const helps = shown.filter(([text]) => HELP.test(text));
const others = shown.filter(([text]) => !HELP.test(text));

async function helpOf(...command: string[]): Promise<string> {
  const { code, stdout } = await runInProcess([...command, '--help']);
  expect(code).toBe(0);
  return stdout;
}

/** Names at the starts of the lines below a heading of a help text. */
function listed(help: string, heading: string, name: RegExp): string[] {
  const section = help.split(`\n${heading}:\n`)[1]?.split('\n\n')[0] ?? '';
  return section.split('\n').flatMap((line) => name.exec(line)?.[1] ?? []);
}

describe('README.md', () => {
  it('shows commands with their outputs', () => {
    expect(helps.length).toBeGreaterThan(0);
    expect(others.length).toBeGreaterThan(0);
  });

  it.each(helps)('shows what %s prints', async (text, command) => {
    const help = await helpOf(...text.split(' ').slice(1, -1));
    expect(command.output).toEqual(help.trimEnd().split('\n'));
  });

  it.each(others)(
    'shows what %s prints',
    async (text, command) => {
      expect(firstDifference(command, await runner.run(text))).toBeUndefined();
    },
    60_000,
  );

  it('names every command and every option', async () => {
    const program = await helpOf();
    const commands = listed(program, 'Commands', /^ {2}(\w+)/);
    expect(commands).toEqual(expect.arrayContaining(['train', 'eval', 'tag']));
    const texts = [program, ...(await Promise.all(commands.map((command) => helpOf(command))))];
    const options = texts.flatMap((help) => listed(help, 'Options', /^ {2}(?:-\w, )?(--[\w-]+)/));
    expect(options).toEqual(expect.arrayContaining(['--debug', '--no-drop-rare', '--min-f1']));
    const words = new Set(page.match(/--[\w-]+/g));
    expect([...options].filter((option) => !words.has(option))).toEqual([]);
    expect(commands.filter((command) => !page.includes(`ner ${command} `))).toEqual([]);
  });
});

const PAGE = [
  'Text.',
  '```console norun',
  '$ ner train corpus.tsv',
  '```',
  '```console',
  '$ ner --version',
  'old',
  '',
  '$ ner inspect',
  '```',
  '```ts',
  '$ ner of another language',
  '```',
  '',
].join('\n');

describe('a page', () => {
  it('gets the outputs of the commands of its console blocks, and nothing else changes', () => {
    expect(commandsOf(PAGE)).toEqual([
      { line: 6, text: 'ner --version', output: ['old'] },
      { line: 9, text: 'ner inspect', output: [] },
    ]);
    const changed = withOutputs(PAGE, [['1', '2'], ['3']]);
    expect(changed).toBe(PAGE.replace('old', '1\n2').replace('ner inspect', 'ner inspect\n3'));
    expect(withOutputs(changed, [['1', '2'], ['3']])).toBe(changed);
  });

  it('differs at the first line that is missing, more or other', () => {
    const command = (...output: string[]): ShownCommand => ({ line: 6, text: 'ner x', output });
    expect(firstDifference(command('a', 'b'), ['a', 'b'])).toBeUndefined();
    expect(firstDifference(command('a', 'b'), ['a', 'c'])).toBe('8: `ner x` prints "c", the page shows "b"');
    expect(firstDifference(command('a'), ['a', 'c'])).toBe('8: `ner x` prints "c", the page shows nothing');
    expect(firstDifference(command('a', 'b'), ['a'])).toBe('8: `ner x` prints nothing, the page shows "b"');
  });

  it('may show other digits of an error as small as rounding, and of no other number', () => {
    const command: ShownCommand = { line: 1, text: 'ner gradcheck', output: ['W  5 × 20  2.3e-10  pass'] };
    expect(firstDifference(command, ['W  5 × 20  1.1e-11  pass'])).toBeUndefined();
    expect(firstDifference(command, ['W  5 × 20  1.1e-11  FAIL'])).toBeDefined();
    expect(firstDifference(command, ['W  5 × 20  2.3e-2  pass'])).toBeDefined();
  });

  it('may not name a program whose output is not the same everywhere', async () => {
    await expect(runner.run('ner --version | sort')).rejects.toThrow('sort');
    await expect(runner.run('cat README.md; rm -f nothing')).rejects.toThrow('rm');
  });

  it('shows standard error and standard output in order', async () => {
    expect(await runner.run('ner tag --model none.json x; ner --version')).toEqual([
      expect.stringMatching(/^ner: .*none\.json/),
      ...(await runner.run('ner tag --model none.json x')).slice(1),
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
    ]);
  });
});
