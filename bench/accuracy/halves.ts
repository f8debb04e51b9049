/**
 * What tuning the score of O is worth on sentences that it was not tuned on: each half of a dev set is scored with what was fitted to the
 * other half.
 *
 *     npx tsx bench/accuracy/halves.ts MODEL DEV
 */
import { readFileSync } from 'node:fs';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { readModel } from '../../src/model/json.js';
import { readCorpus } from '../../src/text/corpus.js';
import { decodeLines } from '../../src/text/lines.js';
import { entitiesOf } from '../../src/text/tags.js';
import { DevBatches } from '../../src/train/dev_batches.js';
import { fitOutside } from '../../src/train/outside.js';

/** Consecutive sentences that go to the same half. */
const BLOCK = 50;

/** Entities of a half: right, found, and in the corpus. */
type Counts = readonly [number, number, number];

const [model, file] = process.argv.slice(2);
const kernels = await WasmKernels.create(readFileSync(new URL('../../dist/kernels.wasm', import.meta.url)));
const { tagger } = await readModel(readFileSync(model), model, kernels);
tagger.outsideScore = 0;
const { sentences, documentStarts } = readCorpus(decodeLines(readFileSync(file), file), file);
const starts = new Set(documentStarts);
const encodings = tagger.encode(sentences.map((sentence, s) => ({ ...sentence, startsDocument: starts.has(s) })));
const halves = [0, 1].map((half) => {
  const isHere = (_: unknown, i: number): boolean => Math.floor(i / BLOCK) % 2 === half;
  const gold = sentences.filter(isHere).map(({ tags }) => entitiesOf(tags));
  return new DevBatches(
    tagger,
    encodings.map((list) => list.filter(isHere)),
    gold,
  );
});
const fitted = halves.map(fitOutside);
const before = f1Of(halves.map((half) => countsOf(half, 0)));
const after = f1Of(halves.map((half, h) => countsOf(half, fitted[1 - h])));
console.log(`F1 ${before.toFixed(2)} without, ${after.toFixed(2)} with ${fitted.join(' and ')}`);

function countsOf(half: DevBatches, outsideScore: number): Counts {
  let [right, found] = [0, 0];
  half.decode(outsideScore, (batch) => {
    const answers = batch.right.flat();
    found += answers.length;
    right += answers.filter((answer) => answer).length;
  });
  return [right, found, half.gold.flat().length];
}

function f1Of(halfCounts: readonly Counts[]): number {
  const [right, found, gold] = [0, 1, 2].map((i) => halfCounts.reduce((sum, counts) => sum + counts[i], 0));
  return (200 * right) / (found + gold);
}
