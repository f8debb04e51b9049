import { Encoder, type EncoderParts } from '../encode/encoder.js';
import { type SharedKernels, WasmKernels } from '../kernels/wasm.js';
import type { Weights } from '../network/parameters.js';
import type { Settings } from './settings.js';
import { Tagger } from './tagger.js';

/** What a further thread needs to tag with the weights of a tagger, which are not copied; can be posted to it. */
export interface SharedTagger {
  readonly settings: Settings;
  readonly encoder: EncoderParts;
  readonly tags: readonly string[];
  readonly kernels: SharedKernels;
  readonly weights: Weights;
  readonly temperature: number;
}

/** Undefined where the tagger's kernels have memory that cannot be shared. */
export function shareTagger({
  settings,
  encoder,
  tags,
  kernels,
  parameters,
  temperature,
}: Tagger): SharedTagger | undefined {
  if (!(kernels instanceof WasmKernels)) return undefined;
  return {
    settings,
    encoder: encoder.parts,
    tags,
    kernels: kernels.share(),
    weights: { tables: parameters.tables, dense: parameters.dense },
    temperature,
  };
}

/** The tagger in another thread; nobody may train it while it tags. */
export function attachTagger({ settings, encoder, tags, kernels, weights, temperature }: SharedTagger): Tagger {
  const tagger = new Tagger(settings, Encoder.restore(settings, encoder), tags, WasmKernels.attach(kernels), weights);
  tagger.temperature = temperature;
  return tagger;
}
