import { columnsOf } from '../encode/features.js';
import { DataError } from '../errors.js';
import type { CorpusRecord } from '../model/record.js';
import type { Settings } from '../model/settings.js';
import { memberSettings } from '../model/variants.js';
import type { CorpusCounts, CorpusOptions } from '../text/corpus.js';
import { documentStarts } from '../train/folds.js';
import { keyedRandom, PLACE } from '../train/random.js';
import { corpusRecord, type RecordedData } from '../train/record.js';
import { splitCorpus } from '../train/split.js';
import type { Example } from '../train/trainer.js';
import { describeCorpus, type LoadedCorpus, loadCorpora, placedSentences, reportNotices } from './corpora.js';
import { counted } from './progress.js';
import type { Shell } from './shell.js';
import { warnOfCorpora, warnOfDev } from './training_warnings.js';

/** What is trained and scored on. */
export interface TrainingData {
  readonly train: readonly Example[];
  readonly dev: readonly Example[];
  readonly record: RecordedData;
}

type ReadingRecord = Pick<RecordedData, 'columns' | 'offsets' | 'tagNames' | 'mendSpans'>;

/** How the corpora of a record are read. */
export function readingOf({ columns, offsets, tagNames, mendSpans }: ReadingRecord): CorpusOptions {
  return { ...columns, ...(offsets && { offsets }), ...(tagNames && { tagNames }), ...(mendSpans && { mendSpans }) };
}

/** Corpora to train on and, maybe, a dev set. */
export interface TrainingCorpora {
  readonly train: readonly LoadedCorpus[];
  readonly dev: readonly LoadedCorpus[];
  /** What the user said of how they are to be read; empty where nothing was said. */
  readonly said: ReadingRecord;
}

/**
 * Reads the corpora, says what they hold, and takes a dev part from the training files where no dev file is given.
 * @throws DataError if the training part holds no entity, and as `loadCorpora` and `splitCorpus`
 */
export async function loadTrainingData(
  files: readonly string[],
  devFiles: readonly string[],
  reading: CorpusOptions,
  settings: Settings,
  shell: Shell,
): Promise<TrainingData> {
  return partsOf(await loadTrainingCorpora(files, devFiles, reading, settings, shell), settings, shell);
}

/** Reads the corpora and says what they hold. Throws as `loadCorpora`. */
export async function loadTrainingCorpora(
  files: readonly string[],
  devFiles: readonly string[],
  reading: CorpusOptions,
  settings: Settings,
  shell: Shell,
): Promise<TrainingCorpora> {
  const furtherColumns = columnsOf(memberSettings(settings));
  const loaded = await loadCorpora([...files, ...devFiles], { ...reading, furtherColumns }, shell);
  await reportNotices(loaded, shell);
  const trainCorpora = loaded.slice(0, files.length);
  const devCorpora = loaded.slice(files.length);
  const counts: CorpusCounts[] = [];
  for (const corpus of trainCorpora) counts.push(await describeCorpus('train', corpus, shell));
  for (const corpus of devCorpora) await describeCorpus('dev', corpus, shell);
  await warnOfCorpora(trainCorpora, devCorpora, counts, shell);
  return { train: trainCorpora, dev: devCorpora, said: recordOfReading(reading) };
}

function recordOfReading({ tokenColumn, tagColumn, offsets, tagNames, mendSpans }: CorpusOptions): ReadingRecord {
  const columns = {
    ...(tokenColumn === undefined ? {} : { tokenColumn }),
    ...(tagColumn === undefined ? {} : { tagColumn }),
  };
  return {
    ...(Object.keys(columns).length === 0 ? {} : { columns }),
    ...(offsets === undefined ? {} : { offsets }),
    ...(tagNames === undefined ? {} : { tagNames: [...tagNames] }),
    ...(mendSpans === true ? { mendSpans } : {}),
  };
}

/**
 * What is trained on, and what the epoch is chosen on.
 * @throws DataError if the training part holds no entity, and as `splitCorpus`
 */
export async function partsOf(
  { train: trainCorpora, dev: devCorpora, said }: TrainingCorpora,
  settings: Settings,
  shell: Shell,
): Promise<TrainingData> {
  const heldOut = devCorpora.length === 0;
  const { train, dev } = heldOut
    ? await heldOutDev(trainCorpora, settings, shell)
    : { train: examplesOf(trainCorpora), dev: examplesOf(devCorpora) };
  const record = recordOf(trainCorpora, train);
  if (record.entities === 0) {
    throw new DataError('there is nothing to learn: the training part holds no entity', {
      at: { source: trainCorpora.map(({ source }) => source).join(', ') },
      hint:
        'is the tag column the right one? --tag-column N chooses another' +
        (heldOut ? '; --dev FILE keeps the whole corpus for training' : ''),
    });
  }
  await warnOfDev(train, dev, shell);
  const devRecord = recordOf(heldOut ? trainCorpora : devCorpora, dev);
  return { train, dev, record: { train: record, dev: devRecord, heldOut, ...said } };
}

export function examplesOf(corpora: readonly LoadedCorpus[]): Example[] {
  return placedSentences(corpora).map(({ tags, lines, ...sentence }) => sentence);
}

export function recordOf(corpora: readonly LoadedCorpus[], examples: readonly Example[]): CorpusRecord {
  return corpusRecord(
    corpora.map(({ sha256 }) => sha256),
    examples,
  );
}

async function heldOutDev(
  corpora: readonly LoadedCorpus[],
  settings: Settings,
  shell: Shell,
): Promise<Pick<TrainingData, 'train' | 'dev'>> {
  const examples = examplesOf(corpora);
  const starts = documentStarts(examples, settings.documentSentences);
  const random = keyedRandom(settings.seed, PLACE.split);
  const { train, dev, unit } = splitCorpus(examples, starts, settings.devShare, random);
  await shell.stderr.write(
    `dev    ${counted(dev.length, 'sentence')} held out by ${unit}, seed ${settings.seed} (--dev FILE gives a dev set)\n`,
  );
  return { train, dev };
}
