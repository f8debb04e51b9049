import { Encoder, type EncoderParts } from '../encode/encoder.js';
import { type SharedKernels, WasmKernels } from '../kernels/wasm.js';
import type { Weights } from '../network/parameters.js';
import type { Settings } from './settings.js';
import { Tagger } from './tagger.js';

/** What a further thread needs to tag with the weights of a tagger, which are not copied; can be posted to it. */
export interface SharedTagger {
  readonly tags: readonly string[];
  readonly kernels: SharedKernels;
  readonly encoders: readonly { readonly settings: Settings; readonly parts: EncoderParts }[];
  readonly members: readonly SharedMember[];
  readonly threshold: number;
  readonly temperature: number;
}

interface SharedMember {
  readonly settings: Settings;
  /** Its encoder's place in the list. */
  readonly encoder: number;
  readonly weights: Weights;
}

/** Undefined where the tagger's kernels have memory that cannot be shared. */
export function shareTagger(tagger: Tagger): SharedTagger | undefined {
  const { encoders, tags, kernels, members, threshold, temperature } = tagger;
  if (!(kernels instanceof WasmKernels)) return undefined;
  return {
    tags,
    kernels: kernels.share(),
    encoders: encoders.map((encoder) => {
      const [settings] = members.flatMap((member) => (member.encoder === encoder ? [member.settings] : []));
      return { settings, parts: encoder.parts };
    }),
    members: members.map(({ settings, encoder, parameters: { tables, dense } }) => {
      return { settings, encoder: encoders.indexOf(encoder), weights: { tables, dense } };
    }),
    threshold,
    temperature,
  };
}

/** The tagger in another thread; nobody may train it while it tags. */
export function attachTagger(shared: SharedTagger): Tagger {
  const kernels = WasmKernels.attach(shared.kernels);
  const encoders = shared.encoders.map(({ settings, parts }) => Encoder.restore(settings, parts));
  const [tagger, ...others] = shared.members.map(
    ({ settings, encoder, weights }) => new Tagger(settings, encoders[encoder], shared.tags, kernels, weights),
  );
  tagger.joinedBy(others);
  tagger.threshold = shared.threshold;
  tagger.temperature = shared.temperature;
  return tagger;
}
