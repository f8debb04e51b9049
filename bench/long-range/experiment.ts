import { readFileSync } from 'node:fs';
import { Encoder } from '../../src/encode/encoder.js';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { createTagger, type Example, entityTypes, type TrainingResult, train } from '../../src/train/trainer.js';
import { longRangeSentences, type Part } from './sentences.js';

const MODULE = await WasmKernels.compile(readFileSync(new URL('../../dist/kernels.wasm', import.meta.url)));

/** Sentences in each part; even, so that the types are balanced. */
const SENTENCES = { train: 1000, dev: 400, test: 1000 } as const;

/** The one budget of every network. */
const BUDGET: Partial<Settings> = {
  hidden: 32,
  epochs: 12,
  batchSize: 16,
  optimizer: 'adam',
  learningRate: 0.02,
  tableLearningRate: 0.02,
  decay: 'none',
};

export const NETWORKS = [
  { name: 'elman', settings: { cell: 'elman', initialisation: 'uniform' } },
  { name: 'elman-orthogonal', settings: { cell: 'elman', initialisation: 'orthogonal' } },
  { name: 'lstm', settings: { cell: 'lstm', initialisation: 'uniform' } },
] as const satisfies readonly { readonly name: string; readonly settings: Partial<Settings> }[];
export type NetworkName = (typeof NETWORKS)[number]['name'];

export type Corpora = Readonly<Record<Part, readonly Example[]>>;

export function corporaOf(distance: number, seed: number): Corpora {
  const part = (name: Part): Example[] => longRangeSentences(SENTENCES[name], distance, seed, name);
  return { train: part('train'), dev: part('dev'), test: part('test') };
}

/** A network before its first batch; the seed draws its weights. */
export function untrained(name: NetworkName, corpora: Corpora, seed: number): Tagger {
  const network = NETWORKS.find((other) => other.name === name);
  const settings = resolveSettings(BUDGET, network?.settings ?? {}, { seed });
  const encoder = Encoder.build(corpora.train, settings);
  return createTagger(encoder, entityTypes(corpora.train), settings, WasmKernels.of(MODULE));
}

/** Trains on the training part; the weights are those of the epoch that was best on the dev part. */
export function trained(name: NetworkName, corpora: Corpora, seed: number): Promise<TrainingResult> {
  return train(untrained(name, corpora, seed), corpora.train, corpora.dev);
}

/** The share of sentences in which the last word is found to be an entity of the right type; guessing gives 0.5. */
export function accuracy(tagger: Tagger, examples: readonly Example[]): number {
  const found = tagger.tag(examples);
  const right = examples.filter(({ entities: [gold] }, i) => {
    const last = found[i].find(({ end }) => end === gold.end);
    return last?.start === gold.start && last.type === gold.type;
  });
  return right.length / examples.length;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
