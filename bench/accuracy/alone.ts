/**
 * What a model that reads documents finds when it gets less than one: F1 on a tagged corpus, given whole, and a few sentences at a time.
 *
 *     npx tsx bench/accuracy/alone.ts MODEL CORPUS
 */
import { readFileSync } from 'node:fs';
import { score } from '../../src/evaluate/score.js';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { readModel } from '../../src/model/json.js';
import { readCorpus } from '../../src/text/corpus.js';
import { decodeLines } from '../../src/text/lines.js';
import { entitiesOf, tagsOf } from '../../src/text/tags.js';

const AT_A_TIME = [20, 5, 1];

const [model, file] = process.argv.slice(2);
const kernels = await WasmKernels.create(readFileSync(new URL('../../dist/kernels.wasm', import.meta.url)));
const { tagger } = await readModel(readFileSync(model), model, kernels);
const { sentences, documentStarts } = readCorpus(decodeLines(readFileSync(file), file), file);
const starts = new Set(documentStarts);
const inputs = sentences.map((sentence, s) => ({ ...sentence, startsDocument: starts.has(s) }));

for (const size of [sentences.length, ...AT_A_TIME]) {
  const found = Array.from({ length: Math.ceil(sentences.length / size) }, (_, i) => {
    const [first, ...others] = inputs.slice(i * size, (i + 1) * size);
    return tagger.tag([{ ...first, startsDocument: true }, ...others]);
  }).flat();
  const tagged = sentences.map(({ tags }, s) => ({
    gold: tagsOf(entitiesOf(tags), tags.length, tagger.scheme),
    predicted: tagsOf(found[s], tags.length, tagger.scheme),
  }));
  const what = size === sentences.length ? 'all together' : `${size} at a time`;
  console.log(`${what}: F1 ${(100 * score(tagged).micro.f1).toFixed(2)}`);
}
