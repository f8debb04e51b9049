import { Encoder } from '../encode/encoder.js';
import { Vocabulary, type VocabularyEntry } from '../encode/vocabulary.js';
import { type SharedKernels, WasmKernels } from '../kernels/wasm.js';
import type { Weights } from '../network/parameters.js';
import type { Settings } from './settings.js';
import { Tagger } from './tagger.js';

/** What a further thread needs to tag with the weights of a tagger, which are not copied; can be posted to it. */
export interface SharedTagger {
  readonly settings: Settings;
  readonly vocabularies: readonly (readonly VocabularyEntry[])[];
  readonly tags: readonly string[];
  readonly kernels: SharedKernels;
  readonly weights: Weights;
}

/** Undefined where the tagger's kernels have memory that cannot be shared. */
export function shareTagger({ settings, encoder, tags, kernels, parameters }: Tagger): SharedTagger | undefined {
  if (!(kernels instanceof WasmKernels)) return undefined;
  return {
    settings,
    vocabularies: encoder.vocabularies.map(({ entries }) => entries),
    tags,
    kernels: kernels.share(),
    weights: { tables: parameters.tables, dense: parameters.dense },
  };
}

/** The tagger in another thread; nobody may train it while it tags. */
export function attachTagger({ settings, vocabularies, tags, kernels, weights }: SharedTagger): Tagger {
  const encoder = new Encoder(
    settings,
    vocabularies.map((entries) => new Vocabulary(entries)),
  );
  return new Tagger(settings, encoder, tags, WasmKernels.attach(kernels), weights);
}
