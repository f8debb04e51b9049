import { UsageError } from '../errors.js';
import { type Lengths, prefixKind, suffixKind } from './features/affixes.js';
import { conjunctionsKind } from './features/conjunctions.js';
import type { FeatureKind } from './features/kind.js';
import { lowerKind } from './features/lower.js';
import { shapeKind } from './features/shape.js';
import { trigramsKind } from './features/trigrams.js';
import { wordKind } from './features/word.js';

export interface FeatureSettings {
  /** Kinds by name, separated by commas, some with a parameter: `word,prefix:1-4`. */
  readonly features: string;
  /** Whether words are lower-cased before they are looked up. */
  readonly lowercase: boolean;
}

/** What a user names by one word: a kind, or several that differ by a parameter behind a colon. */
interface Family {
  /** How it is written, as the list of known features shows it. */
  readonly usage: string;
  /** Undefined where the parameter is not one that it knows. */
  readonly kinds: (parameter: string | undefined, settings: FeatureSettings) => readonly FeatureKind[] | undefined;
}

const LONGEST_AFFIX = 16;

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['word', single('word', ({ lowercase }) => wordKind(lowercase))],
  ['lower', single('lower', lowerKind)],
  ['prefix', ranged('prefix:1-4', LONGEST_AFFIX, (lengths) => [prefixKind(lengths)])],
  ['suffix', ranged('suffix:1-4', LONGEST_AFFIX, (lengths) => [suffixKind(lengths)])],
  ['shape', single('shape', shapeKind)],
  ['trigrams', single('trigrams', trigramsKind)],
  ['conjunctions', { usage: 'conjunctions[:wide|:both]', kinds: conjunctions }],
]);

/** A family of one kind without a parameter. */
function single(usage: string, make: (settings: FeatureSettings) => FeatureKind): Family {
  return { usage, kinds: (parameter, settings) => (parameter === undefined ? [make(settings)] : undefined) };
}

/** A family whose parameter is a range of whole numbers from 1, or one number; left out, it is the range in `usage`. */
function ranged(usage: string, most: number, make: (range: Lengths) => readonly FeatureKind[]): Family {
  const initial = usage.slice(usage.indexOf(':') + 1);
  return {
    usage,
    kinds: (parameter = initial) => {
      const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(parameter);
      if (match === null) return undefined;
      const range = { from: Number(match[1]), to: Number(match[2] ?? match[1]) };
      return range.from >= 1 && range.from <= range.to && range.to <= most ? make(range) : undefined;
    },
  };
}

function conjunctions(parameter = 'input'): readonly FeatureKind[] | undefined {
  return parameter === 'input' || parameter === 'wide' || parameter === 'both'
    ? [conjunctionsKind(parameter)]
    : undefined;
}

/**
 * The kinds that settings name, in their order.
 * @throws UsageError for an unknown or repeated one, or a parameter that it does not know
 */
export function featureKinds(settings: FeatureSettings): FeatureKind[] {
  const kinds = settings.features.split(',').flatMap((feature) => kindsOf(feature, settings));
  const names = new Set<string>();
  for (const { name } of kinds) {
    if (names.has(name)) throw new UsageError(`feature "${name}" is named twice`);
    names.add(name);
  }
  return kinds;
}

function kindsOf(feature: string, settings: FeatureSettings): readonly FeatureKind[] {
  const colon = feature.indexOf(':');
  const family = FAMILIES.get(colon < 0 ? feature : feature.slice(0, colon));
  if (family === undefined) {
    const known = [...FAMILIES.values()].map(({ usage }) => usage);
    throw new UsageError(`unknown feature "${feature}"`, { hint: `known features: ${known.join(', ')}` });
  }
  const kinds = family.kinds(colon < 0 ? undefined : feature.slice(colon + 1), settings);
  if (kinds === undefined)
    throw new UsageError(`feature "${feature}" is not written so`, { hint: `it is ${family.usage}` });
  return kinds;
}
