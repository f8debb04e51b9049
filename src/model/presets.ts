import type { CorpusTraits } from '../encode/traits.js';
import type { Settings } from './settings.js';

/** A named starting point: what it changes of the textbook's settings. */
export interface Preset {
  /** What `--help` says of it. */
  readonly summary: string;
  readonly settingsFor: (traits: CorpusTraits) => Partial<Settings>;
}

/** What presets are shown for where no corpus is given: a newspaper with its documents marked. */
export const TYPICAL: CorpusTraits = { sentences: 15_000, documents: 'marked', capitals: true };

/**
 * Sentences of running text that are taken for a document. The more, the more a word's other places tell; but statistics of the training
 * tags leave three documents out, and parts that are held out are made of whole ones, so it is a share of the corpus within bounds.
 */
const DOCUMENT = { least: 15, most: 80, share: 0.01 } as const;

function documentSize(sentences: number): number {
  return Math.min(DOCUMENT.most, Math.max(DOCUMENT.least, Math.round(sentences * DOCUMENT.share)));
}

/** Sentences that are trained on in all epochs together, where that makes neither too few epochs nor too many. */
const TRAINED = 60_000;
const MOST_EPOCHS = 18;
/** One network gains nothing by a fifth epoch; several have been measured with it alone. */
const LEAST_EPOCHS = { single: 4, several: 5 } as const;

function epochsFor(sentences: number, least: number): number {
  return Math.min(MOST_EPOCHS, Math.max(least, Math.round(TRAINED / sentences)));
}

/** One-hots seen less often are left out: the statistics of the training tags say more of rare words than columns of their own. */
const MIN_COUNT = 3;

/** Kinds of the token alone, and of what the training tags say of it. */
const OF_TOKENS = 'word,lower,prefix:1-4,suffix:1-4,shape,trigrams';
const OF_TAGS = 'mention,word-tags,form-tags,tag-place,bigram-tags';

/** The place of conjunctions, the statistics of the training tags if any, and the contexts in the document. */
interface Choice {
  readonly conjunctions: string;
  readonly tags?: string;
  readonly contexts: string;
}

/** Contexts of more than the next words. */
const FAR = 'context:1-2,context-shape';

/** What the best single network sees. */
const SINGLE: Choice = { conjunctions: 'conjunctions:both', tags: OF_TAGS, contexts: 'context:1' };

/** One-hots for a corpus; kinds of documents count only where there are documents. */
function featuresFor({ documents, capitals }: CorpusTraits, { conjunctions, tags, contexts }: Choice): string {
  const kinds = [OF_TOKENS, conjunctions, tags, 'sentence-length,document-count', contexts];
  if (documents === 'marked') kinds.push('headline'); // such a document begins with one
  if (capitals) kinds.push('sentence-case,document-case');
  return kinds.filter((kind) => kind !== undefined).join(',');
}

/** The best single network at its price (docs/accuracy.md tells what was tried). */
function single(traits: CorpusTraits, leastEpochs: number = LEAST_EPOCHS.single): Partial<Settings> {
  const { sentences, documents } = traits;
  const epochs = epochsFor(sentences, leastEpochs);
  return {
    features: featuresFor(traits, SINGLE),
    minCount: MIN_COUNT,
    documentSentences: documents === 'running' ? documentSize(sentences) : 0,
    scheme: 'BIOES',
    cell: 'gru',
    bidirectional: true,
    hidden: 96,
    columnWidth: 48,
    outputLayer: 'crf',
    agreement: documents === 'none' ? 0 : 0.5,
    decision: 'entities',
    initialisation: 'orthogonal',
    tableDeviation: 0.02,
    dropoutInput: 0.4,
    dropoutStates: 0.5,
    adversarial: 0.03,
    epochs,
    optimizer: 'adam',
    learningRate: 0.004,
    tableOptimizer: 'adagrad',
    tableLearningRate: 0.03,
    adamBeta2: 0.99,
    averageEpochs: Math.ceil(epochs / 2),
    weightFormat: 'float16',
  };
}

/**
 * What the networks behind the first are and see where there are documents: the more they differ, the more they know together, so half of
 * all learn from inputs as they are.
 */
const OTHERS: readonly { readonly changes: string; readonly choice: Choice }[] = [
  {
    changes: 'cell=lstm learning-rate=0.003 adversarial=0',
    choice: { conjunctions: 'conjunctions:wide', tags: OF_TAGS, contexts: FAR },
  },
  { changes: 'cell=gru', choice: { conjunctions: 'conjunctions:both', tags: OF_TAGS, contexts: FAR } },
  { changes: 'cell=gru', choice: { conjunctions: 'conjunctions', contexts: 'context:1' } },
  { changes: 'cell=gru adversarial=0', choice: { conjunctions: 'conjunctions:wide', tags: OF_TAGS, contexts: FAR } },
  {
    changes: 'cell=elman learning-rate=0.002 adversarial=0',
    choice: { conjunctions: 'conjunctions:both', tags: OF_TAGS, contexts: FAR },
  },
];

/** Several networks that differ; where there are no documents, variants brought nothing over seeds of one, so they are that. */
function several(traits: CorpusTraits): Partial<Settings> {
  const others = traits.documents === 'none' ? [] : OTHERS;
  const variant = others.map(({ changes, choice }) => `${changes} features=${featuresFor(traits, choice)}`);
  return { ...single(traits, LEAST_EPOCHS.several), members: 1 + OTHERS.length, variant };
}

export const PRESETS: ReadonlyMap<string, Preset> = new Map([
  [
    'textbook',
    {
      summary: 'Elman, one direction, words, softmax, SGD (dev F1 80.0 on CoNLL-2003 English, in 12 CPU seconds)',
      settingsFor: () => ({}),
    },
  ],
  [
    'default',
    {
      summary: 'both directions, many one-hots, CRF, what else suits the corpus (93.8 in 47)',
      settingsFor: (traits) => single(traits),
    },
  ],
  ['accurate', { summary: 'six networks together, that one and others (94.0 in 247)', settingsFor: several }],
]);

/** The preset where none is named. */
export const DEFAULT_PRESET = 'default';
