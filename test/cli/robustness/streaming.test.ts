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

describe('while standard input stays open', () => {
  it.each(['text', 'tokens'])('a line of %s is out before the next goes in', async (input) => {
    const args = ['tag', '--model', 'model.json', '--input', input, '--format', 'inline'];
    const program = new RunningProgram(args, workspace.folder);
    program.write('It rained .\nAda Byron le');
    await program.until('stdout', 'It rained .\n');
    expect(program.stdout).toBe('It rained .\n');
    program.write('ft Oslo .\n');
    await program.until('stdout', '[Ada Byron PER] left [Oslo LOC] .\n');
    program.end();
    expect(await program.closed).toBe(0);
  });

  it('a sentence of columns is out once the layout is known, before the next goes in', async () => {
    const program = new RunningProgram(['tag', '--model', 'model.json', '--input', 'columns'], workspace.folder);
    program.write('It\nrained\n.\n\n'.repeat(7));
    await program.until('stdout', 'It\tO\nrained\tO\n.\tO\n\n'.repeat(7));
    program.write('Ada\nByron\nleft\nOslo\n.\n\n');
    await program.until('stdout', 'Ada\tB-PER\nByron\tI-PER\nleft\tO\nOslo\tB-LOC\n.\tO\n\n');
    program.end();
    expect(await program.closed).toBe(0);
  });

  it('bad bytes after good lines end the program with their line, and the good lines are out', async () => {
    const program = new RunningProgram(['tag', '--model', 'model.json', '--format', 'inline'], workspace.folder);
    program.write('It rained .\n');
    await program.until('stdout', 'It rained .\n');
    program.write('\0\n');
    expect(await program.closed).toBe(3);
    expect(program.stderr).toContain('ner: standard input:2: looks like a binary file');
  });
});

describe('a line of megabytes', () => {
  it.each(['tsv', 'inline', 'jsonl'])('is tagged as %s with a heap of 48 MB', async (format) => {
    const stdin = Buffer.from(`${'Ada Byron left Oslo '.repeat(200_000)}\n`);
    const settings = { cwd: workspace.folder, env: { NODE_OPTIONS: '--max-old-space-size=48' }, stdin };
    const { code, stdout, stderr } = await runBinary(['tag', '--model', 'model.json', '--format', format], settings);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('Oslo').length).toBeGreaterThan(200_000);
  });
});
