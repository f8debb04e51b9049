import type { Command } from 'commander';
import type { Gazetteer } from '../encode/features/gazetteer.js';
import { DataError, UsageError } from '../errors.js';
import { tokenize } from '../text/tokenize.js';
import { loadLines } from './corpora.js';
import { appended } from './options.js';
import type { Shell } from './shell.js';

const FEATURE = 'gazetteer';

/** Lists of names that a command was given. */
export interface GazetteerOptions {
  readonly gazetteer?: readonly string[];
}

/** Gives a command the option `--gazetteer`. */
export function addGazetteers(command: Command): Command {
  return command.option(
    '--gazetteer <type=file>',
    'names of a type, one a line, to look up in the text; may be repeated',
    appended,
  );
}

/** The features with that of the lists, where there are any and it is not among them. */
export function withGazetteers(features: string, { gazetteer = [] }: GazetteerOptions): string {
  return gazetteer.length === 0 || features.split(',').includes(FEATURE) ? features : `${features},${FEATURE}`;
}

/**
 * Reads the lists; names are cut into tokens as running text is.
 * @throws UsageError where an option is not `TYPE=FILE`; DataError where a file has no name, and as `decodeLines`; FileError
 */
export async function loadGazetteers({ gazetteer = [] }: GazetteerOptions, shell: Shell): Promise<Gazetteer[]> {
  const lists: Gazetteer[] = [];
  for (const value of gazetteer) {
    const at = value.indexOf('=');
    if (at < 1 || at === value.length - 1) {
      throw new UsageError(`--gazetteer ${value}: expected a type and a file`, { hint: '--gazetteer PER=names.txt' });
    }
    const { source, lines } = await loadLines(value.slice(at + 1), shell);
    const phrases = lines.map((line) => tokenize(line).map(({ start, end }) => line.slice(start, end)));
    if (phrases.every(({ length }) => length === 0)) {
      throw new DataError('there is no name', { at: { source }, hint: 'a list of names has one a line' });
    }
    lists.push({ type: value.slice(0, at), phrases });
  }
  return lists;
}
