import type { Encoder } from '../encode/encoder.js';
import { UNKNOWN } from '../encode/vocabulary.js';
import { visible } from '../text/visible.js';

/** A one-hot vector: entry `id` of `size` is 1. */
export interface OneHot {
  /** The kind that it belongs to. */
  readonly feature: string;
  /** What was looked up. */
  readonly value: string;
  readonly size: number;
  readonly id: number;
  /** Whether the kind has an entry for what its vocabulary has not; else such a value is no one-hot at all. */
  readonly keepsUnknown: boolean;
}

/** The vectors of a sentence of one word, for each kind. */
export function oneHotsOf(word: string, encoder: Encoder): OneHot[] {
  return encoder.kinds.flatMap((kind, k) => {
    const vocabulary = encoder.vocabularies[k];
    const [[values]] = encoder.valuesOf(kind, [{ tokens: [word] }]);
    return values.map((value) => {
      const keepsUnknown = kind.rules.rare === 'unknown';
      return { feature: kind.name, value, size: vocabulary.size, id: vocabulary.idOf(value), keepsUnknown };
    });
  });
}

/** A vector in symbols and drawn. `named` says whether its kind is named, which one kind alone need not be. */
export function oneHotLines({ feature, value, size, id, keepsUnknown }: OneHot, named: boolean): string[] {
  const name = named ? `${feature}  ` : '';
  if (id === UNKNOWN && !keepsUnknown) return [`${name}${visible(value)}  x = 0 (not in the vocabulary)`];
  const remark = id === UNKNOWN ? ' (not in the vocabulary: the entry of the unknown word)' : '';
  return [`${name}${visible(value)}  x ∈ {0,1}^${size}, x[${id}] = 1, all others 0${remark}`, drawOneHot(size, id)];
}

/** The vector with its first, its last and the entries around its 1, as `[0 … 0 1 0 … 0]`; x[0] stands first. */
function drawOneHot(size: number, id: number): string {
  const shown = [...new Set([0, id - 1, id, id + 1, size - 1])].filter((i) => i >= 0 && i < size).sort((a, b) => a - b);
  const cells = shown.flatMap((i, at) => {
    const gap = at === 0 ? 0 : i - shown[at - 1] - 1;
    const skipped = gap === 0 ? [] : [gap === 1 ? '0' : '…'];
    return [...skipped, i === id ? '1' : '0'];
  });
  return `[${cells.join(' ')}]`;
}
