import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ClosedOutput, FileError, Interrupted } from '../../src/cli/fail.js';
import { drained, type Host, processStreams } from '../../src/cli/streams.js';

/** A process with outputs of the given kind. */
function hostWith(stdout: Writable, env: Record<string, string> = {}, stderr: Writable = new PassThrough()) {
  const host = Object.assign(new EventEmitter(), {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env,
    cwd: () => '/folder',
  });
  return host as typeof host & Host;
}

function failingWith(code: string): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
}

function terminalOf(bits: number, columns = 100): Writable {
  return Object.assign(new PassThrough(), { isTTY: true, columns, getColorDepth: () => bits });
}

describe('an output', () => {
  it('resolves a write only when the system has taken the data', async () => {
    let take = () => {};
    const slow = new Writable({
      write: (_chunk, _encoding, done) => {
        take = done;
      },
    });
    let written = false;
    const writing = processStreams(hostWith(slow)).stdout.write('x');
    writing.then(() => {
      written = true;
    });
    await new Promise(setImmediate);
    expect(written).toBe(false);
    take();
    await writing;
  });

  it('says that the reader of standard output has gone, at every write', async () => {
    const { stdout } = processStreams(hostWith(failingWith('EPIPE')));
    await expect(stdout.write('x')).rejects.toThrow(ClosedOutput);
  });

  it('says why standard output cannot be written', async () => {
    const { stdout } = processStreams(hostWith(failingWith('ENOSPC')));
    const writing = stdout.write('x');
    await expect(writing).rejects.toThrow(FileError);
    await expect(writing).rejects.toThrow('standard output: no space left on device');
  });

  it('takes a standard error that cannot be written for written', async () => {
    for (const code of ['EPIPE', 'ENOSPC']) {
      const host = hostWith(new PassThrough(), {}, failingWith(code));
      await expect(processStreams(host).stderr.write('x')).resolves.toBeUndefined();
      await expect(drained(host)).resolves.toBeUndefined();
    }
  });

  it.each([
    [1, 0],
    [4, 1],
    [8, 2],
    [24, 3],
  ] as const)('of a terminal with %p bits of colour has level %p', (bits, level) => {
    const { stdout } = processStreams(hostWith(terminalOf(bits)));
    expect(stdout).toMatchObject({ isTTY: true, columns: 100, colorLevel: level });
  });

  it('that is no terminal has neither colours nor columns', () => {
    expect(processStreams(hostWith(new PassThrough())).stdout).toMatchObject({ isTTY: false, colorLevel: 0 });
  });

  it('asks the terminal for its colours without the wishes of the user', () => {
    const asked: unknown[] = [];
    const terminal = Object.assign(new PassThrough(), {
      isTTY: true,
      getColorDepth: (env: unknown) => {
        asked.push(env);
        return 8;
      },
    });
    processStreams(hostWith(terminal, { NO_COLOR: '1', FORCE_COLOR: '0', TERM: 'xterm' }));
    expect(asked).toEqual([{ TERM: 'xterm' }]);
  });
});

describe('standard input', () => {
  it('gives its chunks in order', async () => {
    const host = hostWith(new PassThrough());
    host.stdin.write('a');
    host.stdin.end('b');
    const chunks: Uint8Array[] = [];
    for await (const chunk of processStreams(host).stdin) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('ab');
  });
});

describe('signals', () => {
  it('are left to the system while no command listens', () => {
    const host = hostWith(new PassThrough());
    const { signals } = processStreams(host);
    expect([host.listenerCount('SIGINT'), host.listenerCount('SIGTERM'), signals.received]).toEqual([0, 0, undefined]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('the first, %s, aborts and leaves the second to the system', (name) => {
    const host = hostWith(new PassThrough());
    const { signals } = processStreams(host);
    const stop = signals.listen();
    expect(signals.listen()).toBe(stop);
    expect([host.listenerCount('SIGINT'), host.listenerCount('SIGTERM'), stop.aborted]).toEqual([1, 1, false]);
    host.emit(name, name);
    expect(stop.reason).toBeInstanceOf(Interrupted);
    expect([stop.aborted, stop.reason.signal, signals.received]).toEqual([true, name, name]);
    expect([host.listenerCount('SIGINT'), host.listenerCount('SIGTERM')]).toEqual([0, 0]);
  });
});
