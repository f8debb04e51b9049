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

/** Sentences of running text that are taken for a document. */
const DOCUMENT = 15;

/** One-hots seen less often are left out: the statistics of the training tags say more of rare words than columns of their own. */
const MIN_COUNT = 3;

/** Kinds that suit any corpus; those of documents count only where there are documents. */
const ANYWHERE = [
  'word,lower,prefix:1-4,suffix:1-4,shape,trigrams,conjunctions:both',
  'mention,word-tags,form-tags,tag-place,bigram-tags',
  'sentence-length,document-count,context:1',
];

/** The kind for documents that begin with a headline. */
const OF_MARKED = 'headline';

/** Kinds that tell by capitals. */
const OF_CAPITALS = 'sentence-case,document-case';

/** The best single network at its price (docs/accuracy.md tells what was tried). */
function best({ sentences, documents, capitals }: CorpusTraits): Partial<Settings> {
  const epochs = Math.min(12, Math.max(4, Math.round(8000 / sentences)));
  const marked = documents === 'marked';
  return {
    features: [...ANYWHERE, ...(marked ? [OF_MARKED] : []), ...(capitals ? [OF_CAPITALS] : [])].join(','),
    minCount: MIN_COUNT,
    documentSentences: documents === 'running' ? DOCUMENT : 0,
    scheme: 'BIOES',
    bidirectional: true,
    hidden: 96,
    columnWidth: 48,
    outputLayer: 'crf',
    initialisation: 'orthogonal',
    tableDeviation: 0.02,
    dropoutInput: 0.4,
    dropoutStates: 0.5,
    epochs,
    optimizer: 'adam',
    tableOptimizer: 'adagrad',
    tableLearningRate: 0.03,
    adamBeta2: 0.99,
    averageEpochs: Math.ceil(epochs / 2),
    weightFormat: 'float16',
  };
}

export const PRESETS: ReadonlyMap<string, Preset> = new Map([
  [
    'textbook',
    {
      summary: 'Elman, one direction, words, softmax, SGD (dev F1 79.7 on CoNLL-2003 English, in 21 CPU seconds)',
      settingsFor: () => ({}),
    },
  ],
  [
    'default',
    { summary: 'both directions, many one-hots, CRF, what else suits the corpus (93.3 in 34)', settingsFor: best },
  ],
]);

/** The preset where none is named. */
export const DEFAULT_PRESET = 'default';
