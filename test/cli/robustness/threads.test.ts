import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../../support/cli.js';
import { RunningProgram } from '../../support/running.js';
import { TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'model.json');
});
afterAll(() => workspace.remove());

/** More than twice the megabyte after which threads begin. */
const SENTENCES = Array.from({ length: 45_000 }, (_, i) => {
  return `Ada Byron left Oslo ${i} ${'in Bengaluru '.repeat((i * i) % 7)}.`;
});
const LONG = `${SENTENCES.join('\n')}\n`;
const COLUMNS = SENTENCES.map((sentence) => `${sentence.replaceAll(' ', '\n')}\n\n`).join('');
/** Milliseconds that a test may take on a machine with much else to do. */
const PATIENCE = 60_000;

function running(...args: readonly string[]): RunningProgram {
  return new RunningProgram(['tag', '--model', 'model.json', '--input', 'tokens', ...args], workspace.folder);
}

describe('a long input', () => {
  it.each([
    ['tokens', LONG],
    ['columns', COLUMNS],
  ])(
    'of %s has the same output for every number of threads',
    async (input, stdin) => {
      const run = (threads: string) => {
        const args = ['tag', '--model', 'model.json', '--input', input, '--threads', threads];
        return runBinary(args, { cwd: workspace.folder, stdin });
      };
      const [alone, together] = [await run('1'), await run('3')];
      expect([alone.code, alone.stderr, alone.stdout.split('\n').length > 400_000]).toEqual([0, '', true]);
      expect([together.code, together.stderr, together.stdout === alone.stdout]).toEqual([0, '', true]);
    },
    PATIENCE,
  );

  it(
    'has the output of all before a bad row, and its line, for every number of threads',
    async () => {
      const rows = COLUMNS.split('\n');
      const bad = rows.length - 100_003;
      const stdin = [...rows.slice(0, bad), 'two\tcolumns', ...rows.slice(bad)].join('\n');
      const run = (threads: string) => {
        const args = ['tag', '--model', 'model.json', '--input', 'columns', '--threads', threads];
        return runBinary(args, { cwd: workspace.folder, stdin });
      };
      const [alone, together] = [await run('1'), await run('3')];
      expect([alone.code, alone.stderr.split('\n')[0]]).toEqual([
        3,
        `ner: standard input:${bad + 1}: expected 1 column (token), found 2: "two\\tcolumns"`,
      ]);
      // all but the sentence of the bad row
      expect(alone.stdout.split('\n').length).toBeGreaterThan(bad - 20);
      expect([together.code, together.stderr, together.stdout === alone.stdout]).toEqual([3, alone.stderr, true]);
    },
    PATIENCE,
  );

  it(
    'is out line by line while more is to come',
    async () => {
      const program = running('--format', 'inline', '--threads', '2');
      program.write(LONG);
      await program.until('stdout', ` ${SENTENCES.length - 1} `);
      program.write('The last one\n');
      await program.until('stdout', 'one');
      program.end();
      expect([await program.closed, program.stderr]).toEqual([0, '']);
    },
    PATIENCE,
  );

  it(
    'whose reader has gone ends quietly, though more may come in',
    async () => {
      const program = running('--threads', '2');
      program.write(LONG);
      await program.until('stdout', '\n\n');
      program.closeOutput();
      program.write(LONG);
      expect([await program.closed, program.stderr]).toEqual([0, '']);
    },
    PATIENCE,
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'and %s end with %i',
    async (signal, code) => {
      const program = running('--threads', '2');
      program.write(LONG);
      await program.until('stdout', '\n\n');
      program.kill(signal);
      expect([await program.closed, program.stderr]).toEqual([code, '']);
    },
    PATIENCE,
  );
});

describe('--threads', () => {
  it.each(['0', '1.5', '257', 'all'])('refuses %s', async (threads) => {
    const { code, stderr } = await workspace.run(['tag', '--threads', threads, 'Ada']);
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      `ner: option '--threads <n>' argument '${threads}' is invalid. expected a whole number from 1 to 256`,
    ]);
  });
});
