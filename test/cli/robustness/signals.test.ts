import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBinary } from '../../support/cli.js';
import { RunningProgram } from '../../support/running.js';
import { TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
});
afterAll(() => workspace.remove());

/** A run that would go on for hours. */
function endlessTraining(output: string, ...more: string[]): RunningProgram {
  const args = ['train', 'tiny.txt', '--dev', 'tiny.txt', '-o', output, '--hidden', '8', '--epochs', '100000', ...more];
  return new RunningProgram(args, workspace.folder);
}

describe.each([
  ['SIGINT', 130, 1],
  ['SIGINT', 130, 3],
  ['SIGTERM', 143, 1],
] as const)('%s while training', (signal, code, threads) => {
  it(`ends the run with ${code} and the best model so far, complete and marked as interrupted (threads: ${threads})`, async () => {
    const program = endlessTraining('stopped.json', '--json', '--threads', String(threads));
    await program.until('stderr', '\nepoch ');
    program.kill(signal);
    expect(await program.closed).toBe(code);
    expect(program.stderr).toContain('stopping with the best model so far; a second signal ends at once\n');
    expect(program.stderr).toMatch(/\nbest {3}epoch \d+ \(interrupted\): dev F1 [\d.]+; wrote stopped\.json\n/);
    expect(program.stderr).not.toContain('    at ');

    const result = JSON.parse(program.stdout);
    const inspected = await runBinary(['inspect', 'stopped.json', '--json'], { cwd: workspace.folder });
    const { model, training } = JSON.parse(inspected.stdout);
    expect(model.sha256).toBe(result.sha256);
    expect(training).toMatchObject({ stopped: 'interrupted', bestEpoch: result.training.bestEpoch });
    expect(await workspace.names()).toEqual(['stopped.json', 'tiny.txt']);
    await rm(workspace.path('stopped.json'));
  });
});

describe('a second signal', () => {
  it.each([1, 3])(
    'ends the program at once, even while it waits for a reader of the model (threads: %i)',
    async (threads) => {
      execFileSync('mkfifo', [workspace.path(`pipe${threads}`)]);
      const program = endlessTraining(`pipe${threads}`, '--threads', String(threads));
      await program.until('stderr', '\nepoch ');
      program.kill('SIGINT');
      await program.until('stderr', 'stopping');
      program.kill('SIGINT');
      expect(await program.closed).toBe(130);
      expect(program.stderr).not.toContain('wrote');
    },
  );
});

describe('a signal while nothing listens', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends tag at once', async (signal, code) => {
    await workspace.learnByHeart('tiny.txt', 'model.json');
    const program = new RunningProgram(['tag', '--model', 'model.json'], workspace.folder);
    program.write('Ada left Oslo\n');
    await program.until('stdout', 'Oslo');
    program.kill(signal);
    expect(await program.closed).toBe(code);
    expect(program.stderr).toBe('');
  });
});
