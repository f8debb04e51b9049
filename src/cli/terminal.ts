import { Writable } from 'node:stream';
import { Chalk, type ChalkInstance, type ColorSupportLevel } from 'chalk';
import type { Environment, Output } from './streams.js';

/** An output and how to write on it. */
export interface Terminal extends Output {
  /** Colours for this output; leaves text as it is where there are none. */
  readonly chalk: ChalkInstance;
  /** Characters a line holds: the terminal's width now, 80 where none is known. */
  readonly width: number;
  /** Whether lines can be drawn over, as a progress bar does. */
  readonly animated: boolean;
}

const DEFAULT_WIDTH = 80;

/** The terminal at an output. `flag` is what `--color` (true) or `--no-color` (false) said. */
export function terminalAt(output: Output, env: Environment, flag: boolean | undefined): Terminal {
  return {
    isTTY: output.isTTY,
    colorLevel: output.colorLevel,
    get columns() {
      return output.columns;
    },
    write: (data) => output.write(data),
    chalk: new Chalk({ level: colorLevel(output, env, flag) }),
    get width() {
      return output.columns || DEFAULT_WIDTH; // some pseudo-terminals say 0
    },
    animated: output.isTTY && env.TERM !== 'dumb',
  };
}

/**
 * How much colour to write, by the first of these that says anything:
 *
 * 1. `--color` (at least 16 colours) and `--no-color`;
 * 2. `FORCE_COLOR`: 0 or false for none; 2 for 256 colours, 3 for all; anything else, and the empty value, for 16;
 * 3. `NO_COLOR`, unless empty (https://no-color.org): none;
 * 4. `TERM=dumb`: none;
 * 5. on a terminal what it can show, elsewhere none.
 */
export function colorLevel(
  output: Pick<Output, 'isTTY' | 'colorLevel'>,
  env: Environment,
  flag: boolean | undefined,
): ColorSupportLevel {
  const shown = output.isTTY ? output.colorLevel : 0;
  if (flag !== undefined) return flag ? (shown === 0 ? 1 : shown) : 0;
  if (env.FORCE_COLOR !== undefined) return forcedLevel(env.FORCE_COLOR);
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 0;
  return env.TERM === 'dumb' ? 0 : shown;
}

function forcedLevel(value: string): ColorSupportLevel {
  if (value === '0' || value === 'false') return 0;
  if (value === '2') return 2;
  return value === '3' ? 3 : 1;
}

/**
 * A terminal as the stream that cli-progress draws on. It passes everything on at once: what waits in a stream of its own would come
 * out behind lines that are written past it, and draw over them.
 */
export class ProgressStream extends Writable {
  readonly isTTY: boolean;

  constructor(private readonly terminal: Terminal) {
    super({ decodeStrings: false });
    this.isTTY = terminal.animated;
  }

  get columns(): number {
    return this.terminal.width;
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    // a terminal that is gone is told of by the next line
    this.terminal.write(chunk).catch(() => {});
    done();
  }
}

/** Prints a warning on standard error. */
export async function warn({ stderr }: { readonly stderr: Terminal }, message: string): Promise<void> {
  await stderr.write(`${stderr.chalk.yellow('warning')} ${message}\n`);
}
