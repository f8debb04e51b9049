import { DataError, UsageError } from '../errors.js';
import type { TrainingRecord } from '../model/record.js';
import { readBytes, STANDARD } from './files.js';
import { NODE } from './node_platform.js';
import type { Shell } from './shell.js';
import type { TrainingData } from './training_data.js';

/**
 * Sees, before anything else is done with them, that files are those that a model's record names by their SHA-256, in the
 * same order. Standard input, which can be read only once, is left to `checkCorpora`.
 * @throws UsageError if there are more or fewer, or in another order; DataError naming the file that is another; FileError
 */
export async function checkFiles(
  record: TrainingRecord,
  files: readonly string[],
  dev: readonly string[],
  shell: Shell,
): Promise<void> {
  if (record.heldOut && dev.length > 0) {
    throw new UsageError('the model has a dev part that was held out of its training files', {
      hint: 'leave --dev out',
    });
  }
  await checkList('trained on', record.train.sha256, files, shell);
  if (!record.heldOut) await checkList('chosen on', record.dev.sha256, dev, shell);
}

async function checkList(
  what: string,
  recorded: readonly string[],
  names: readonly string[],
  shell: Shell,
): Promise<void> {
  if (names.length !== recorded.length) {
    const files = recorded.length === 1 ? '1 file' : `${recorded.length} files`;
    const flag = what === 'chosen on' ? '--dev FILE…' : 'CORPUS…';
    throw new UsageError(`the model was ${what} ${files}, but ${names.length} given`, { hint: `give them as ${flag}` });
  }
  for (const [i, name] of names.entries()) {
    if (name === STANDARD) continue;
    const hash = NODE.sha256(await readBytes(name, shell));
    if (hash !== recorded[i]) throw otherFile(what, recorded, name, i, hash);
  }
}

function otherFile(what: string, recorded: readonly string[], name: string, place: number, hash: string): Error {
  const right = recorded.indexOf(hash);
  if (right >= 0) {
    return new UsageError(`the files are in another order: ${name} was number ${right + 1}, now it is ${place + 1}`);
  }
  return new DataError(
    `not what the model was ${what}: its SHA-256 is ${hash}, that of the model's file ${recorded[place]}`,
    {
      at: { source: name },
    },
  );
}

/** Sees that what was read, standard input included, is what the record names. Throws DataError. */
export function checkCorpora({ train, dev }: TrainingRecord, data: TrainingData): void {
  const pairs = [
    ...train.sha256.map((hash, i) => [hash, data.record.train.sha256[i]]),
    ...dev.sha256.map((hash, i) => [hash, data.record.dev.sha256[i]]),
  ];
  for (const [recorded, found] of pairs) {
    if (recorded === found) continue;
    throw new DataError(
      `not what the model was trained with: its SHA-256 is ${found}, that of the model's file ${recorded}`,
      {
        at: { source: STANDARD },
      },
    );
  }
}
