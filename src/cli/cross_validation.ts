import type { Gazetteer } from '../encode/features/gazetteer.js';
import { formatConlleval } from '../evaluate/conlleval.js';
import { alignColumns } from '../evaluate/display.js';
import { reportOf } from '../evaluate/report.js';
import { type Score, score, type TagPair } from '../evaluate/score.js';
import { type Spread, spreadOf } from '../evaluate/spread.js';
import { parseClassWeights, tagWeights } from '../model/class_weights.js';
import type { Settings } from '../model/settings.js';
import { tagSet, tagsOf } from '../text/tags.js';
import { cutFolds, type Fold } from '../train/folds.js';
import { type EpochReport, type Example, entityTypes } from '../train/trainer.js';
import { appendText } from './files.js';
import { prepare, trainingThreads } from './prepare.js';
import { counted, percent } from './progress.js';
import type { Shell } from './shell.js';
import { helpersFor } from './train_threads.js';
import { examplesOf, recordOf, type TrainingCorpora } from './training_data.js';
import { beginHistory, epochJson, type Outputs, trainShown } from './training_run.js';

/** What came of one fold. */
interface FoldResult {
  /** From 1. */
  readonly fold: number;
  /** Those it was scored on. */
  readonly sentences: number;
  /** Of each network. */
  readonly bestEpochs: readonly number[];
  readonly score: Score;
}

/** How many folds, and what all of them are trained with. */
export interface CrossValidation {
  readonly folds: number;
  readonly settings: Settings;
  readonly gazetteers: readonly Gazetteer[];
  /** As many as the user asked for. */
  readonly threads: number | undefined;
}

/**
 * Trains on all folds but one, for each of them, and prints the scores on what was left out. Every model chooses its epoch on a
 * dev part of the folds it is trained on, never on the fold that it is scored on.
 */
export async function crossValidate(
  corpora: TrainingCorpora,
  { folds: count, settings, gazetteers, threads }: CrossValidation,
  outputs: Omit<Outputs, 'output'>,
  shell: Shell,
): Promise<void> {
  const { history, json } = outputs;
  const examples = examplesOf(corpora.train);
  tagWeights(settings.classWeight, tagSet(entityTypes(examples), settings.scheme)); // throws where there is no such type
  const pairs: TagPair[] = [];
  const results: FoldResult[] = [];
  const folds = cutFolds(examples, count, settings);
  await beginHistory(outputs, shell);
  for (const [index, parts] of folds.entries()) {
    const fold = index + 1;
    const { train, dev, held } = parts;
    await shell.stderr.write(
      `fold   ${fold} of ${count}: ${counted(train.length, 'sentence')} to train on, ${dev.length} as dev part, ` +
        `${held.length} to score on\n`,
    );
    const onEpoch = async (report: EpochReport, member: number): Promise<void> => {
      if (history === undefined) return;
      const line = { fold, ...(settings.members > 1 ? { member } : {}), ...epochJson(report) };
      await appendText(history, `${JSON.stringify(line)}\n`, shell);
    };
    const helpers = trainingThreads(threads, train, settings);
    const { bestEpochs, predicted } = await trainFold(parts, settings, helpers, gazetteers, onEpoch, shell);
    const scored = score(predicted);
    await shell.stderr.write(`       F1 ${percent(scored.micro.f1)} on what was left out\n`);
    for (const pair of predicted) pairs.push(pair);
    results.push({ fold, sentences: held.length, bestEpochs, score: scored });
  }
  const pooled = score(pairs);
  const f1 = spreadOf(results.map(({ score: { micro } }) => micro.f1));
  const report = { schema: 1, settings, data: recordOf(corpora.train, examples), ...jsonOf(results, pooled, f1) };
  await shell.stdout.write(json === true ? `${JSON.stringify(report)}\n` : textOf(results, pooled, f1));
}

/** Trains one fold's model and predicts the tags of what it has not seen. */
async function trainFold(
  { train, dev, held }: Fold<Example>,
  settings: Settings,
  threads: number,
  gazetteers: readonly Gazetteer[],
  onEpoch: (report: EpochReport, member: number) => Promise<void>,
  shell: Shell,
): Promise<Pick<FoldResult, 'bestEpochs'> & { readonly predicted: readonly TagPair[] }> {
  const data = { train, dev };
  const members = await prepare(data, withoutMissing(settings, train), threads, shell, gazetteers);
  const signal = shell.signals.listen();
  const { results } = await trainShown(members, data, helpersFor(threads), { signal, onEpoch }, shell);
  if (signal.aborted) await shell.stderr.write('interrupted: folds are reported together or not at all\n');
  signal.throwIfAborted();
  const found = members.first.tag(held);
  const predicted = held.map(({ tokens, entities }, s) => ({
    gold: tagsOf(entities, tokens.length, settings.scheme),
    predicted: tagsOf(found[s], tokens.length, settings.scheme),
  }));
  return { bestEpochs: results.map(({ best }) => best.epoch), predicted };
}

/** The settings without the weights of types that no entity of a fold is. */
function withoutMissing(settings: Settings, train: readonly Example[]): Settings {
  const types = entityTypes(train);
  const classWeight = settings.classWeight.filter((text) =>
    parseClassWeights([text]).every(({ type }) => types.includes(type)),
  );
  return { ...settings, classWeight };
}

function jsonOf(results: readonly FoldResult[], pooled: Score, f1: Spread): object {
  const folds = results.map(({ fold, sentences, bestEpochs, score: { micro, accuracy } }) => {
    const { precision, recall } = micro;
    const best = bestEpochs.length === 1 ? { bestEpoch: bestEpochs[0] } : { bestEpochs };
    return { fold, sentences, ...best, precision, recall, f1: micro.f1, accuracy };
  });
  return { folds, f1, pooled: reportOf(pooled) };
}

/** The pooled score as the CoNLL script prints it, then a row for each fold. */
function textOf(results: readonly FoldResult[], pooled: Score, { mean, deviation }: Spread): string {
  const rows = results.map(({ fold, sentences, bestEpochs, score: { micro } }) => [
    ...[fold, sentences, bestEpochs].map(String),
    ...[micro.precision, micro.recall, micro.f1].map(percent),
  ]);
  const heading = ['fold', 'sentences', 'best epoch', 'precision', 'recall', 'F1'];
  const table = alignColumns([heading, ...rows], '>>>>>>');
  const last = `F1 of a fold: mean ${percent(mean)}, standard deviation ${percent(deviation)}`;
  return `${formatConlleval(pooled)}\n${[...table, last].join('\n')}\n`;
}
