import { readFileSync } from 'node:fs';
import { sha256 } from '../../src/hash.js';
import { formatModel } from '../../src/model/json.js';
import type { CorpusRecord } from '../../src/model/record.js';
import type { Tagger } from '../../src/model/tagger.js';
import type { Example, TrainingResult } from '../../src/train/trainer.js';
import type { Corpora } from './experiment.js';
import { toColumns } from './sentences.js';

/** The model file that `ner train` writes for the same sentences and settings; of 0 epochs where there is no result. */
export async function modelFile(tagger: Tagger, { train, dev }: Corpora, result?: TrainingResult): Promise<string> {
  const { precision, recall, f1 } = result?.best.dev.micro ?? { precision: 0, recall: 0, f1: 0 };
  const record = {
    version: packageVersion(),
    kernels: tagger.kernels.name,
    train: await corpusRecord(train),
    heldOut: false,
    dev: await corpusRecord(dev),
    epochs: result?.epochs.length ?? 0,
    bestEpoch: result?.best.epoch ?? 0,
    stopped: 'finished',
    devScores: { precision, recall, f1 },
  } as const;
  return new TextDecoder().decode(await formatModel({ tagger, record }));
}

function packageVersion(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

async function corpusRecord(examples: readonly Example[]): Promise<CorpusRecord> {
  return {
    sha256: [await sha256(new TextEncoder().encode(toColumns(examples)))],
    sentences: examples.length,
    tokens: examples.reduce((sum, { tokens }) => sum + tokens.length, 0),
    entities: examples.reduce((sum, { entities }) => sum + entities.length, 0),
  };
}
