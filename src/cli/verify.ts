import type { Command } from 'commander';
import { ReferenceKernels } from '../kernels/reference.js';
import { formatModel, type Model, readModel } from '../model/json.js';
import { UNFITTED_THRESHOLD } from '../model/tagger.js';
import { visible } from '../text/visible.js';
import type { MembersResult } from '../train/members.js';
import { trainingRecord } from '../train/record.js';
import type { EpochReport } from '../train/trainer.js';
import { refuseRepeatedInput } from './corpora.js';
import { CheckFailed } from './fail.js';
import { readBytes } from './files.js';
import { addGazetteers, type GazetteerOptions, loadGazetteers } from './gazetteers.js';
import { firstDifference } from './model_difference.js';
import { NODE } from './node_platform.js';
import { prepare, trainingThreads } from './prepare.js';
import { checkCorpora, checkFiles } from './recorded_corpora.js';
import type { Shell } from './shell.js';
import { addThreads } from './threads.js';
import { MOST_THREADS } from './train.js';
import { helpersFor } from './train_threads.js';
import { loadTrainingData, readingOf } from './training_data.js';
import { trainShown } from './training_run.js';

interface Options extends GazetteerOptions {
  readonly dev?: string[];
  readonly threads?: number;
  readonly json?: boolean;
}

/** A model made again, with the record that it then has. */
interface Retrained {
  readonly model: Model;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

const DESCRIPTION =
  'Train a model again from its own record (settings, seed, columns, offsets, tag names, mended spans, held-out part) on the same corpora, known by their ' +
  'SHA-256, and compare the bytes. Lists of names are given again. Exit code 5 if they differ.';

export function configure(command: Command, shell: Shell): void {
  command
    .description(DESCRIPTION)
    .argument('<model>', 'model file')
    .argument('<corpus...>', 'the corpora it was trained on, in the same order; - is standard input')
    .option('--dev <file...>', 'the corpora its best epoch was chosen on; none if a part was held out')
    .option('--json', 'print the result as one JSON object on standard output');
  addGazetteers(addThreads(command, MOST_THREADS)).action((name: string, files: string[], options: Options) =>
    verifyCommand(name, files, options, shell),
  );
}

async function verifyCommand(name: string, files: readonly string[], options: Options, shell: Shell): Promise<void> {
  const { dev = [] } = options;
  refuseRepeatedInput([name, ...files, ...dev]);
  const bytes = await readBytes(name, shell);
  const given = await readModel(bytes, name, new ReferenceKernels(), NODE);
  await checkFiles(given.record, files, dev, shell);
  const made = await retrain(given, files, options, shell);
  const hash = NODE.sha256(bytes);
  const difference =
    hash === made.sha256
      ? undefined
      : firstDifference(new TextDecoder().decode(bytes), new TextDecoder().decode(made.bytes));
  const reasons = difference === undefined ? [] : reasonsFor(given, made.model, shell.version);
  if (options.json === true) {
    const model = { file: name, sha256: hash };
    const retrained = { sha256: made.sha256, version: shell.version, kernels: made.model.record.kernels };
    const result = { schema: 1, model, verified: difference === undefined, retrained, difference, reasons };
    await shell.stdout.write(`${JSON.stringify(result)}\n`);
  }
  if (difference !== undefined) {
    throw new CheckFailed(`training again gives another model: the first difference is in ${difference}`, {
      at: { source: name },
      hint: reasons.join('; '),
    });
  }
  if (options.json !== true) {
    await shell.stdout.write(`verified  ${visible(name)}: training again gives the same bytes, SHA-256 ${hash}\n`);
  }
}

/** Trains with a model's settings, as far as its own training went. */
async function retrain(
  { tagger: given, record }: Model,
  files: readonly string[],
  options: Options,
  shell: Shell,
): Promise<Retrained> {
  const { settings } = given;
  const { dev = [] } = options;
  const data = await loadTrainingData(files, dev, readingOf(record), settings, shell);
  checkCorpora(record, data);
  const count = trainingThreads(options.threads, data.train, settings);
  const members = await prepare(data, settings, count, shell, await loadGazetteers(options, shell));
  const isUnfitted = record.stopped === 'unfinished';
  const interrupted = isUnfitted || record.stopped === 'interrupted';
  const enough = new AbortController();
  const signal = shell.signals.listen();
  signal.addEventListener('abort', () => enough.abort());
  const networks = given.members.length;
  let batches = 0;
  const stopAtBatch = (): void => {
    if (batches++ === record.batches) enough.abort();
  };
  const onEpoch = ({ epoch }: EpochReport): void => {
    if (interrupted && networks === 1 && epoch === record.epochs) enough.abort();
  };
  const onNetwork = (results: MembersResult['results']): void => {
    if (interrupted && results.length === networks) enough.abort();
  };
  stopAtBatch(); // it may have been stopped before its first batch
  const hooks = { signal: enough.signal, onBatch: stopAtBatch, onEpoch, onNetwork };
  const {
    tagger,
    results,
    dev: together,
    ...result
  } = await trainShown(members, data, helpersFor(count), hooks, shell);
  if (signal.aborted) await shell.stderr.write('interrupted: nothing is verified\n');
  signal.throwIfAborted();
  // which release trained it, and whether somebody stopped it, are facts of that run that no other can repeat
  const { version, stopped } = interrupted ? record : { version: record.version, stopped: result.stopped };
  if (isUnfitted) [tagger.temperature, tagger.threshold] = [1, UNFITTED_THRESHOLD];
  const scored = isUnfitted ? results[0].best.dev : together;
  const outcome = { version, stopped, networks: results, dev: scored, about: record.about, madeFrom: record.madeFrom };
  const model = { tagger, record: trainingRecord(tagger, data.record, outcome) };
  const made = await formatModel(model, NODE);
  return { model, bytes: made, sha256: NODE.sha256(made) };
}

/** Why training again may give another model, the likeliest first. */
function reasonsFor({ record, tagger }: Model, made: Model, version: string): string[] {
  const { kernels } = made.record;
  const reasons: string[] = [];
  if (tagger.encoders.some(({ kindNames }) => kindNames.includes('gazetteer'))) {
    reasons.push('it was trained with lists of names (--gazetteer), of which these may be others');
  }
  if (record.version !== version) {
    reasons.push(
      `it was trained by ner-trainer ${record.version}, this is ${version}: another minor version may train otherwise`,
    );
  }
  if (record.kernels !== kernels) {
    reasons.push(
      `it was trained with the kernels ${record.kernels}, here are ${kernels}: only wasm gives the same bytes everywhere`,
    );
  }
  return reasons.length > 0
    ? reasons
    : ['the file was changed after training, or was trained by a build other than this one'];
}
