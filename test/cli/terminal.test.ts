import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { ColorSupportLevel } from 'chalk';
import { colorLevel, ProgressStream, terminalAt } from '../../src/cli/terminal.js';
import { recordingStreams } from '../support/cli.js';

type Row = [tty: boolean, env: Record<string, string>, flag: boolean | undefined, level: ColorSupportLevel];

describe('colorLevel', () => {
  const rows: Row[] = [
    [true, {}, undefined, 2],
    [false, {}, undefined, 0],
    [true, { TERM: 'dumb' }, undefined, 0],
    [true, { NO_COLOR: '1' }, undefined, 0],
    [true, { NO_COLOR: '' }, undefined, 2],
    [false, { FORCE_COLOR: '' }, undefined, 1],
    [false, { FORCE_COLOR: '1' }, undefined, 1],
    [false, { FORCE_COLOR: 'true' }, undefined, 1],
    [false, { FORCE_COLOR: '2' }, undefined, 2],
    [false, { FORCE_COLOR: '3' }, undefined, 3],
    [true, { FORCE_COLOR: '0' }, undefined, 0],
    [true, { FORCE_COLOR: 'false' }, undefined, 0],
    [true, { FORCE_COLOR: '3', NO_COLOR: '1', TERM: 'dumb' }, undefined, 3],
    [true, {}, false, 0],
    [true, { FORCE_COLOR: '3' }, false, 0],
    [true, {}, true, 2],
    [false, {}, true, 1],
    [false, { NO_COLOR: '1', FORCE_COLOR: '0', TERM: 'dumb' }, true, 1],
  ];

  it.each(rows)('with a terminal: %p, environment %p and flag %p is %p', (isTTY, env, flag, level) => {
    // colours that the output could show count only where it is a terminal
    expect(colorLevel({ isTTY, colorLevel: 2 }, env, flag)).toBe(level);
  });
});

describe('terminalAt', () => {
  it('colours text only where colours are wanted', () => {
    const { streams } = recordingStreams({ tty: true });
    expect(terminalAt(streams.stdout, {}, undefined).chalk.red('x')).toBe('\u001b[31mx\u001b[39m');
    expect(terminalAt(streams.stdout, {}, false).chalk.red('x')).toBe('x');
  });

  it('is animated on a terminal that is not dumb', () => {
    const terminal = recordingStreams({ tty: true }).streams.stderr;
    const pipe = recordingStreams({ tty: false }).streams.stderr;
    expect(terminalAt(terminal, {}, undefined).animated).toBe(true);
    expect(terminalAt(terminal, { TERM: 'dumb' }, undefined).animated).toBe(false);
    expect(terminalAt(pipe, { FORCE_COLOR: '1' }, true).animated).toBe(false);
  });

  it('follows the width of the terminal, and takes 80 where none is known', () => {
    const { streams } = recordingStreams();
    let columns: number | undefined = 120;
    const output = {
      ...streams.stdout,
      get columns() {
        return columns;
      },
    };
    const terminal = terminalAt(output, {}, undefined);
    expect([terminal.width, terminal.columns]).toEqual([120, 120]);
    columns = 40;
    expect([terminal.width, terminal.columns]).toEqual([40, 40]);
    columns = 0;
    expect(terminal.width).toBe(80);
    columns = undefined;
    expect([terminal.width, terminal.columns]).toEqual([80, undefined]);
  });

  it('writes to its output', async () => {
    const { streams, written } = recordingStreams();
    await terminalAt(streams.stdout, {}, undefined).write('text');
    expect(written.stdout).toBe('text');
  });
});

describe('ProgressStream', () => {
  it('passes what is drawn on to the terminal, in order', async () => {
    const { streams, written } = recordingStreams({ tty: true });
    const stream = new ProgressStream(terminalAt(streams.stderr, {}, undefined));
    stream.write('a');
    stream.write('é');
    expect(written.stderr).toBe('aé'); // at once: a line written now stands behind it
    stream.end('c');
    await once(stream, 'finish');
    expect(written.stderr).toBe('aéc');
    expect([stream.isTTY, stream.columns]).toEqual([true, 80]);
  });
});
