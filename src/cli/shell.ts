import type { Command } from 'commander';
import type { Streams } from './streams.js';
import type { Terminal } from './terminal.js';

/** What a command works with: the streams, with colours and widths settled, and the package's version. */
export interface Shell extends Streams {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly version: string;
}

/**
 * What `src/cli/<command>.ts` exports: gives a command, which has its name and summary already, its description,
 * arguments, options and action. An action returns when all is well, throws the typed errors of `src/errors.ts` and
 * `fail.ts` when it is not, and waits for every write.
 */
export interface CommandModule {
  configure(command: Command, shell: Shell): void;
}

/** A command as `ner --help` lists it. The module, and whatever it imports, is loaded when the command is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}
