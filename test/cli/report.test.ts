import { describe, expect, it } from '@jest/globals';
import { CheckFailed, ClosedOutput, FileError, Interrupted } from '../../src/cli/fail.js';
import { explain, report } from '../../src/cli/report.js';
import { DataError, ModelError, RunError, UsageError } from '../../src/errors.js';
import { recordingStreams } from '../support/cli.js';
import { systemError } from '../support/system_error.js';

describe('explain', () => {
  it.each([
    ['a RunError', new RunError('m'), 1],
    ['a FileError', new FileError('m'), 1],
    ['a UsageError', new UsageError('m'), 2],
    ['a DataError', new DataError('m'), 3],
    ['a ModelError', new ModelError('m'), 4],
    ['a CheckFailed', new CheckFailed('m'), 5],
  ])('gives %s its exit code and its message', (_name, error, exitCode) => {
    expect(explain(error)).toEqual({ exitCode, message: 'm', hint: undefined });
  });

  it('says nothing of a closed output or of an interruption', () => {
    expect(explain(new ClosedOutput())).toEqual({ exitCode: 0 });
    expect(explain(new Interrupted('SIGINT'))).toEqual({ exitCode: 130 });
    expect(explain(new Interrupted('SIGTERM'))).toEqual({ exitCode: 143 });
  });

  it.each([
    ['ENOENT', 'no such file'],
    ['EACCES', 'permission denied'],
    ['EISDIR', 'is a directory'],
    ['ENOSPC', 'no space left on device'],
    ['EROFS', 'read-only file system'],
    ['EMFILE', 'too many open files'],
  ])('words the system error %s as "%s"', (code, reason) => {
    expect(explain(systemError(code, 'a/b'))).toMatchObject({ exitCode: 1, message: `a/b: ${reason}` });
  });

  it('names a system error it has no words for by its code', () => {
    expect(explain(systemError('ENOTTY', 'a'))).toMatchObject({ exitCode: 1, message: 'a: ENOTTY' });
  });

  it('recognises a system error of another realm, which is no instance of Error', () => {
    expect(explain({ code: 'ENOENT', path: 'a', message: 'm' })).toMatchObject({ message: 'a: no such file' });
  });

  it.each([
    'Invalid string length',
    'Array buffer allocation failed',
    'Cannot create a string longer than 0x1fffffe8 characters',
    'Map maximum size exceeded',
  ])('takes "%s" for exhausted memory', (message) => {
    const failure = explain(new RangeError(message));
    expect(failure).toMatchObject({ exitCode: 1, message: `out of memory: ${message}` });
    expect(failure.hint).toMatch(/smaller/);
  });

  it.each([
    [new TypeError('x is not a function'), 'x is not a function'],
    ['thrown text', 'thrown text'],
    [undefined, 'undefined'],
  ])('calls anything else a bug: %p', (thrown, message) => {
    expect(explain(thrown)).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`internal error: ${message}`),
    });
    expect(explain(thrown).message).toContain('--debug');
  });
});

describe('report', () => {
  async function reported(error: unknown, debug = false): Promise<{ code: number; stderr: string }> {
    const { streams, written } = recordingStreams();
    return { code: await report(error, streams.stderr, debug), stderr: written.stderr };
  }

  it('prints the place and the message, then the hint', async () => {
    const error = new DataError('expected 2 columns', { at: { source: 'c.tsv', line: 17 }, hint: 'use tabs' });
    expect(await reported(error)).toEqual({ code: 3, stderr: 'ner: c.tsv:17: expected 2 columns\nhint: use tabs\n' });
  });

  it('prints one line and no stack for a bug', async () => {
    const { code, stderr } = await reported(new TypeError('x is not a function'));
    expect(code).toBe(1);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr).not.toContain('report.test');
  });

  it('shows the stack and the cause with debug', async () => {
    const error = new RunError('stopped');
    error.cause = new Error('the cause');
    const { stderr } = await reported(error, true);
    expect(stderr).toMatch(/^ner: stopped\n/);
    expect(stderr).toContain('report.test');
    expect(stderr).toContain('the cause');
  });

  it('prints nothing for a closed output, with debug either', async () => {
    expect(await reported(new ClosedOutput(), true)).toEqual({ code: 0, stderr: '' });
  });

  it('never sends control characters of the data to the terminal', async () => {
    const { stderr } = await reported(new DataError('found "\u001b[2J\n\u202e"'));
    expect(stderr).toBe('ner: found "\\x1b[2J\\n\\u202e"\n');
  });
});
