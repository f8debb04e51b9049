import { UsageError } from '../errors.js';
import { type Lengths, prefixKind, suffixKind } from './features/affixes.js';
import { columnKind } from './features/column.js';
import { conjunctionsKind } from './features/conjunctions.js';
import { contextKind, contextShapeKind } from './features/context.js';
import { documentCaseKind } from './features/document_case.js';
import { documentCountKind } from './features/document_count.js';
import { type Gazetteer, gazetteerKind } from './features/gazetteer.js';
import { headlineKind } from './features/headline.js';
import type { FeatureKind, PlaceKind } from './features/kind.js';
import { lowerKind } from './features/lower.js';
import { sentenceCaseKind } from './features/sentence_case.js';
import { sentenceLengthKind } from './features/sentence_length.js';
import { shapeKind } from './features/shape.js';
import { bigramTagsKind } from './features/statistics/bigram_tags.js';
import { mentionKind } from './features/statistics/mention.js';
import { tagPlaceKind } from './features/statistics/tag_place.js';
import { formTagsKind, wordTagsKind } from './features/statistics/word_tags.js';
import { trigramsKind } from './features/trigrams.js';
import { wordKind } from './features/word.js';

export interface FeatureSettings {
  /** Kinds by name, separated by commas, some with a parameter: `word,prefix:1-4`. */
  readonly features: string;
  /** Whether words are lower-cased before they are looked up. */
  readonly lowercase: boolean;
  /** Lists of names for the feature `gazetteer`; a model that was trained with lists keeps them. */
  readonly gazetteers?: readonly Gazetteer[];
}

/** What a user names by one word: a kind, or several that differ by a parameter behind a colon. */
interface Family {
  /** How it is written, as the list of known features shows it. */
  readonly usage: string;
  /** Undefined where the parameter is not one that it knows. */
  readonly kinds: (parameter: string | undefined, settings: FeatureSettings) => readonly FeatureKind[] | undefined;
}

const LONGEST_AFFIX = 16;
const FARTHEST = 3;

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['word', single('word', ({ lowercase }) => wordKind(lowercase))],
  ['lower', single('lower', lowerKind)],
  ['prefix', ranged('prefix:1-4', LONGEST_AFFIX, (lengths) => [prefixKind(lengths)])],
  ['suffix', ranged('suffix:1-4', LONGEST_AFFIX, (lengths) => [suffixKind(lengths)])],
  ['shape', single('shape', shapeKind)],
  ['trigrams', single('trigrams', trigramsKind)],
  ['conjunctions', { usage: 'conjunctions[:wide|:both]', kinds: conjunctions }],
  ['mention', single('mention', mentionKind)],
  ['word-tags', single('word-tags', wordTagsKind)],
  ['form-tags', single('form-tags', formTagsKind)],
  ['tag-place', single('tag-place', tagPlaceKind)],
  ['bigram-tags', single('bigram-tags', bigramTagsKind)],
  ['sentence-case', single('sentence-case', sentenceCaseKind)],
  ['sentence-length', single('sentence-length', sentenceLengthKind)],
  ['document-case', single('document-case', documentCaseKind)],
  ['document-count', single('document-count', documentCountKind)],
  ['context', ranged('context:1', FARTHEST, (range) => bothSides(range, contextKind))],
  ['context-shape', ranged('context-shape:1', FARTHEST, (range) => bothSides(range, contextShapeKind))],
  ['headline', single('headline', headlineKind)],
  ['column', { usage: 'column:N', kinds: column }],
  ['gazetteer', single('gazetteer', ({ gazetteers = [] }) => gazetteerKind(gazetteers))],
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

function column(parameter = ''): readonly FeatureKind[] | undefined {
  return /^[1-9]\d{0,2}$/.test(parameter) ? [columnKind(Number(parameter))] : undefined;
}

/** The columns of a corpus's file that features read, from 1. */
export function columnsOf(settings: readonly Pick<FeatureSettings, 'features'>[]): number[] {
  const kinds = settings.flatMap(({ features }) => features.split(','));
  const columns = kinds.flatMap((feature) => {
    const match = /^column:([1-9]\d{0,2})$/.exec(feature);
    return match === null ? [] : [Number(match[1])];
  });
  return [...new Set(columns)];
}

/** A kind for each distance before a word and after it. */
function bothSides({ from, to }: Lengths, make: (distance: number) => PlaceKind): PlaceKind[] {
  const distances = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return distances.flatMap((distance) => [make(-distance), make(distance)]);
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
