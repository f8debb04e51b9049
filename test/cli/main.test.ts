import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { CheckFailed, ClosedOutput } from '../../src/cli/fail.js';
import type { CommandEntry, Shell } from '../../src/cli/shell.js';
import { DataError, ModelError, UsageError } from '../../src/errors.js';
import { type Outcome, pressableSignals, runBinary, runInProcess } from '../support/cli.js';

/** A command `sample` whose action is given, and a command `broken` that must not be loaded. */
function withAction(action: (shell: Shell) => Promise<void>): readonly CommandEntry[] {
  return [
    {
      name: 'sample',
      summary: 'a sample',
      load: async () => ({
        configure(command, shell) {
          command
            .argument('[words...]')
            .option('--size <n>', 'a size', parseSize)
            .action(() => action(shell));
        },
      }),
    },
    { name: 'broken', summary: 'cannot be loaded', load: () => Promise.reject(new TypeError('was loaded')) },
  ];
}

function parseSize(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

async function failingWith(error: unknown, ...flags: string[]): Promise<Outcome> {
  const commands = withAction(() => Promise.reject(error));
  return runInProcess(['sample', ...flags], { commands });
}

const nothing = withAction(async () => {});
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('help and version', () => {
  it('lists every command with a summary, on standard output', async () => {
    const { code, stdout, stderr } = await runInProcess(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['train', 'eval', 'tag', 'vocab', 'gradcheck', 'gradients', 'inspect']) {
      expect(stdout).toMatch(new RegExp(`^  ${name} .*\\w{3}`, 'm'));
    }
  });

  it('is printed on standard error, as a wrong call, without any argument', async () => {
    const { code, stdout, stderr } = await runInProcess([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe((await runInProcess(['--help'])).stdout);
  });

  it.each([[['sample', '--help']], [['help', 'sample']], [['sample', '-h']]])('of a command: %p', async (argv) => {
    const { code, stdout, stderr } = await runInProcess(argv, { commands: nothing });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('ner sample');
    expect(stdout).toContain('--size');
  });

  it('`ner help` is `ner --help`', async () => {
    expect(await runInProcess(['help'])).toEqual(await runInProcess(['--help']));
  });

  it.each(['--version', '-V'])('%s prints the version of the package', async (flag) => {
    expect(await runInProcess([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('a command', () => {
  it('is loaded only when it is called', async () => {
    expect((await runInProcess(['sample'], { commands: nothing })).code).toBe(0);
    expect((await runInProcess(['broken'], { commands: nothing })).stderr).toContain('was loaded');
  });

  it('reads and writes the streams it is given', async () => {
    const commands = withAction(async ({ stdin, stdout, stderr, version: told }) => {
      for await (const chunk of stdin) await stdout.write(chunk);
      await stderr.write(told);
    });
    expect(await runInProcess(['sample'], { commands, stdin: 'in' })).toEqual({
      code: 0,
      stdout: 'in',
      stderr: version,
    });
  });

  it.each([
    [['sample'], true, {}, '\u001b[31mx\u001b[39m'],
    [['sample'], false, {}, 'x'],
    [['sample'], true, { NO_COLOR: '1' }, 'x'],
    [['sample', '--no-color'], true, {}, 'x'],
    [['--no-color', 'sample'], true, {}, 'x'],
    [['sample', '--color'], false, {}, '\u001b[31mx\u001b[39m'],
  ])('called as %p (terminal: %p, environment %p) writes %j for a red x', async (argv, tty, env, expected) => {
    const commands = withAction(({ stdout }) => stdout.write(stdout.chalk.red('x')));
    expect((await runInProcess(argv, { commands, tty, env })).stdout).toBe(expected);
  });
});

describe('exit codes', () => {
  it.each([
    [new UsageError('u', { hint: 'h' }), 2, 'ner: u\nhint: h\n'],
    [new DataError('d', { at: { source: 'c.tsv', line: 3 } }), 3, 'ner: c.tsv:3: d\n'],
    [new ModelError('m', { at: { source: 'm.json' } }), 4, 'ner: m.json: m\n'],
    [new CheckFailed('F1 0.7 is below 0.8'), 5, 'ner: F1 0.7 is below 0.8\n'],
  ])('of %p is %p', async (error, code, stderr) => {
    expect(await failingWith(error)).toEqual({ code, stdout: '', stderr });
  });

  it('of a bug is 1, without a stack unless --debug is given, before or after the command', async () => {
    const bug = new TypeError('x is not a function');
    const plain = await failingWith(bug);
    expect(plain.code).toBe(1);
    expect(plain.stderr.split('\n')).toHaveLength(2);
    expect((await failingWith(bug, '--debug')).stderr).toContain('main.test');
    const before = await runInProcess(['--debug', 'sample'], { commands: withAction(() => Promise.reject(bug)) });
    expect(before.stderr).toContain('main.test');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'after %s is 128 and its number, however the command ended',
    async (signal) => {
      const code = signal === 'SIGINT' ? 130 : 143;
      for (const ending of ['return', 'throw']) {
        const { signals, press } = pressableSignals();
        const commands = withAction(async (shell) => {
          const stop = shell.signals.listen();
          press(signal);
          if (ending === 'throw') stop.throwIfAborted();
          await shell.stdout.write('saved');
        });
        const stdout = ending === 'return' ? 'saved' : '';
        expect(await runInProcess(['sample'], { commands, signals })).toEqual({ code, stdout, stderr: '' });
      }
    },
  );

  it('is 0, silently, when the reader of standard output has gone', async () => {
    const onWrite = (_text: string, output: string) => {
      if (output === 'stdout') throw new ClosedOutput();
    };
    const commands = withAction(({ stdout }) => stdout.write('line\n'));
    expect(await runInProcess(['sample'], { commands, onWrite })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await runInProcess(['--help'], { onWrite })).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('a wrong call', () => {
  it.each([
    [['smaple'], "ner: unknown command 'smaple'", 'hint: did you mean sample?'],
    [['help', 'smaple'], "ner: unknown command 'smaple'", 'hint: did you mean sample?'],
    [['zzzzzz'], "ner: unknown command 'zzzzzz'", 'hint: see ner --help'],
    [['sample', '--sise', '3'], "ner: unknown option '--sise'", 'hint: did you mean --size?'],
    [['sample', '--other'], "ner: unknown option '--other'", 'hint: see ner sample --help'],
    [['--other'], "ner: unknown option '--other'", 'hint: see ner --help'],
    [['sample', '--size'], "ner: option '--size <n>' argument missing", 'hint: see ner sample --help'],
    [
      ['sample', '--size', 'x'],
      "ner: option '--size <n>' argument 'x' is invalid. Expected a whole number.",
      'hint: see ner sample --help',
    ],
    [['sample', '--\u001b[2J'], "ner: unknown option '--\\x1b[2J'", 'hint: see ner sample --help'],
  ])('%j exits with 2 and says what is wrong', async (argv, message, hint) => {
    const outcome = await runInProcess(argv, { commands: nothing });
    expect(outcome).toEqual({ code: 2, stdout: '', stderr: `${message}\n${hint}\n` });
  });
});

describe('the built program', () => {
  it('prints its version', async () => {
    expect(await runBinary(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('exits with 2 on an unknown command, without a stack', async () => {
    const { code, stderr } = await runBinary(['trian']);
    expect([code, stderr]).toEqual([2, "ner: unknown command 'trian'\nhint: did you mean train?\n"]);
  });

  async function inShell(script: string): Promise<[number | null, string]> {
    const child = spawn('sh', ['-c', script, process.execPath, 'bin/ner.js']);
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve([code, stderr])));
  }

  it('ends quietly when the reader has gone', async () => {
    const script = '{ sleep 0.2; "$0" "$1" --help; echo $? >&2; } | true';
    expect(await inShell(script)).toEqual([0, '0\n']);
  });

  const full = existsSync('/dev/full') ? it : it.skip;
  full('says when standard output cannot be written', async () => {
    const message = 'ner: standard output: no space left on device\n';
    expect(await inShell('"$0" "$1" --help > /dev/full')).toEqual([1, message]);
  });
});
