import { UsageError } from '../errors.js';
import { typeOf } from '../text/tags.js';
import { visible } from '../text/visible.js';

const EXAMPLE = 'write TYPE=NUMBER, such as PER=2';
const MOST = 1000;

/** How much a type's tokens count in training; all others, and those outside entities, count 1. */
export interface ClassWeight {
  readonly type: string;
  readonly weight: number;
}

/**
 * Reads weights such as `PER=2`. A type ends at the last `=`.
 * @throws UsageError where one has no type or no weight above 0 and up to 1000, or a type is named twice
 */
export function parseClassWeights(texts: readonly string[]): ClassWeight[] {
  const weights = texts.map(parseClassWeight);
  weights.forEach(({ type }, i) => {
    if (weights.findIndex((other) => other.type === type) < i) {
      throw new UsageError(`two class weights for the type ${visible(type)}`, { hint: 'leave one of them out' });
    }
  });
  return weights;
}

function parseClassWeight(text: string): ClassWeight {
  const equals = text.lastIndexOf('=');
  const [type, value] = [text.slice(0, Math.max(equals, 0)), text.slice(equals + 1)];
  if (type === '') throw new UsageError(`class weight "${visible(text)}" names no type`, { hint: EXAMPLE });
  const weight = /^(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
  if (weight > 0 && weight <= MOST) return { type, weight };
  throw new UsageError(`class weight "${visible(text)}": expected a number above 0 and up to ${MOST}`, {
    hint: EXAMPLE,
  });
}

/**
 * The weight of each tag, that of its type; shape [K]. Undefined where there are none.
 * @throws UsageError naming a type that no tag is of, and as `parseClassWeights`
 */
export function tagWeights(texts: readonly string[], tags: readonly string[]): Float64Array | undefined {
  if (texts.length === 0) return undefined;
  const weights = parseClassWeights(texts);
  const types = tags.map((tag) => typeOf(tag));
  for (const { type } of weights) {
    if (types.includes(type)) continue;
    const known = [...new Set(types)].filter((name) => name !== undefined).map(visible);
    throw new UsageError(`class weight for ${visible(type)}, which no entity of the training part is`, {
      hint: `its types are ${known.join(', ')}`,
    });
  }
  return Float64Array.from(types, (type) => weights.find((one) => one.type === type)?.weight ?? 1);
}
