import { UsageError } from '../errors.js';

/** A kind of one-hot: which strings of its own vocabulary a token activates. */
export interface FeatureKind {
  readonly name: string;
  /** The strings active at token t; their one-hots are summed. */
  valuesAt(tokens: readonly string[], t: number): readonly string[];
}

export interface FeatureSettings {
  /** Kinds by name, separated by commas: `word`. */
  readonly features: string;
  /** Whether words are lower-cased before they are looked up. */
  readonly lowercase: boolean;
}

const KINDS = new Map<string, (settings: FeatureSettings) => FeatureKind>([['word', wordKind]]);

/** The word form itself: the textbook's x(t). */
function wordKind({ lowercase }: FeatureSettings): FeatureKind {
  return {
    name: 'word',
    valuesAt: (tokens, t) => [lowercase ? tokens[t].toLowerCase() : tokens[t]],
  };
}

/** The kinds that settings name, in their order. Throws UsageError for an unknown or repeated one. */
export function featureKinds(settings: FeatureSettings): FeatureKind[] {
  const names = settings.features.split(',');
  return names.map((name, i) => {
    const kind = KINDS.get(name);
    if (kind === undefined) {
      throw new UsageError(`unknown feature "${name}"`, { hint: `known features: ${[...KINDS.keys()].join(', ')}` });
    }
    if (names.indexOf(name) !== i) throw new UsageError(`feature "${name}" is named twice`);
    return kind(settings);
  });
}
