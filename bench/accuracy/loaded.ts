import { readFileSync } from 'node:fs';
import type { Input } from '../../src/encode/encoder.js';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { readModel } from '../../src/model/json.js';
import type { Tagger } from '../../src/model/tagger.js';
import { readCorpus } from '../../src/text/corpus.js';
import { decodeLines } from '../../src/text/lines.js';
import { type Entity, entitiesOf } from '../../src/text/tags.js';

/** A model, and the sentences of a tagged corpus with what is to be found in each. Needs `npm run build` first. */
export interface Loaded {
  readonly tagger: Tagger;
  readonly inputs: readonly Input[];
  readonly gold: readonly (readonly Entity[])[];
}

export async function loaded(model: string, corpus: string): Promise<Loaded> {
  const kernels = await WasmKernels.create(readFileSync(new URL('../../dist/kernels.wasm', import.meta.url)));
  const { tagger } = await readModel(readFileSync(model), model, kernels);
  const { sentences, documentStarts } = readCorpus(decodeLines(readFileSync(corpus), corpus), corpus);
  const starts = new Set(documentStarts);
  return {
    tagger,
    inputs: sentences.map((sentence, s) => ({ ...sentence, startsDocument: starts.has(s) })),
    gold: sentences.map(({ tags }) => entitiesOf(tags)),
  };
}
