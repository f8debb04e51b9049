import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { parseNumber } from './options.js';

const MOST = 256;
/** Not more by default: each thread has vocabularies and a heap of its own, which may be 150 MB and more. */
export const MOST_BY_DEFAULT = 4;

/** `most` says how many it takes by default. */
export function addThreads(command: Command, most = String(MOST_BY_DEFAULT)): Command {
  return command.addOption(
    new Option('--threads <n>', `threads to work with (default: one a core, at most ${most})`).argParser((value) =>
      parseNumber(value, { kind: 'integer', min: 1, max: MOST }),
    ),
  );
}

/** How many threads to work with: as many as were asked for. */
export function threadCount(given: number | undefined): number {
  return given ?? Math.min(availableParallelism(), MOST_BY_DEFAULT);
}
